import type { settings as english } from "../en/settings.ts";

/** Texts of the console in Danish: the tenant's settings, and what a change of them would do. */
export const settings = {
  "settings.of": "Indstillinger for <name>",
  "settings.title": "Indstillinger",
  "settings.lead":
    "udgave <name>, tidszone <zone>. Et tomt felt er den normale værdi. Ændringer gælder fra næste side og næste natkørsel.",
  "settings.notifications": "Beskeder",
  "settings.users": "Brugere",
  "settings.keys": "API-nøgler",
  "settings.webhooks": "Webhooks",
  "settings.nights": "Nætter",
  "settings.quality": "Datakvalitet",
  "settings.who": "Hvem ændrede hvad",
  "settings.try": "Vis, hvad der ville ændre sig",
  "settings.save": "Gem",
  "settings.stale":
    "Nogen har ændret disse indstillinger, siden du åbnede siden. Sammenlign begge herunder, og gem igen.",
  "settings.both": "Som det er gemt nu, og som du skrev det",
  "settings.yours": "Dit",
  "settings.setting": "Indstilling",
  "settings.now": "Nu",
  "settings.then": "Så",
  "settings.usual": "normalt",
  "settings.nothing": "Intet ville ændre sig: formularen har indstillingerne, som de er gemt.",
  "settings.tried": "Intet er gemt endnu.",
  "settings.asOf": "Tal med data fra <date>.",
  "settings.noNight": "Der er ingen tal før den første natkørsel.",
  "settings.toActOn": "At gøre",
  "settings.statuses": "Hvem har statussen",
  "settings.examples": "Eksempler",
  "settings.noGrade": "Ingens karakter ville ændre sig.",
  "settings.customersMove": "{numb, plural, one {# kunde} other {# kunder}}:",
  "settings.personsMove": "{numb, plural, one {# person} other {# personer}}:",
} satisfies Readonly<Record<keyof typeof english, string>>;
