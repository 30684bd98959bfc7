import { readFileSync } from "node:fs";
import { LINK_DAYS } from "@regulars/core/notifications/link-token";
import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { httpAlarms } from "../../infra/alarms.ts";
import { functionKeys, functionName, functions } from "../../infra/functions.ts";
import { clockJobKeys } from "../../infra/job-keys.ts";
import { figureNames, figuresByEdition, measuredEditions } from "../../infra/metrics.ts";
import { queueKeys, queues } from "../../infra/queues.ts";
import { secretNames, secrets } from "../../infra/secrets.ts";
import { table as tableSpec } from "../../infra/table.ts";
import { synthesize } from "./synthesized.ts";

const page = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
/** The page as it is read: where its lines break says nothing. */
const read = page.replaceAll(/\s+/g, " ");
const { operations, resolved } = synthesize("test");
const alarms = Object.values(resolved.operations.Resources)
  .filter(({ Type }) => Type === "AWS::CloudWatch::Alarm")
  .map(({ Properties }) => Properties);

const alarm = (name: string, figure: object, threshold: number): void =>
  operations.hasResourceProperties("AWS::CloudWatch::Alarm", {
    AlarmName: `regulars-test-${name}`,
    Threshold: threshold,
    ...figure,
  });

const one = (Name: string, Value: string) => [{ Name, Value }];

it("the operator's page has the numbers of the stage: alarms, metrics and secrets, and what they cost", () => {
  const secretCount = secretNames.length;
  expect(read).toContain(`${secretCount} secrets ${(secretCount * 0.4).toFixed(2)}, `);
  const { api, console: pages } = functions;
  expect(read).toContain(
    `keeps ${api.reservedConcurrency} executions for the API and ${pages.reservedConcurrency} for the console`,
  );
  expect(read).toContain(`The old one may go after ${LINK_DAYS} days`);
  const alarmCount = alarms.length + httpAlarms.length;
  expect(read).toContain(`${alarmCount} alarms ${(alarmCount * 0.1).toFixed(2)}, `);
  const figureCount = figureNames.length + figuresByEdition.length * measuredEditions.length;
  expect(read).toContain(`${figureCount} metrics ${(figureCount * 0.3).toFixed(2)}, `);
});

it.each(secretNames)("the operator's page says what is restarted when %s is changed: all that have it", (name) => {
  const rows = page.split("\n").filter((line) => line.startsWith("|") && line.includes(`\`${secrets[name].name}\``));
  const holders = functionKeys.filter((key) => functions[key].secrets.includes(name));
  const restarted = rows.flatMap((row) => [...row.matchAll(/`([a-z-]+)`/g)].slice(1).map(([, named]) => named));
  expect(restarted.toSorted()).toEqual(
    holders.map((key) => functionName("", key).slice("regulars--".length)).toSorted(),
  );
});

it("the operator's page names the queues whose messages are tried five times, the others three times", () => {
  const [, named = ""] = /failed three times \(in ([^)]*): five\)/.exec(read) ?? [];
  const five = queueKeys.filter((queue) => queues[queue].maxReceives === 5);
  expect([...named.matchAll(/`([a-z]+)`/g)].map(([, queue]) => queue)).toEqual(five);
  expect(queueKeys.filter((queue) => queues[queue].maxReceives === 3)).toHaveLength(queueKeys.length - five.length);
});

