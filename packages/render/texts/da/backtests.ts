import type { backtests as english } from "../en/backtests.ts";

/** Texts of the page of backtests in Danish. */
export const backtests = {
  "backtests.titleAt": "Hvor ofte reglerne har ret hos <firm>",
  "backtests.lead":
    "en efterprøvning går jeres egne ordrer igennem dag for dag, noterer, hvad hver regel ville have sagt ud fra det, man vidste dengang, og om det gik i opfyldelse. Den ændrer intet.",
  "backtests.run": "Kør en efterprøvning",
  "backtests.running": "En efterprøvning kører; siden viser, hvor langt den er.",
  "backtests.list": "Efterprøvninger",
  "backtests.none": "Ingen efterprøvning er kørt endnu.",
  "backtests.noneByAdmin": "Ingen efterprøvning er kørt endnu. En administrator kører en.",
  "backtests.rightWhen": "Et varsel er rigtigt, når det, det siger, bliver ved at passe i <days> dage",
  "backtests.button": "Kør efterprøvning",
  "backtests.requested": "Bestilt",
  "backtests.horizon": "Horisont",
  "backtests.progress": "Fremdrift",
  "backtests.report": "Rapport",
  "backtests.open": "Åbn rapporten",
  "backtests.days": "{numb, plural, one {# dag} other {# dage}}",
  "backtests.queued": "◌ venter på at begynde",
  "backtests.read": "◔ {numb, plural, one {# kunde læst} other {# kunder læst}}",
  "backtests.tried": "◑ <done> af {numb, plural, one {# kunde} other {# kunder}} afprøvet",
  "backtests.done": "● færdig: {numb, plural, one {# kunde} other {# kunder}}",
  "backtests.failed": "✗ <text>",
  "backtests.itFailed": "den fejlede",
  "backtests.badHorizon": "Horisonten skal være <from> til <upto> dage.",
  "backtests.noReport": "Denne efterprøvning har ingen rapport.",
} satisfies Readonly<Record<keyof typeof english, string>>;
