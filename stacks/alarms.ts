import { Duration } from "aws-cdk-lib";
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { nameIn } from "../infra/app.ts";
import { functionKeys } from "../infra/functions.ts";
import { deadQueueName, queueKeys, queueName, queues } from "../infra/queues.ts";
import { functionFigure, mailFigure, queueFigure, tableFigure, workFigure } from "./figures.ts";

/** SES reviews a sender when five percent of the e-mails bounce, or one in a thousand is marked as spam. */
const BOUNCE_SHARE = 0.05;
const COMPLAINT_SHARE = 0.001;

/** Errors of a function within five minutes that set off its alarm. */
const ERRORS = 1;

interface Ring {
  readonly name: string;
  /** What the alarm means and what to do; the text of its e-mail. */
  readonly says: string;
  readonly metric: IMetric;
  /** Rings when the metric reaches this value. */
  readonly reaches: number;
  /** Rings when the metric has no data or stays below the value. */
  readonly whenSilent?: true;
}

/** Makes the alarms of a stage; those of the table watch the one that is used, also after a restore. */
export function makeAlarms(
  scope: Construct,
  { stage, tableName, topic }: { readonly stage: string; readonly tableName: string; readonly topic: ITopic },
): void {
  const action = new SnsAction(topic);
  for (const { name, says, metric, reaches, whenSilent } of [
    ...queueRings(stage),
    ...functionRings(stage),
    ...workRings(stage),
    ...tableRings(tableName),
  ])
    new Alarm(scope, name, {
      alarmName: nameIn(stage, name),
      alarmDescription: `${says} See docs/operations.md.`,
      metric,
      threshold: reaches,
      comparisonOperator: whenSilent
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: whenSilent ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    }).addAlarmAction(action);
}

const queueRings = (stage: string): Ring[] =>
  queueKeys.flatMap((key) => [
    {
      name: `${key}-dead`,
      says: `A message of ${key} failed ${queues[key].maxReceives} times and waits in the dead letter queue: read the reason in the log, fix it, redrive.`,
      metric: queueFigure(deadQueueName(stage, key), "ApproximateNumberOfMessagesVisible"),
      reaches: 1,
    },
    {
      name: `${key}-old`,
      says: `A message of ${key} has waited ${queues[key].oldestSeconds / 60} minutes: the functions do not keep up, or fail.`,
      metric: queueFigure(queueName(stage, key), "ApproximateAgeOfOldestMessage"),
      reaches: queues[key].oldestSeconds,
    },
  ]);

const functionRings = (stage: string): Ring[] =>
  functionKeys.flatMap((key) => [
    {
      name: `${key}-errors`,
      says: `The function ${key} failed as a whole.`,
      metric: functionFigure(stage, key, "Errors"),
      reaches: ERRORS,
    },
    {
      name: `${key}-throttles`,
      says: `The function ${key} was not started because the account's concurrency is used up.`,
      metric: functionFigure(stage, key, "Throttles"),
      reaches: 1,
    },
  ]);

const workRings = (stage: string): Ring[] => [
  {
    name: "nightly-late",
    says: "A tenant's nightly run, due at 02:00 local time, was not finished by 06:00.",
    metric: workFigure(stage, "LateNightlyRuns", "Maximum", Duration.minutes(15)),
    reaches: 1,
  },
  {
    name: "outgoing-late",
    says: "A notification has been due for an hour, and nothing has tried to send it.",
    metric: workFigure(stage, "OldestDueMs", "Maximum", Duration.minutes(15)),
    reaches: 3_600_000,
  },
  {
    name: "tick-silent",
    says: "Nothing started nightly runs and notifications for half an hour.",
    metric: workFigure(stage, "Ticks", "Sum", Duration.minutes(30)),
    reaches: 1,
    whenSilent: true,
  },
  {
    name: "jobs-failed",
    says: "A job failed; it is tried again, and its reason is in the log.",
    metric: workFigure(stage, "FailedJobs"),
    reaches: 5,
  },
  {
    name: "outgoing-failed",
    says: "Messages could not be sent: SES or Slack refuse them, and they are tried again.",
    metric: workFigure(stage, "FailedNotifications", "Sum", Duration.minutes(15)),
    reaches: 5,
  },
  {
    name: "mail-bounces",
    says: "Too much e-mail comes back: SES may stop sending.",
    metric: mailFigure(stage, "Reputation.BounceRate"),
    reaches: BOUNCE_SHARE,
  },
  {
    name: "mail-complaints",
    says: "Too much e-mail is marked as spam: SES may stop sending.",
    metric: mailFigure(stage, "Reputation.ComplaintRate"),
    reaches: COMPLAINT_SHARE,
  },
];

const tableRings = (tableName: string): Ring[] => [
  {
    name: "table-read-throttles",
    says: "The table refused reads: a partition is read faster than DynamoDB allows.",
    metric: tableFigure(tableName, "ReadThrottleEvents"),
    reaches: 50,
  },
  {
    name: "table-write-throttles",
    says: "The table refused writes: a partition is written faster than DynamoDB allows.",
    metric: tableFigure(tableName, "WriteThrottleEvents"),
    reaches: 50,
  },
];
