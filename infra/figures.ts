import { nameIn } from "./app.ts";
import { type FunctionKey, functionName } from "./functions.ts";
import { type FigureName, metrics } from "./metrics.ts";
import { table } from "./table.ts";

/** A metric with one value for each period. */
export interface Figure {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
  readonly minutes: number;
  /** What a chart calls it. Default: its name. */
  readonly label?: string;
}

const USUAL_MINUTES = 5;

/** A metric that AWS records for a function. */
export const functionFigure = (
  stage: string,
  key: FunctionKey,
  name: "Errors" | "Throttles" | "Duration" | "Invocations",
  minutes = USUAL_MINUTES,
): Figure => ({
  namespace: "AWS/Lambda",
  name,
  dimensions: { FunctionName: functionName(stage, key) },
  statistic: name === "Duration" ? "p95" : "Sum",
  minutes,
});

/** A metric that AWS records for a queue; `queueName` is its full name. */
export const queueFigure = (
  queueName: string,
  name: "ApproximateNumberOfMessagesVisible" | "ApproximateAgeOfOldestMessage",
): Figure => ({
  namespace: "AWS/SQS",
  name,
  dimensions: { QueueName: queueName },
  statistic: "Maximum",
  minutes: USUAL_MINUTES,
});

/** A metric that the functions report. */
export const workFigure = (stage: string, name: FigureName, statistic = "Sum", minutes = USUAL_MINUTES): Figure => ({
  namespace: metrics.namespace,
  name,
  dimensions: { service: metrics.service, stage },
  statistic,
  minutes,
});

/** The table without its indexes, and each index: AWS counts them one by one. */
export const tableParts = [undefined, ...table.indexes.map(({ name }) => name)] as const;

/** Throttled requests of a table, or of one of its indexes. */
export const tableFigure = (
  tableName: string,
  index: (typeof tableParts)[number],
  name: "ReadThrottleEvents" | "WriteThrottleEvents",
): Figure => ({
  namespace: "AWS/DynamoDB",
  name,
  dimensions: { TableName: tableName, ...(index === undefined ? {} : { GlobalSecondaryIndexName: index }) },
  statistic: "Sum",
  minutes: USUAL_MINUTES,
});

/** The share of the stage's e-mails that bounce or are marked as spam, as SES computes it; 0 to 1. */
export const mailFigure = (stage: string, name: "Reputation.BounceRate" | "Reputation.ComplaintRate"): Figure => ({
  namespace: "AWS/SES",
  name,
  dimensions: { "ses:configuration-set": nameIn(stage, "mail") },
  statistic: "Average",
  minutes: 60,
});

/** Answers of an HTTP API; its id, which AWS gives it, is a dimension more. */
export const httpFigure = (name: "4xx" | "5xx"): Figure => ({
  namespace: "AWS/ApiGateway",
  name,
  dimensions: { Stage: "$default" },
  statistic: "Sum",
  minutes: USUAL_MINUTES,
});
