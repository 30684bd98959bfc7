import {
  Dashboard,
  GraphWidget,
  type IMetric,
  type IWidget,
  LogQueryWidget,
  type Metric,
  SingleValueWidget,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { measuredEditions, metrics, nameIn } from "../infra/app.ts";
import { type FunctionKey, functionKeys, functionName } from "../infra/functions.ts";
import { deadQueueName, queueKeys, queueName } from "../infra/queues.ts";
import { functionFigure, mailFigure, queueFigure, tableFigure, workFigure } from "./figures.ts";

const HALF = 12;
const WHOLE = 24;

const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left, right, width: HALF, height: 6 });

/** The dimensions of what is kept by edition. */
const ofEdition = (stage: string, edition: string) => ({
  dimensionsMap: { service: metrics.service, stage, edition },
  label: edition,
});

/** The first twenty of what a function's lines say. */
const logged = (title: string, stage: string, key: FunctionKey, queryLines: string[]): LogQueryWidget =>
  new LogQueryWidget({
    title,
    logGroupNames: [`/aws/lambda/${functionName(stage, key)}`],
    queryLines: [...queryLines, "limit 20"],
    width: HALF,
    height: 6,
  });

type Work = (name: string, statistic?: string) => Metric;

/** Is every tenant's night done, is every message out, who is slow? */
const answers = (stage: string, work: Work): IWidget[][] => [
  [
    graph(
      "Is every tenant's night done?",
      [work("StartedNightlyRuns"), work("NightlyRuns"), work("LateNightlyRuns", "Maximum")],
      measuredEditions.map((edition) => work("NightlyMs", "p95").with(ofEdition(stage, edition))),
    ),
    graph(
      "Is every message out?",
      [work("SentNotifications"), work("FailedNotifications"), work("MaybeDuplicates")],
      [work("OldestDueMs", "Maximum"), queueFigure(queueName(stage, "outgoing"), "ApproximateAgeOfOldestMessage")],
    ),
  ],
  [
    logged("Who is slow? Nightly runs of the longest time", stage, "nightlyOfTenant", [
      'filter message = "nightly"',
      "stats max(ms) as slowestMs, count(*) as runs by tenantId, edition",
      "sort slowestMs desc",
    ]),
    logged("Who is slow? Requests", stage, "api", [
      'filter message = "request"',
      "stats pct(ms, 95) as p95Ms, count(*) as requests by tenantId, route",
      "sort p95Ms desc",
    ]),
  ],
  [
    graph(
      "API: requests, refused ones (4xx)",
      [work("Requests"), work("RefusedRequests"), work("TimedOutInvocations")],
      measuredEditions.map((edition) => work("Requests").with(ofEdition(stage, edition))),
    ),
    graph(
      "API: time of an answer",
      [work("RequestMs", "p50"), work("RequestMs", "p95")],
      measuredEditions.map((edition) => work("RequestMs", "p95").with(ofEdition(stage, edition))),
    ),
  ],
];

/** One dashboard: is every tenant's night done, is every message out, who is slow; then what waits and what fails. */
export function makeDashboard(scope: Construct, stage: string, tableName: string): void {
  const work: Work = (name, statistic) => workFigure(stage, name, statistic);
  new Dashboard(scope, "Dashboard", {
    dashboardName: nameIn(stage, "overview"),
    widgets: [
      [
        new TextWidget({
          markdown: `# Regulars, ${stage}\nWhat to do about an alarm: docs/operations.md`,
          width: WHOLE,
          height: 2,
        }),
      ],
      ...answers(stage, work),
      [
        new SingleValueWidget({
          title: "Today",
          metrics: [
            "NightlyRuns",
            "NewFindings",
            "LateNightlyRuns",
            "SentNotifications",
            "FailedNotifications",
            "FailedJobs",
          ].map((name) => work(name)),
          width: WHOLE,
          height: 4,
        }),
      ],
      [
        graph(
          "Waiting",
          queueKeys.map((key) =>
            queueFigure(queueName(stage, key), "ApproximateNumberOfMessagesVisible").with({ label: key }),
          ),
          queueKeys.map((key) => queueFigure(queueName(stage, key), "ApproximateAgeOfOldestMessage")),
        ),
        graph(
          "Dead letters",
          queueKeys.map((key) => queueFigure(deadQueueName(stage, key), "ApproximateNumberOfMessagesVisible")),
        ),
      ],
      [
        graph(
          "Errors and throttles of functions",
          functionKeys.map((key) => functionFigure(stage, key, "Errors")),
          functionKeys.map((key) => functionFigure(stage, key, "Throttles")),
        ),
        graph(
          "Duration of functions (p95)",
          functionKeys.map((key) => functionFigure(stage, key, "Duration")),
        ),
      ],
      [
        graph(
          "Table",
          [work("ReadUnits"), work("WriteUnits")],
          [tableFigure(tableName, "ReadThrottleEvents"), tableFigure(tableName, "WriteThrottleEvents")],
        ),
        graph("E-mail refused", [
          mailFigure(stage, "Reputation.BounceRate"),
          mailFigure(stage, "Reputation.ComplaintRate"),
        ]),
      ],
    ],
  });
}
