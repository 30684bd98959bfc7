import type { CounterValue, RecordKind } from "@regulars/core/monitors/counter";
import type { Op, Unit } from "@regulars/core/monitors/criteria";

/** What the sentences of criteria are made of, in one language; `{0}` is what the word is about. */
export interface CriteriaWords {
  readonly and: string;
  readonly or: string;
  readonly not: string;
  readonly orNever: string;
  readonly includeAutomatic: string;
  readonly units: Readonly<Record<Unit, readonly [one: string, many: string]>>;
  readonly ops: Readonly<Record<Op, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly counters: Readonly<Record<CounterValue, string>>;
  readonly records: Readonly<Record<RecordKind, string>>;
  /** Types, directions and states of records, by kind and word. */
  readonly filters: Readonly<Record<string, string>>;
  readonly period: string;
  readonly amountClass: string;
  readonly finding: string;
  readonly flags: readonly [yes: string, no: string];
}

export const english: CriteriaWords = {
  and: "and",
  or: "or",
  not: "it is not so that",
  orNever: "or there is none",
  includeAutomatic: "counting also what a program did",
  units: { days: ["day", "days"], weeks: ["week", "weeks"], months: ["month", "months"], years: ["year", "years"] },
  ops: {
    "=": "is {0}",
    "!=": "is not {0}",
    "<": "is less than {0}",
    "<=": "is at most {0}",
    ">": "is more than {0}",
    ">=": "is at least {0}",
    between: "is between {0}",
    before: "is before {0}",
    after: "is after {0}",
    on: "is on {0}",
    olderThan: "is more than {0} ago",
    withinLast: "is within the last {0}",
    inNext: "is within the next {0}",
    is: "is {0}",
    isNot: "is not {0}",
    contains: "contains {0}",
    begins: "begins with {0}",
    ends: "ends with {0}",
    oneOf: "is one of {0}",
    noneOf: "is none of {0}",
    isNull: "is missing",
    isNotNull: "is there",
    hasStatus: "has the status {0}",
    hasNotStatus: "does not have the status {0}",
  },
  fields: {
    customerId: "the customer id",
    personId: "the person id",
    projectId: "the project id",
    name: "the name",
    category: "the category",
    repId: "the rep",
    assignedUserId: "the assigned user",
    teamId: "the team",
    territoryId: "the territory",
    phone: "the phone number",
    email: "the e-mail address",
    currency: "the currency",
    creditHold: "the credit hold",
    projectStatus: "the project's status",
    revenue: "the revenue",
    cost: "the cost",
    margin: "the margin",
    health: "the health score",
    "health.grade": "the health",
    "health.trend": "the trend of the health",
    status: "it",
  },
  counters: {
    total: "the number of {0}",
    totalIn: "the number of {0}",
    open: "the number of {0} not done yet",
    openIn: "the number of {0} not done yet",
    lastRegistered: "the last of {0}",
    lastCompleted: "the last done of {0}",
    lastOpen: "the last not done of {0}",
    firstOpen: "the oldest not done of {0}",
    nextOpen: "the next planned of {0}",
  },
  records: { activity: "activities", sale: "sales", request: "requests" },
  filters: {
    email: "e-mails",
    meeting: "meetings",
    call: "calls",
    task: "tasks",
    in: "received",
    out: "made by us",
    none: "without a direction",
    planned: "planned",
    completed: "completed",
    open: "open",
    sold: "sold",
    lost: "lost",
    closed: "closed",
  },
  period: "in the last {0}",
  amountClass: "of amount class {0}",
  finding: "the level of the insight {0}",
  flags: ["set", "not set"],
};
