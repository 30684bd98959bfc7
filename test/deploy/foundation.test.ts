import { Match } from "aws-cdk-lib/assertions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { functions } from "../../infra/functions.ts";
import { queueJobKeys } from "../../infra/job-keys.ts";
import { queueOf } from "../../infra/queues.ts";
import { secretNames } from "../../infra/secrets.ts";
import { stageSettingsOf } from "../../stacks/settings.ts";
import { someSettings, synthesize } from "./synthesized.ts";

const RESTORED = "arn:aws:dynamodb:eu-central-1:111122223333:table/regulars-test-restored";
const keyPolicySchema = z.object({
  Statement: z.array(
    z.object({
      Action: z.union([z.string(), z.array(z.string())]),
      Principal: z.object({ Service: z.string().optional() }),
    }),
  ),
});
const trial = synthesize("test");
const production = synthesize("production");

describe("the foundation", () => {
  it("has one table on demand, encrypted, with recovery to any second of the last 35 days", () => {
    trial.foundation.resourceCountIs("AWS::DynamoDB::Table", 1);
    trial.foundation.hasResourceProperties("AWS::DynamoDB::Table", {
      TableName: "regulars-test-table",
      BillingMode: "PAY_PER_REQUEST",
      TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        Match.objectLike({
          IndexName: "gsi1",
          KeySchema: Match.arrayWith([{ AttributeName: "g1p", KeyType: "HASH" }]),
        }),
        Match.objectLike({
          IndexName: "gsi2",
          KeySchema: Match.arrayWith([{ AttributeName: "g2p", KeyType: "HASH" }]),
        }),
      ],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
      SSESpecification: Match.objectLike({ SSEEnabled: true, SSEType: "KMS" }),
    });
  });

  it("OP04: of a personal stage has no alarm, no key and no mail domain of its own, and the same parts otherwise", () => {
    const personal = synthesize("ada", { personal: true });
    for (const type of ["AWS::CloudWatch::Alarm", "AWS::SNS::Topic"]) personal.operations.resourceCountIs(type, 0);
    personal.foundation.resourceCountIs("AWS::KMS::Key", 0);
    personal.foundation.resourceCountIs("AWS::SES::EmailIdentity", 0);
    for (const type of ["AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SecretsManager::Secret", "AWS::IAM::Role"])
      personal.foundation.resourceCountIs(type, Object.keys(trial.foundation.findResources(type)).length);
    expect(personal.parameters["/regulars/ada/mail-identity-arn"]).toMatch(/:identity\/example\.com$/);
    expect(personal.parameters).not.toHaveProperty("/regulars/ada/key-arn");
    personal.foundation.hasResourceProperties("AWS::DynamoDB::Table", { SSESpecification: { SSEEnabled: false } });
    expect(JSON.stringify([personal.resolved, personal.parameters])).not.toContain("kms:Decrypt");
  });

  it("retains every resource with data in production, and none of other stages", () => {
    for (const type of ["AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::KMS::Key", "AWS::SecretsManager::Secret"]) {
      production.foundation.allResources(type, { DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
      trial.foundation.allResources(type, { DeletionPolicy: "Delete" });
    }
    production.foundation.hasResourceProperties("AWS::DynamoDB::Table", { DeletionProtectionEnabled: true });
    trial.foundation.hasResourceProperties("AWS::DynamoDB::Table", { DeletionProtectionEnabled: false });
  });

  it.each([
    ["nightly", 960, 3, 5],
    ["rebuilds", 960, 3, 0],
    ["outgoing", 360, 5, 5],
    ["mailevents", 120, 5, 0],
    ["slack", 120, 3, 0],
    ["webhooks", 180, 5, 5],
    ["plans", 960, 5, 0],
    ["backtests", 960, 3, 0],
    ["erasures", 960, 5, 5],
  ])("has the queue %s with its dead letter queue", (name, visible, receives, delay) => {
    const queues = Object.values(trial.resolved.foundation.Resources).filter(({ Type }) => Type === "AWS::SQS::Queue");
    const of = (queueName: string) =>
      queues.find(({ Properties }) => Properties["QueueName"] === queueName)?.Properties;
    expect(of(`regulars-test-${name}`)).toMatchObject({
      VisibilityTimeout: visible,
      DelaySeconds: delay,
      SqsManagedSseEnabled: true,
      RedrivePolicy: {
        deadLetterTargetArn: `arn:aws:sqs:eu-central-1:111122223333:regulars-test-${name}-dead`,
        maxReceiveCount: receives,
      },
    });
    expect(of(`regulars-test-${name}-dead`)).toMatchObject({ MessageRetentionPeriod: 14 * 86_400 });
  });

  it("hides a message for longer than the function may run, which AWS requires", () => {
    for (const key of queueJobKeys)
      trial.foundation.hasResourceProperties("AWS::SQS::Queue", {
        QueueName: `regulars-test-${queueOf(key)}`,
        VisibilityTimeout: functions[key].timeoutSeconds + 60,
      });
  });

  it("lets those who publish to the encrypted topics use their key", () => {
    const statements = Object.values(trial.resolved.foundation.Resources)
      .filter(({ Type }) => Type === "AWS::KMS::Key")
      .flatMap(({ Properties }) => keyPolicySchema.parse(Properties["KeyPolicy"]).Statement);
    const using = statements.filter(({ Action }) => [Action].flat().includes("kms:GenerateDataKey*"));
    expect(using.flatMap(({ Principal }) => Principal.Service ?? [])).toEqual([
      "ses.amazonaws.com",
      "cloudwatch.amazonaws.com",
    ]);
  });

  it("sends e-mail from a verified domain through its configuration set, and receives bounces and complaints", () => {
    trial.foundation.hasResourceProperties("AWS::SES::EmailIdentity", {
      EmailIdentity: "example.com",
      ConfigurationSetAttributes: { ConfigurationSetName: { Ref: Match.stringLikeRegexp("MailConfiguration") } },
    });
    trial.foundation.hasResourceProperties("AWS::SES::ConfigurationSet", {
      DeliveryOptions: { TlsPolicy: "REQUIRE" },
      SuppressionOptions: { SuppressedReasons: ["BOUNCE", "COMPLAINT"] },
      ReputationOptions: { ReputationMetricsEnabled: true },
    });
    trial.foundation.hasResourceProperties("AWS::SES::ConfigurationSetEventDestination", {
      EventDestination: Match.objectLike({
        Enabled: true,
        MatchingEventTypes: ["bounce", "complaint", "reject", "renderingFailure"],
        SnsDestination: Match.anyValue(),
      }),
    });
    trial.foundation.hasOutput("*", { Description: "DNS record of the sending domain" });
  });

  it("encrypts secrets with a key that rotates automatically", () => {
    trial.foundation.hasResourceProperties("AWS::KMS::Key", { EnableKeyRotation: true });
    trial.foundation.resourceCountIs("AWS::SecretsManager::Secret", secretNames.length);
    trial.foundation.allResourcesProperties("AWS::SecretsManager::Secret", { KmsKeyId: Match.anyValue() });
  });

  it("mails bounces and complaints to the operator", () => {
    trial.foundation.hasResourceProperties("AWS::SNS::Subscription", {
      Protocol: "email",
      Endpoint: "operations@example.com",
    });
  });

  it("gives the functions a restored table instead of the stage's own, which is kept", () => {
    const { foundation, parameters, resolved } = synthesize("test", { restoredTable: "regulars-test-restored" });
    foundation.hasResourceProperties("AWS::DynamoDB::Table", { TableName: "regulars-test-table" });
    expect(parameters["/regulars/test/table-name"]).toBe("regulars-test-restored");
    expect(parameters["/regulars/test/table-arn"]).toBe(RESTORED);
    const policy = Object.values(resolved.foundation.Resources).find(({ Type }) => Type === "AWS::IAM::Policy");
    expect(policy?.Properties["PolicyDocument"]).toMatchObject({
      Statement: [{ Resource: [RESTORED, `${RESTORED}/index/gsi1`, `${RESTORED}/index/gsi2`] }, {}],
    });
  });

  it("watches the table that is used, by alarms and on the dashboard, also after a restore", () => {
    const watched = (given: Parameters<typeof synthesize>[1]) => {
      const { resolved } = synthesize("test", given);
      const resources = Object.values(resolved.operations.Resources);
      const alarms = resources
        .filter(({ Type }) => Type === "AWS::CloudWatch::Alarm")
        .map((one) => JSON.stringify(one));
      const dashboard = resources.find(({ Type }) => Type === "AWS::CloudWatch::Dashboard");
      const tables = [...alarms, JSON.stringify(dashboard)].flatMap(
        (text) => text.match(/regulars-test-(?:table|restored)(?![-\w])/g) ?? [],
      );
      return [tables.length, [...new Set(tables)]];
    };
    expect(watched({})).toEqual([12, ["regulars-test-table"]]);
    expect(watched({ restoredTable: "regulars-test-restored" })).toEqual([12, ["regulars-test-restored"]]);
  });

  it("writes no secret into a parameter", () => {
    const ofSecrets = Object.entries(trial.parameters).filter(([path]) => /secret|token|sealing/.test(path));
    expect(ofSecrets.map(([, value]) => value.slice(0, 23))).toEqual(secretNames.map(() => "arn:aws:secretsmanager:"));
  });

  it("follows CloudFormation's own rules and those of AWS Solutions, with a reason for every exception", () => {
    const [report, ...others] = trial.report;
    expect([report?.pluginName, others]).toEqual(["AwsSolutions", []]);
    expect(report?.violations).toEqual([]);
    expect(report?.suppressedViolations.map(({ ruleName, reason }) => `${ruleName}: ${reason}`)).toEqual([
      "AwsSolutions-SMG4: a page cursor must hold while someone turns pages: docs/operations.md says how it is changed",
      "AwsSolutions-SMG4: a changed one ends every integration's signatures at once: docs/operations.md says how it is changed",
      "AwsSolutions-SMG4: tokens sealed with the old one must open while they are sealed anew: docs/operations.md says how it is changed",
      "AwsSolutions-SMG4: Slack gives it and AWS cannot ask for another: docs/operations.md says how it is changed",
      "AwsSolutions-SMG4: Slack gives it and AWS cannot ask for another: docs/operations.md says how it is changed",
      "AwsSolutions-SMG4: sessions last twelve hours, so old and new are kept side by side: docs/operations.md says how it is changed",
      "AwsSolutions-SMG4: the issuer gives it and AWS cannot ask for another: docs/operations.md says how it is changed",
      "AwsSolutions-SMG4: links of messages hold for months, so old and new are kept side by side: docs/operations.md says how it is changed",
    ]);
  });

  it("is checked by the rules of AWS Solutions: a stack with an unencrypted topic is refused", () => {
    const withOpenTopic = () =>
      synthesize("test", {}, ({ operations }) => {
        new Topic(operations, "Open");
      });
    expect(withOpenTopic).toThrow(/regulars-test-operations\/Open[^]*AwsSolutions-SNS3/);
  });
});

describe("a stage's settings", () => {
  it("are used as they are", () => {
    expect(stageSettingsOf("test", { test: someSettings })).toEqual({ stage: "test", settings: someSettings });
  });

  it.each([
    ["no stage", undefined, {}, "name the stage: --context stage=production"],
    ["an unusable stage", "Test Stage", {}, "name the stage"],
    ["no stages", "test", undefined, "there are no settings of the stage test: add them to context.stages in cdk.json"],
    ["another stage's alone", "test", { other: someSettings }, "there are no settings of the stage test"],
    [
      "a sender without a name",
      "test",
      { test: { ...someSettings, mailFrom: "mail@example.com" } },
      'is not an address like "Regulars <mail@example.com>"',
    ],
    ["a misspelt name", "test", { test: { ...someSettings, slackClientID: "1" } }, "slackClientID"],
  ])("are refused with what to do: %s", (_what, stage, stages, says) => {
    expect(() => stageSettingsOf(stage, stages)).toThrow(says);
  });
});
