/** Names of the rules and orders that a backtest compares, and what counts as right, in English. */
export const backtestTitles = {
  "title.Regulars, high: alerted immediately": "Regulars, high: alerted immediately",
  "title.Regulars, medium or high: in the digest": "Regulars, medium or high: in the digest",
  "title.The seed's words: longer than the gap before": "The seed's words: longer than the gap before",
  "title.Silent for 30 days": "Silent for 30 days",
  "title.Silent for 60 days": "Silent for 60 days",
  "title.Silent for 90 days": "Silent for 90 days",
  "title.Twice the longest gap": "Twice the longest gap",
  "title.Rare by a gamma curve of its gaps: 1 %": "Rare by a gamma curve of its gaps: 1 %",
  "title.MBG/NBD: more likely nothing comes": "MBG/NBD: more likely nothing comes",
  "title.RFM at month's end: at risk": "RFM at month's end: at risk",
  "title.Regulars": "Regulars",
  "title.Longest silence": "Longest silence",
  "title.The seed's words: most times the gap before": "The seed's words: most times the gap before",
  "title.Most times the longest gap": "Most times the longest gap",
  "title.RFM: at risk, then longest silence": "RFM: at risk, then longest silence",
  "title.Rarest by a gamma curve of its gaps": "Rarest by a gamma curve of its gaps",
  "title.MBG/NBD: least likely to order": "MBG/NBD: least likely to order",
  "title.Regulars, high: told by the score": "Regulars, high: told by the score",
  "title.Regulars, listed by rule or score": "Regulars, listed by rule or score",
  "title.The seed's words": "The seed's words",
  "title.Not bought for 14 days": "Not bought for 14 days",
  "title.Not bought for 30 days": "Not bought for 30 days",

  "says.silences":
    "One alert for each silence, on the first day a rule holds by what is known then, up to its day 120. Right: nothing is ordered in the customer's own horizon after it (three usual gaps, 14 to 90 days). To find: silences that last longer than 120 days and the horizon. Silences of which that is not known are left out for all rules.",
  "says.items":
    "One alert for each absence of an item that was in five orders of the year, at a customer with more than ten in 90 days, up to its day 90. Right: not bought in the horizon after it (made-up customers: the item was given up). To find: absences that last longer than 90 days and the horizon while the customer orders. Those of which that is not known are left out for all rules.",
} as const satisfies Readonly<Record<string, string>>;
