import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { metrics, nameIn } from "../infra/app.ts";
import { type FunctionKey, functionName } from "../infra/functions.ts";

const period = Duration.minutes(5);

/** A metric that AWS records for a function. */
export const functionFigure = (
  stage: string,
  key: FunctionKey,
  metricName: "Errors" | "Throttles" | "Duration" | "Invocations",
): Metric =>
  new Metric({
    namespace: "AWS/Lambda",
    metricName,
    dimensionsMap: { FunctionName: functionName(stage, key) },
    statistic: metricName === "Duration" ? "p95" : "Sum",
    period,
  });

/** A metric that AWS records for a queue; `queueName` is its full name. */
export const queueFigure = (
  queueName: string,
  metricName: "ApproximateNumberOfMessagesVisible" | "ApproximateAgeOfOldestMessage",
): Metric =>
  new Metric({
    namespace: "AWS/SQS",
    metricName,
    dimensionsMap: { QueueName: queueName },
    statistic: "Maximum",
    period,
  });

/** A metric that the functions report, named in packages/functions/reports/figures.ts. */
export const workFigure = (stage: string, metricName: string, statistic = "Sum", every = period): Metric =>
  new Metric({
    namespace: metrics.namespace,
    metricName,
    dimensionsMap: { service: metrics.service, stage },
    statistic,
    period: every,
  });

/** Throttled requests of a table. */
export const tableFigure = (tableName: string, metricName: "ReadThrottleEvents" | "WriteThrottleEvents"): Metric =>
  new Metric({
    namespace: "AWS/DynamoDB",
    metricName,
    dimensionsMap: { TableName: tableName },
    statistic: "Sum",
    period,
  });

/** The share of the stage's e-mails that bounce or are marked as spam, as SES computes it; 0 to 1. */
export const mailFigure = (stage: string, metricName: "Reputation.BounceRate" | "Reputation.ComplaintRate"): Metric =>
  new Metric({
    namespace: "AWS/SES",
    metricName,
    dimensionsMap: { "ses:configuration-set": nameIn(stage, "mail") },
    statistic: "Average",
    period: Duration.hours(1),
  });
