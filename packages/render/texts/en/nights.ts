/** Texts of the console in English: nightly runs and the quality of the data. */
export const nights = {
  "nights.none": "There has been no nightly run yet. Start one now:",
  "nights.last":
    "The last nightly run counted everything up to <date> and read {numb, plural, one {# customer} other {# customers}}.",
  "nights.kind": "Insight",
  "nights.eligible": "Customers with enough history",
  "nights.found": "Found",
  "nights.failures": "Failures",
  "nights.noFailure": "No customer was passed over.",
  "nights.setAside":
    "{numb, plural, one {# customer was passed over; its findings stayed as they were.} other {# customers were passed over; their findings stayed as they were.}}",
  "nights.untold": "Told to nobody",
  "nights.allTold": "Everything to act on is in somebody's digest.",
  "nights.entries":
    "{numb, plural, one {# entry} other {# entries}} of {cust, plural, one {# customer} other {# customers}}:",
  "nights.history": "The last nights",
  "nights.day": "Up to",
  "nights.missing": "{days, plural, one {# day} other {# days}} without a run",
  "nights.failed.outage":
    "Failed on <date>: the database could not answer. It is tried again by itself; what is known stays as it was. If it stays so, start it again:",
  "nights.failed.fault":
    "Failed on <date> for a reason that is in the log<text>. It is tried again by itself; what is known stays as it was. If it stays so, tell those who run Regulars for you, then start it again:",
  "nights.reference": " as <code>",
  "nights.lastFailed":
    "The run of <date> failed: what you see is of the run before. The last nights below say why, and what to do.",
  "nights.startAgain": "Start the run again:",
  "quality.all": "{numb, plural, one {# customer was looked at.} other {# customers were looked at.}}",
  "quality.first": "The first {numb, plural, one {# customer} other {# customers}} by id were looked at.",
  "quality.none": "No customer is known yet: import them with <code>",
  "quality.lead": "What is missing keeps a finding from being told, or a customer from being called.",
  "quality.gap": "What is missing",
  "quality.count": "How many",
  "quality.who": "The first of them",
  "quality.no-name": "A name",
  "quality.no-rep": "Anybody whose customer it is",
  "quality.unknown-rep": "Its rep is no user",
  "quality.rep-left": "Its rep has left",
  "quality.no-phone": "A phone number",
  "quality.no-email": "An e-mail address",
  "quality.userEmail": "Users without an e-mail address",
  "quality.complete": "Complete: <list>.",
  "quality.has.no-name": "names",
  "quality.has.no-rep": "reps",
  "quality.has.unknown-rep": "reps who are users",
  "quality.has.rep-left": "reps who are still here",
  "quality.has.no-phone": "phone numbers",
  "quality.has.no-email": "e-mail addresses",
  "quality.has.userEmail": "e-mail addresses of users",
  "quality.do":
    "To mend it, import customers and users files with these fields: what a file does not have stays as it is.",
} as const satisfies Readonly<Record<string, string>>;