describe("the operator gets alarms", () => {
  it.each(queueKeys)("for the first message of %s that failed for good", (queue) => {
    alarm(
      `${queue}-dead`,
      {
        MetricName: "ApproximateNumberOfMessagesVisible",
        Dimensions: one("QueueName", `regulars-test-${queue}-dead`),
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
      },
      1,
    );
  });

  it.each([
    ["nightly", 3600],
    ["rebuilds", 3600],
    ["outgoing", 1800],
    ["mailevents", 3600],
    ["slack", 300],
    ["webhooks", 1800],
    ["plans", 1800],
    ["backtests", 3600],
    ["erasures", 3600],
  ])("for messages of %s that wait %d seconds", (queue, seconds) => {
    alarm(
      `${queue}-old`,
      { MetricName: "ApproximateAgeOfOldestMessage", Dimensions: one("QueueName", `regulars-test-${queue}`) },
      seconds,
    );
  });

  it.each([
    ["tick", "regulars-test-tick"],
    ["nightlyOfTenant", "regulars-test-nightly-of-tenant"],
    ["rebuild", "regulars-test-rebuild"],
    ["deliver", "regulars-test-deliver"],
    ["informWebhooks", "regulars-test-inform-webhooks"],
    ["backtest", "regulars-test-backtest"],
    ["api", "regulars-test-api"],
  ])("for errors and throttles of %s", (key, name) => {
    alarm(`${key}-errors`, { MetricName: "Errors", Dimensions: one("FunctionName", name) }, 1);
    alarm(`${key}-throttles`, { MetricName: "Throttles", Dimensions: one("FunctionName", name) }, 1);
  });

  it("for nightly runs that are not finished by six or pass over customers, and for notifications that cannot be sent", () => {
    const ours = {
      Namespace: "Regulars",
      Dimensions: [
        { Name: "service", Value: "regulars" },
        { Name: "stage", Value: "test" },
      ],
    };
    alarm("nightly-late", { MetricName: "LateNightlyRuns", Statistic: "Maximum", ...ours }, 1);
    alarm("customers-set-aside", { MetricName: "SetAsideCustomers", Statistic: "Maximum", ...ours }, 1);
    alarm("outgoing-late", { MetricName: "OldestDueMs", Statistic: "Maximum", ...ours }, 3_600_000);
    alarm("outgoing-failed", { MetricName: "FailedNotifications", ...ours }, 5);
  });

  it.each([
    ["tick", "regulars-test-tick"],
    ["plansTick", "regulars-test-plans-tick"],
  ])("when the clock does not start %s any more", (key, name) => {
    alarm(
      `${key}-silent`,
      {
        MetricName: "Invocations",
        Dimensions: one("FunctionName", name),
        Period: 1_800,
        ComparisonOperator: "LessThanThreshold",
        TreatMissingData: "breaching",
      },
      1,
    );
  });

  it("for refused requests of the table, and of each index, which AWS does not count with the table", () => {
    const table = { Name: "TableName", Value: "regulars-test-table" };
    const of = (index: string) => [{ Name: "GlobalSecondaryIndexName", Value: index }, table];
    alarm("table-read-throttles", { MetricName: "ReadThrottleEvents", Dimensions: [table] }, 50);
    for (const { name } of tableSpec.indexes)
      alarm(`table-${name}-write-throttles`, { MetricName: "WriteThrottleEvents", Dimensions: of(name) }, 50);
  });

  it("and charts of every figure that the functions keep", () => {
    const shown = JSON.stringify(resolved.operations.Resources);
    expect(figureNames.filter((name) => !shown.includes(name))).toEqual([]);
  });

  it("for bounced e-mail before SES stops sending", () => {
    alarm(
      "mail-bounces",
      { MetricName: "Reputation.BounceRate", Dimensions: one("ses:configuration-set", "regulars-test-mail") },
      0.05,
    );
    alarm("mail-complaints", { MetricName: "Reputation.ComplaintRate" }, 0.001);
  });

  it("by e-mail, each with an explanation", () => {
    expect(alarms).toHaveLength(2 * queueKeys.length + 2 * functionKeys.length + clockJobKeys.length + 13);
    for (const { AlarmActions, AlarmDescription } of alarms) {
      expect(AlarmActions).toEqual(["arn:aws:sns:eu-central-1:111122223333:regulars-test-alarms"]);
      expect(AlarmDescription).toMatch(/See docs\/operations\.md\.$/);
    }
    operations.hasResourceProperties("AWS::SNS::Subscription", {
      Protocol: "email",
      Endpoint: "operations@example.com",
    });
  });
});

describe("the dashboard", () => {
  it("shows its stage's nightly runs, deliveries, queues, functions and table", () => {
    operations.hasResourceProperties("AWS::CloudWatch::Dashboard", {
      DashboardName: "regulars-test-overview",
      DashboardBody: Match.anyValue(),
    });
    const body = JSON.stringify(
      Object.values(resolved.operations.Resources).find(({ Type }) => Type === "AWS::CloudWatch::Dashboard"),
    );
    for (const name of [
      "Is every tenant's night done?",
      "Is every message out?",
      "OldestDueMs",
      "Who is slow?",
      "SOURCE '/aws/lambda/regulars-test-nightly-of-tenant'",
      "max(ms) as slowestMs",
      "RefusedRequests",
      "RequestMs",
      "enterprise",
      "NightlyMs",
      "SentNotifications",
      "regulars-test-nightly-dead",
      "regulars-test-nightly-of-tenant",
      "WriteThrottleEvents",
      "Reputation.BounceRate",
    ])
      expect(body).toContain(name);
  });
});
