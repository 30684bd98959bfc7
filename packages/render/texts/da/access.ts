import type { access as english } from "../en/access.ts";

/** Texts of the console in Danish: users, API keys and webhooks. */
export const access = {
  "users.new": "Ny bruger",
  "users.userId": "Id",
  "users.name": "Navn",
  "users.email": "E-mail",
  "users.phone": "Telefon",
  "users.teamId": "Team",
  "users.territoryId": "Område",
  "users.timeZone": "Tidszone",
  "users.slackUserId": "Slack-medlem",
  "users.role": "Rolle",
  "users.rep": "Sælger",
  "users.manager": "Leder",
  "users.admin": "Administrator",
  "users.standing": "Status",
  "users.here": "i firmaet",
  "users.left": "er stoppet",
  "users.dealRights": "Rettigheder til handler ud over rollens",
  "users.gained": "Får rettighederne",
  "users.lost": "Mister rettighederne",
  "users.customers":
    "{numb, plural, =0 {Er sælger for ingen kunder.} one {Er sælger for # kunde.} other {Er sælger for # kunder.}}",
  "keys.lead":
    "Systemer logger ind med disse nøgler. En hemmelighed vises én gang, når nøglen laves, og gemmes ingen steder.",
  "keys.new": "Ny nøgle",
  "keys.name": "Navn",
  "keys.actions": "Hvad den må",
  "keys.made": "Lavet",
  "keys.used": "Sidst brugt",
  "keys.make": "Lav nøglen",
  "keys.revoke": "Tilbagekald",
  "keys.revoked": "Tilbagekaldt",
  "keys.once": "kopiér hemmeligheden nu, den vises ikke igen.",
  "keys.done": "Gjort. En nøgle, der var lavet før, beholder sin hemmelighed: den blev vist dengang.",
  "keys.live":
    "{numb, plural, =0 {Ingen nøgle med dette navn er aktiv.} one {# nøgle med dette navn er aktiv; der må være 2.} other {# nøgler med dette navn er aktive; der må være 2.}}",
  "keys.neverUsed": "Den er aldrig brugt.",
  "keys.lastUsed": "Den blev sidst brugt <date>.",
  "keys.revokes": "Alt, der bruger den, afvises med det samme.",
} satisfies Readonly<Record<keyof typeof english, string>>;
