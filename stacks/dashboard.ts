import {
  Dashboard,
  GraphWidget,
  type IWidget,
  LogQueryWidget,
  SingleValueWidget,
  TextWidget,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { nameIn } from "../infra/app.ts";
import {
  type Figure,
  functionFigure,
  mailFigure,
  queueFigure,
  tableFigure,
  tableParts,
  workFigure,
} from "../infra/figures.ts";
import { type FunctionKey, functionKeys, functionName } from "../infra/functions.ts";
import { type FigureName, measuredEditions } from "../infra/metrics.ts";
import { deadQueueName, queueKeys, queueName } from "../infra/queues.ts";
import { metricOf } from "./metric-of.ts";

const HALF = 12;
const WHOLE = 24;

const graph = (title: string, left: readonly Figure[], right: readonly Figure[] = []): GraphWidget =>
  new GraphWidget({ title, left: left.map(metricOf), right: right.map(metricOf), width: HALF, height: 6 });

/** A figure of each edition. */
const byEdition = (figure: Figure): readonly Figure[] =>
  measuredEditions.map((edition) => ({
    ...figure,
    dimensions: { ...figure.dimensions, edition },
    label: edition,
  }));

/** The first twenty of what a function's lines say. */
const logged = (title: string, stage: string, key: FunctionKey, queryLines: string[]): LogQueryWidget =>
  new LogQueryWidget({
    title,
    logGroupNames: [`/aws/lambda/${functionName(stage, key)}`],
    queryLines: [...queryLines, "limit 20"],
    width: HALF,
    height: 6,
  });

type Work = (name: FigureName, statistic?: string) => Figure;

/** Is every tenant's night done, is every message out, who is slow? */
const answers = (stage: string, work: Work): IWidget[][] => [
  [
    graph(
      "Is every tenant's night done?",
      [work("StartedNightlyRuns"), work("NightlyRuns"), work("LateNightlyRuns", "Maximum")],
      byEdition(work("NightlyMs", "p95")),
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
      byEdition(work("Requests")),
    ),
    graph(
      "API: time of an answer",
      [work("RequestMs", "p50"), work("RequestMs", "p95")],
      byEdition(work("RequestMs", "p95")),
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
            work("NightlyRuns"),
            work("NewFindings"),
            work("LateNightlyRuns"),
            work("SetAsideCustomers"),
            work("SentNotifications"),
            work("FailedNotifications"),
            work("FailedJobs"),
          ].map(metricOf),
          width: WHOLE,
          height: 4,
        }),
      ],
      [
        graph(
          "Waiting",
          queueKeys.map((key) => ({
            ...queueFigure(queueName(stage, key), "ApproximateNumberOfMessagesVisible"),
            label: key,
          })),
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
          tableParts.flatMap((index) => [
            tableFigure(tableName, index, "ReadThrottleEvents"),
            tableFigure(tableName, index, "WriteThrottleEvents"),
          ]),
        ),
        graph("E-mail refused", [
          mailFigure(stage, "Reputation.BounceRate"),
          mailFigure(stage, "Reputation.ComplaintRate"),
        ]),
      ],
    ],
  });
}
