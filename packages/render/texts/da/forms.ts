import type { forms as english } from "../en/forms.ts";

/** Texts about forms that are refused, in Danish. */
export const forms = {
  "form.tooLong": "<name> har {numb, plural, one {# tegn} other {# tegn}}; højst <most> kan gemmes",
  "form.missing": "<name> mangler: udfyld feltet, og send formularen igen",
  "form.notOffered": "<name> “<valu>” kan ikke vælges: vælg <list>",
  "form.notListed": "<name> “<valu>” tilbydes ikke: vælg en fra listen",
  "form.wrong": "<name> “<valu>” <text>",
  "form.quoted": "“<valu>”",
  "form.cannot": "kan ikke bruges",
  "form.noReview": "Formularen har ingen gyldig handling for et fund",
  "form.feedback": "Tilbagemelding",
  "form.createdTo": "Oprettet til",
  "form.by": "Efter",
  "form.from": "Fra",
  "form.to": "Til",
  "form.withClarifications": "Med uddybninger",
  "form.noMany": "Nogle af de valgte aftaler kan ikke ændres",
  "form.noDeals": "ingen aftale er valgt: vælg mindst én",
  "form.noManyAction": "formularen har ingen gyldig handling for aftaler",
  "form.unusable": "Formularen kan ikke bruges",
  "form.noChoice": "er ikke en af mulighederne",
  "form.notLike": "er ikke skrevet som <exam>",
  "form.member": "Medlem",
  "form.planChanged": "planen er ændret af en anden i mellemtiden: se den, som den er nu",
  "form.noPlanAction": "formularen har ingen gyldig handling for en plan",
} satisfies Readonly<Record<keyof typeof english, string>>;
