/** Sentences of a finding's evidence in English: what was checked, and how its figures are made. */
export const checks = {
  "check.CH1": "first order plus {mnth, plural, one {# month} other {# months}}, on or before the day",
  "check.CH2": "days with an order",
  "check.CH3":
    "days silent, over the {base, select, previous {previous} max {max} mean {mean} median {median} other {usual}} gap",
  "check.LI1":
    "order days in the last {days, plural, one {# day} other {# days}}{held, select, yes {, on <date>} other {}}",
  "check.LI2":
    "order days with the item in the last {days, plural, one {# day} other {# days}}{held, select, yes {, on <date>} other {}}",
  "check.LI3":
    "orders without it times (item orders - 1), over twice the orders it usually took{held, select, yes {, on <date>} other {}}",
  "check.LI4": "days without the item, over its longest gap{held, select, yes {, on <date>} other {}}",
  "check.LI5": "last order with the item, before the latest order{held, select, yes {, on <date>} other {}}",
  "check.LI6": "it was lost and has not been bought since: days without it, until the finding expires",
  "check.LS2":
    "order days with the item in the last {days, plural, one {# day} other {# days}}{held, select, yes {, on <date>} other {}}",
  "check.LS3": "probability of so many orders without it, by its own rate{held, select, yes {, on <date>} other {}}",
  "check.OV1": "open amount of the oldest invoice, in minor units of its currency",
  "check.OV2": "due day of the oldest invoice plus {days, plural, one {# day} other {# days}} of grace",
  "check.WR1": "working days that their message waits",
  "check.WR2": "messages of ours without a reply",
  "check.WR3": "the grade's place, best first, is behind the one before",
  "check.WR4": "working days that the trend falls",
  "check.DI1": "orders with the item in the compared period",
  "check.DI2": "quantity that is missing, times 100, against <perc> times the one before",
  "check.DI3": "chance of so few orders with the item, by the share of the customer's orders",
  "check.FV1": "what was lost, times 100, against <perc> times the value before",
  "check.FV2": "months before the current ones",
  "check.FV3":
    "{even, select, yes {mean of the current months, under the equal ones before} other {t of the months' values}}",
  "check.FV4":
    "{even, select, yes {mean of the current months, under the equal ones before} other {t of the months' values per working day}}",
  "check.FV5": "share of its value that the customer kept, under that of all comparable customers",
  "check.LP1": "quantity off the expected one, times 100, against <perc> times the expected one, in millionths",
  "check.ST1": "day since which the status holds",

  "rule.CH.levelRule":
    "Of customers with such a rhythm and silence about <perc> % order nothing in the next {days, plural, one {# day} other {# days}}: 50 % or more is high, 40 % or more is medium. Of such gaps <shar> % are longer than the silence; where that is over 25 % the silence is ordinary, and it is only watched.",
  "rule.CH.severityRule":
    "kappa = sqrt(shape), A = 1 + kappa·n, B = 1.3·G/kappa + s, S(u) = I(B/(B+u); A, kappa), q = (pi + (1 - pi)·S(t+H)) / (pi + (1 - pi)·S(t)); G is the tenant's mean gap up to the month before",
  "rule.CH.atStakeRule": "3 months of monthlyMinor, times q90",
  "rule.LI.levelRule":
    "High, and told, is what the score finds: so many orders without the item are 1 % or less likely by its own rate. What only the rule finds is watched.",
  "rule.LI.suppressed": "nobody buys it",
  "rule.LI.suppressedRule":
    "no other customer ordered it in the 30 days up to the day, while at least 3 did in the 90 days before",
  "rule.LI.atStakeRule":
    "windowNetMinor, times how likely the item stays away in the next windowOrders orders by itemOrders, steps and ordersWithout",
  "rule.OV.levelRule":
    "The oldest undisputed invoice decides: more than {days, plural, one {# day} other {# days}} past due is high, else medium; while all are disputed, watch.",
  "rule.OV.atStakeRule":
    "each open amount times unpaidChance of its age, the chance that it is not paid in 30 days by the tenant's own payments",
  "rule.WR.levelRule":
    "A fall to poor is high: sent at once. A message that waits is medium up to {days, plural, one {# working day} other {# working days}}, then watched; any other fall is medium; messages without a reply are watched.",
  "rule.DI.levelRule": "Confirmed items are medium: in the digest, not told at once.",
  "rule.DI.suppressed": "nobody buys it",
  "rule.DI.chanceRule":
    "chance = P[Bin(ordersBefore + orders, allOrders / (allOrdersBefore + allOrders)) <= orders]; chanceLimit is that of Benjamini and Hochberg's procedure at 10 % over itemsCompared items",
  "rule.DI.atStakeRule": "valueBeforeMinor less valueMinor, at least 0",
  "rule.FV.levelRule":
    "Confirmed over at least three months and beyond the market is high, and told; else it is watched.",
  "rule.FV.bookRule":
    "{know, select, yes {book has all comparable customers together; who kept no smaller share than they is with the market} other {how all customers together changed is not known for this month, so nobody is told}}",
  "rule.FV.confirmationRule":
    "t = (meanBefore - meanCurrent) / sqrt(variance · (1/months + 1/monthsBefore)) over monthValues, the last one first; the .90 quantile of Student's t with monthsBefore - 1 degrees of freedom is the threshold. The values per working day must pass it too.",
  "rule.FV.atStakeRule": "previousMinor times keptShare (1 while the book is not known), less currentMinor, at least 0",
  "rule.LP.levelRule":
    "Too few of the linked item is medium: in the digest. Too many, so that the item is bought elsewhere, is watched.",
  "rule.LP.atStakeRule": "the missing quantity times missingUnitMinor",
} as const satisfies Readonly<Record<string, string>>;
