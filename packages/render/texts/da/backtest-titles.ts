import type { backtestTitles as english } from "../en/backtest-titles.ts";

/** Names of the rules and orders that a backtest compares, and what counts as right, in Danish. */
export const backtestTitles = {
  "title.Regulars, high: alerted immediately": "Regulars, Høj: meldes straks",
  "title.Regulars, medium or high: in the digest": "Regulars, Middel eller Høj: i oversigten",
  "title.The seed's words: longer than the gap before": "Ordret regel: længere end forrige interval",
  "title.Silent for 30 days": "Pause på 30 dage",
  "title.Silent for 60 days": "Pause på 60 dage",
  "title.Silent for 90 days": "Pause på 90 dage",
  "title.Twice the longest gap": "Det dobbelte af længste interval",
  "title.Rare by a gamma curve of its gaps: 1 %": "Sjælden efter en gammakurve: 1 %",
  "title.MBG/NBD: more likely nothing comes": "MBG/NBD: mest sandsynligt kommer intet",
  "title.RFM at month's end: at risk": "RFM ved månedens slutning: i risiko",
  "title.Regulars": "Regulars",
  "title.Longest silence": "Længste pause",
  "title.The seed's words: most times the gap before": "Ordret regel: flest gange forrige interval",
  "title.Most times the longest gap": "Flest gange længste interval",
  "title.RFM: at risk, then longest silence": "RFM: i risiko, så længste pause",
  "title.Rarest by a gamma curve of its gaps": "Sjældnest efter en gammakurve",
  "title.MBG/NBD: least likely to order": "MBG/NBD: mindst sandsynlig til at bestille",
  "title.Regulars, high: told by the score": "Regulars, Høj: meldt af scoren",
  "title.Regulars, listed by rule or score": "Regulars, vist af regel eller score",
  "title.The seed's words": "Ordret regel",
  "title.Not bought for 14 days": "Ikke købt i 14 dage",
  "title.Not bought for 30 days": "Ikke købt i 30 dage",

  "says.silences":
    "Ét varsel for hver pause, den første dag en regel gælder efter det, der var kendt dengang, op til dag 120. Rigtigt: intet bestilles i kundens egen horisont derefter (tre sædvanlige intervaller, 14 til 90 dage). At finde: pauser, der varer længere end 120 dage og horisonten. Pauser, hvor det ikke vides, er udeladt for alle regler.",
  "says.items":
    "Ét varsel for hvert fravær af en vare, der var i fem ordrer i året, hos en kunde med mere end ti på 90 dage, op til dag 90. Rigtigt: ikke købt i horisonten derefter (opdigtede kunder: varen blev opgivet). At finde: fravær, der varer længere end 90 dage og horisonten, mens kunden bestiller. Dem, hvor det ikke vides, er udeladt for alle regler.",
} satisfies Readonly<Record<keyof typeof english, string>>;
