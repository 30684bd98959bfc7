import { describe, expect, it } from "vitest";
import { alarmNames } from "../../infra/alarms.ts";
import { type FunctionKey, functionKeys, functionName } from "../../infra/functions.ts";
import { parameters } from "../../infra/parameters.ts";
import { queueKeys } from "../../infra/queues.ts";
import { recordOf } from "../../infra/record-of.ts";
import { secretNames, secretOf } from "../../infra/secrets.ts";
import type { FunctionFacts, StageFacts } from "./facts.ts";
import { checkStage } from "./assess.ts";

const functionOf = (key: FunctionKey): FunctionFacts => ({
  state: "Active",
  lastUpdate: "Successful",
  runtime: "nodejs24.x",
  role: `arn:aws:iam::111122223333:role/${functionName("production", key)}`,
});

const healthy: StageFacts = {
  stage: "production",
  parameters: Object.fromEntries(Object.keys(parameters).map((key) => [key, "set"])),
  table: { status: "ACTIVE", indexes: ["gsi1", "gsi2"], isProtected: true, canBePutBack: true },
  queues: { ...recordOf(queueKeys, () => ({ waiting: 0, dead: 0 })), nightly: { waiting: 3, dead: 0 } },
  functions: recordOf(functionKeys, functionOf),
  secrets: recordOf(secretNames, () => "set" as const),
  issuer: "set",
  mail: {
    verification: "Success",
    isSending: true,
    dailyQuota: 50_000,
    perSecond: 14,
    complaintRate: 0.0003,
    bounceRate: 0.01,
    domain: "example.com",
    region: "eu-central-1",
    dkim: { status: "Success", tokens: ["aaa", "bbb", "ccc"] },
    mailFrom: { domain: "bounce.example.com", status: "Success" },
    dmarc: "v=DMARC1; p=quarantine",
  },
  alarms: { found: alarmNames.map((name) => `regulars-production-${name}`), ringing: [] },
  health: 200,
};

const complaints = (change: Partial<StageFacts>): string[] =>
  checkStage({ ...healthy, ...change })
    .filter(({ is }) => is !== "fine")
    .map(({ what, is, says }) => `${is} ${what}: ${says}`);

