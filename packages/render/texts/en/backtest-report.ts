/** Texts of a backtest's report in English. */
export const backtestReport = {
  "report.of": "Backtest of <name>",
  "report.back": "‹ How right the rules are",
  "report.lead":
    "{cust, plural, one {# customer} other {# customers}} with {days, plural, one {# order day} other {# order days}} from <from> to <upto>. On each day, rules see only what was known then; an alert is right when it stays true for the days that it names, at most <most>. The bars are 95 % intervals from <draw> bootstrap resamples of the customers (seed <seed>).",
  "report.enough":
    "{numb, plural, one {# customer has} other {# customers have}} enough history; there were <trth> to find.",
  "report.enoughNone":
    "{numb, plural, one {# customer has} other {# customers have}} enough history; there were none to find: too few to tell.",
  "report.nothing":
    "The past orders are too few to test any rule: nothing would have been told, and there was nothing to find. Import older orders, then test again.",
  "report.plot": "Precision and recall of each rule, <name>",
  "report.rules": "Rules, <name>",
  "report.rule": "Rule",
  "report.alerts": "Alerts",
  "report.right": "Right",
  "report.precision": "Precision",
  "report.equal": "At as many alerts as high",
  "report.money": "Of the money",
  "report.recall": "Recall",
  "report.per100": "Alerts per 100",
  "report.silent": "Silent days",
  "report.lead-days": "Lead days",
  "report.tooFew": "too few to tell",
  "report.share": "<text> (<from> to <upto>)",
  "report.ofAlerts": "<text> of <numb>",

  "report.order": "The order of the list",
  "report.orderLead":
    "On every seventh day, {list, plural, one {# list} other {# lists}} with {entr, plural, one {# entry} other {# entries}}. Each order gets as many calls as ours makes, at most ten a rep and list, and calls a customer once in a silence. Lost money: three months of what customers bought who then ordered nothing for 90 days.",
  "report.orderOf": "Order",
  "report.average": "Average precision",
  "report.calls": "Calls",
  "report.lostMoney": "Lost money called",
  "report.stated": "What was stated, and what came true",
  "report.statedCol": "Stated",
  "report.statements": "Statements",
  "report.statedMean": "Stated on average",
  "report.cameTrue": "Came true",
  "report.bin": "<from> to <upto> %",
  "report.note":
    "Where about <perc> % was stated, <true> % of <numb> ordered nothing: on these orders read it as that.",
  "report.error": "Stated chances are off by <perc> on average.",
  "report.errorIn": "Stated chances are off by <perc> on average (<from> to <upto>).",
  "report.levels": "Of the entries of the lists came true: <list>.",
  "report.level.high": "of <numb> at high <shar>, <perc> stated",
  "report.level.medium": "of <numb> at medium <shar>, <perc> stated",
  "report.noMoney": "No money was lost.",
  "report.moneyOf": "<what> stated as at stake, <lost> lost: <fact> times.",
  "report.moneyIn": "<what> stated as at stake, <lost> lost: <fact> times (<from> to <upto>).",
  "report.inNumber": "In number: <numb> stated, <lost> lost.",
  "report.largest": "Three customers have <perc> of the money that was stated.",
  "report.ended":
    "Of {numb, plural, one {# silence} other {# silences}} that ended with an order, <medi> had reached medium and <high> high.",

  "headline.none": "It would have told you about no customer from <from> to <upto>: too few to tell.",
  "headline.says":
    "Of the {numb, plural, one {# customer} other {# customers}} it would have told you about from <from> to <upto>, <left> had left; the list of longest silence would have had <othr>.",
  "headline.saysOf":
    "Of the {numb, plural, one {# customer} other {# customers}} it would have told you about from <from> to <upto>, <left> had left; the list of longest silence would have had <othr> of <totl>.",
  "headline.longest": "Here the longest silence is right more often.",
  "headline.longestWaits":
    "Here the longest silence is right more often, but on day <days> of the silence instead of day <ownd>.",
  "headline.few": "These are too few to tell.",

  "better.sure": "A compared rule is better here: <list>.",
  "better.chance": "Better here by no more than chance explains: <list>.",
  "better.one": "“<name>” in <what>, <othr> instead of <ours>",
  "better.oneLater": "“<name>” in <what>, <othr> instead of <ours>, but on day <days> instead of day <ownd>",
  "better.what.precision, finding no less": "precision, finding no less",
  "better.what.precision at as many alerts, its limit moved": "precision at as many alerts, its limit moved",
  "better.what.average precision": "average precision",
  "better.what.right calls of as many": "right calls of as many",
  "better.what.lost money called": "lost money called",
} as const satisfies Readonly<Record<string, string>>;
