import { http } from "./api.ts";
import {
  type Figure,
  functionFigure,
  httpFigure,
  mailFigure,
  queueFigure,
  tableFigure,
  tableParts,
  workFigure,
} from "./figures.ts";
import { functionKeys } from "./functions.ts";
import { clockJobKeys } from "./job-keys.ts";
import { deadQueueName, queueKeys, queueName, queues } from "./queues.ts";

/** SES reviews a sender when five percent of the e-mails bounce, or one in a thousand is marked as spam. */
const BOUNCE_SHARE = 0.05;
const COMPLAINT_SHARE = 0.001;

/** Errors of a function within five minutes that set off its alarm. */
const ERRORS = 1;

/** Refused requests of a table or an index within five minutes that set off its alarm; each is asked again. */
const THROTTLES = 50;

export interface Alarm {
  readonly name: string;
  /** What the alarm means and what to do; the text of its e-mail. */
  readonly says: string;
  readonly figure: Figure;
  /** Rings when the figure reaches this value. */
  readonly reaches: number;
  /** Rings when the figure has no data or stays below the value. */
  readonly whenSilent?: true;
}

/** The text of an alarm's e-mail. */
export const alarmText = ({ says }: Pick<Alarm, "says">): string => `${says} See docs/operations.md.`;

/** The alarms of a stage's foundation; those of the table watch the one that is used, also after a restore. */
export const alarmsOf = (stage: string, tableName: string): readonly Alarm[] => [
  ...queueAlarms(stage),
  ...functionAlarms(stage),
  ...clockAlarms(stage),
  ...workAlarms(stage),
  ...tableAlarms(tableName),
];

const queueAlarms = (stage: string): Alarm[] =>
  queueKeys.flatMap((key) => [
    {
      name: `${key}-dead`,
      says: `A message of ${key} failed ${queues[key].maxReceives} times and waits in the dead letter queue: read the reason in the log, fix it, redrive.`,
      figure: queueFigure(deadQueueName(stage, key), "ApproximateNumberOfMessagesVisible"),
      reaches: 1,
    },
    {
      name: `${key}-old`,
      says: `A message of ${key} has waited ${queues[key].oldestSeconds / 60} minutes: the functions do not keep up, or fail.`,
      figure: queueFigure(queueName(stage, key), "ApproximateAgeOfOldestMessage"),
      reaches: queues[key].oldestSeconds,
    },
  ]);

const functionAlarms = (stage: string): Alarm[] =>
  functionKeys.flatMap((key) => [
    {
      name: `${key}-errors`,
      says: `The function ${key} failed as a whole.`,
      figure: functionFigure(stage, key, "Errors"),
      reaches: ERRORS,
    },
    {
      name: `${key}-throttles`,
      says: `The function ${key} was not started: what it keeps, or the account's concurrency, is used up.`,
      figure: functionFigure(stage, key, "Throttles"),
      reaches: 1,
    },
  ]);

/** No error tells of a schedule that is off. */
const clockAlarms = (stage: string): Alarm[] =>
  clockJobKeys.map((key) => ({
    name: `${key}-silent`,
    says: `The clock has not started ${key} for half an hour: what is due does not begin.`,
    figure: functionFigure(stage, key, "Invocations", 30),
    reaches: 1,
    whenSilent: true,
  }));

const workAlarms = (stage: string): Alarm[] => [
  {
    name: "nightly-late",
    says: "A tenant's nightly run, due at 02:00 local time, was not finished by 06:00.",
    figure: workFigure(stage, "LateNightlyRuns", "Maximum", 15),
    reaches: 1,
  },
  {
    name: "customers-set-aside",
    says: "A nightly run has passed over customers whose data cannot be read or evaluated; all others have got theirs.",
    figure: workFigure(stage, "SetAsideCustomers", "Maximum", 15),
    reaches: 1,
  },
  {
    name: "outgoing-late",
    says: "A notification has been due for an hour, and nothing has tried to send it.",
    figure: workFigure(stage, "OldestDueMs", "Maximum", 15),
    reaches: 3_600_000,
  },
  {
    name: "jobs-failed",
    says: "A job failed; it is tried again, and its reason is in the log.",
    figure: workFigure(stage, "FailedJobs"),
    reaches: 5,
  },
  {
    name: "outgoing-failed",
    says: "Messages could not be sent: SES or Slack refuse them, and they are tried again.",
    figure: workFigure(stage, "FailedNotifications", "Sum", 15),
    reaches: 5,
  },
  {
    name: "mail-bounces",
    says: "Too much e-mail comes back: SES may stop sending.",
    figure: mailFigure(stage, "Reputation.BounceRate"),
    reaches: BOUNCE_SHARE,
  },
  {
    name: "mail-complaints",
    says: "Too much e-mail is marked as spam: SES may stop sending.",
    figure: mailFigure(stage, "Reputation.ComplaintRate"),
    reaches: COMPLAINT_SHARE,
  },
];

const tableAlarms = (tableName: string): Alarm[] =>
  tableParts.flatMap((index) => {
    const [part, what] = index === undefined ? ["table", "The table"] : [`table-${index}`, `The index ${index}`];
    return [
      {
        name: `${part}-read-throttles`,
        says: `${what} refused reads: a partition is read faster than DynamoDB allows.`,
        figure: tableFigure(tableName, index, "ReadThrottleEvents"),
        reaches: THROTTLES,
      },
      {
        name: `${part}-write-throttles`,
        says: `${what} refused writes: a partition is written faster than DynamoDB allows.`,
        figure: tableFigure(tableName, index, "WriteThrottleEvents"),
        reaches: THROTTLES,
      },
    ];
  });

/** The alarms of the HTTP API, which the functions' half makes. */
export const httpAlarms: readonly Alarm[] = [
  {
    name: "http-faults",
    says: "The API answered with server errors.",
    figure: httpFigure("5xx"),
    reaches: 1,
  },
  {
    name: "http-refusals",
    says: "The API or its gateway refused many requests: a limit is reached, or a caller goes on in vain.",
    figure: httpFigure("4xx"),
    reaches: http.refusedInFiveMinutes,
  },
];

/** Every alarm that a stage has, unless it is personal. */
export const alarmNames: readonly string[] = [...alarmsOf("", ""), ...httpAlarms].map(({ name }) => name);