describe("the doctor of a deployed stage", () => {
  it("reports nothing for a healthy stage, and checks every part", () => {
    expect(complaints({})).toEqual([]);
    expect(checkStage(healthy)).toHaveLength(1 + 1 + queueKeys.length + functionKeys.length + 1 + 1 + 1 + 9 + 1);
  });

  it("says how to deploy what is missing", () => {
    expect(complaints({ parameters: {} })).toEqual([
      "wrong foundation: is not deployed: npx cdk deploy --all --context stage=production",
    ]);
    expect(complaints({ functions: { ...healthy.functions, rebuild: undefined } })).toEqual([
      "wrong function rebuild: is not deployed: npx sst deploy --stage production",
    ]);
  });

  it("names the parameters that an older foundation lacks, except optional ones", () => {
    const { CURSOR_SECRET_ARN: _, apiDomain: __, ...older } = healthy.parameters;
    expect(complaints({ parameters: older })).toEqual([
      "wrong foundation: is older than this code: no /regulars/production/cursor-secret-arn: npx cdk deploy --all --context stage=production",
    ]);
  });

  it.each([
    [{ queues: { ...healthy.queues, nightly: { waiting: 0, dead: 2 } } }, "2 messages failed for good"],
    [{ table: undefined }, "wrong table: does not exist"],
    [{ table: { status: "ACTIVE", indexes: ["gsi1"], isProtected: true, canBePutBack: true } }, "has no index gsi2"],
    [
      { table: { status: "ACTIVE", indexes: ["gsi1", "gsi2"], isProtected: false, canBePutBack: true } },
      "can be deleted",
    ],
    [
      { table: { status: "ACTIVE", indexes: ["gsi1", "gsi2"], isProtected: true, canBePutBack: false } },
      "cannot be restored",
    ],
    [
      { functions: { ...healthy.functions, api: { ...functionOf("api"), lastUpdate: "Failed" } } },
      "its last update failed",
    ],
    [
      { functions: { ...healthy.functions, api: { ...functionOf("api"), role: "arn:aws:iam::1:role/other" } } },
      "may not open a tenant's session",
    ],
    [
      { secrets: { ...healthy.secrets, SLACK_CLIENT_SECRET: "not-set" } },
      "regulars/production/slack-client-secret is not one of Slack's: put it there",
    ],
    [
      { secrets: { ...healthy.secrets, SEALING_KEY: "not-set" } },
      "regulars/production/sealing-key is not one or two texts of 32 characters or more",
    ],
    [
      { secrets: { ...healthy.secrets, SIGNING_SECRET: "missing" } },
      "regulars/production/signing-secret does not exist",
    ],
    [{ issuer: undefined }, "wrong issuer: set has no discovery document"],
    [{ issuer: "set/" }, "wrong issuer: set says that it is set/: write it so into authIssuer"],
    [{ mail: { ...healthy.mail, verification: "Pending" } }, "not verified (Pending)"],
    [
      { mail: { ...healthy.mail, complaintRate: 0.001 } },
      "look e-mail complaints: 0.1 %, from 0.1 % on SES looks into it",
    ],
    [{ mail: { ...healthy.mail, complaintRate: 0.006 } }, "wrong e-mail complaints: 0.6 %: SES may stop the account"],
    [{ mail: { ...healthy.mail, bounceRate: 0.05 } }, "look e-mail bounces: 5 %"],
    [
      { mail: { ...healthy.mail, dmarc: undefined } },
      'look DNS, DMARC: _dmarc.example.com TXT "v=DMARC1; p=none; rua=mailto:postmaster@example.com"',
    ],
    [{ mail: { ...healthy.mail, isSending: false } }, "sending is switched off"],
    [{ mail: { ...healthy.mail, dailyQuota: 200 } }, "look e-mail: the account is in SES's sandbox"],
    [
      { alarms: { ...healthy.alarms, ringing: ["regulars-production-nightly-late"] } },
      "these ring: regulars-production-nightly-late",
    ],
    [
      {
        alarms: {
          ...healthy.alarms,
          found: healthy.alarms.found.filter((name) => !/-(?:http-faults|tick-silent)$/.test(name)),
        },
      },
      "there is no regulars-production-tick-silent, regulars-production-http-faults: npm run deploy -- --stage production",
    ],
    [{ health: 500 }, "answered 500 to GET /v1/health"],
  ] as const)("finds what is wrong: %j", (change, says) => {
    expect(complaints(change)).toEqual([expect.stringContaining(says)]);
  });

  it("names every secret that is not set, but none of Slack where no tenant can connect it", () => {
    const secrets = recordOf(secretNames, () => "not-set" as const);
    const named = (written: StageFacts["parameters"]) =>
      complaints({ secrets, parameters: written }).map((text) => /regulars\/production\/(\S+)/.exec(text)?.[1]);
    expect(named(healthy.parameters)).toEqual(secretNames.map((name) => secretOf(name).name));
    const { slackClientId: _slack, ...others } = healthy.parameters;
    expect(named(others)).toEqual([
      "cursor-secret",
      "signing-secret",
      "sealing-key",
      "session-secret",
      "auth-client-secret",
      "link-secret",
    ]);
  });

  it("wants no alarms of a personal stage", () => {
    const { alarmTopicArn: _topic, keyArn: _key, ...own } = healthy.parameters;
    expect(complaints({ parameters: own, alarms: { found: [], ringing: [] } })).toEqual([]);
  });

  it("does not require protection of a stage other than production", () => {
    const table = { status: "ACTIVE", indexes: ["gsi1", "gsi2"], isProtected: false, canBePutBack: true };
    expect(complaints({ stage: "trial", table }).filter((one) => one.startsWith("wrong table"))).toEqual([]);
  });

  it("prints the DNS records that are to be set, also before the domain is verified", () => {
    const mail = {
      ...healthy.mail,
      verification: "Pending",
      dkim: { status: "Pending", tokens: ["aaa"] },
      mailFrom: undefined,
      dmarc: undefined,
    };
    expect(complaints({ mail }).filter((one) => one.includes("DNS,"))).toEqual([
      "wrong DNS, DKIM: aaa._domainkey.example.com CNAME aaa.dkim.amazonses.com",
      "look DNS, MAIL FROM: bounce.example.com MX 10 feedback-smtp.eu-central-1.amazonses.com",
      'look DNS, MAIL FROM: bounce.example.com TXT "v=spf1 include:amazonses.com ~all"',
      'look DNS, DMARC: _dmarc.example.com TXT "v=DMARC1; p=none; rua=mailto:postmaster@example.com"',
    ]);
  });

  it("says nothing of rates while there are too few mails", () => {
    expect(complaints({ mail: { ...healthy.mail, complaintRate: undefined, bounceRate: undefined } })).toEqual([]);
  });
});
