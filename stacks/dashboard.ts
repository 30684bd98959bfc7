import { Dashboard, GraphWidget, type IMetric, SingleValueWidget, TextWidget } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { nameIn } from "../infra/app.ts";
import { functionKeys } from "../infra/functions.ts";
import { deadQueueName, queueKeys, queueName } from "../infra/queues.ts";
import { functionFigure, mailFigure, queueFigure, tableFigure, workFigure } from "./figures.ts";

const HALF = 12;
const WHOLE = 24;

const graph = (title: string, left: IMetric[], right: IMetric[] = []): GraphWidget =>
  new GraphWidget({ title, left, right, width: HALF, height: 6 });

/** One dashboard: what nightly runs found, what was sent, what waits, what fails. */
export function makeDashboard(scope: Construct, stage: string, tableName: string): void {
  const work = (name: string, statistic?: string) => workFigure(stage, name, statistic);
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
      [
        new SingleValueWidget({
          title: "Today",
          metrics: ["NightlyRuns", "LateNightlyRuns", "SentNotifications", "FailedNotifications", "FailedJobs"].map(
            (name) => work(name),
          ),
          width: WHOLE,
          height: 4,
        }),
      ],
      [
        graph("NightlyRuns", [work("NightlyRuns"), work("NewFindings")], [work("NightlyMs", "p95")]),
        graph("Notifications", [work("SentNotifications"), work("FailedNotifications"), work("MaybeDuplicates")]),
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
