import { describe, expect, it } from "vitest";
import { type FunctionSpec, bundling, functionKeys, functions } from "../../infra/functions.ts";
import { parameterKeys } from "../../infra/parameters.ts";
import { accessOf } from "@regulars/functions/api/access/use-access";
import { createApi } from "@regulars/functions/api/app";
import { createRuntime } from "@regulars/functions/runtime";
import { apiPaths } from "../../infra/api.ts";
import { pageRoutes } from "../fixtures/page-console.ts";
import { tenantList } from "../../infra/table.ts";
import { deployedIn, faultsOf, madeOf } from "./faults.ts";
import { type Made, type Recording, evaluate } from "./recording.ts";
import { synthesize } from "./synthesized.ts";

const { parameters } = synthesize("test");
const written = new Set(Object.keys(parameters));
const recording = await evaluate("test", parameters);

describe("the functions' app", () => {
  it("reads the foundation's parameters, deploys every handler, starts each as specified and has no further permissions", () => {
    expect(faultsOf(recording, written)).toEqual([]);
    expect(recording.parametersRead.toSorted()).toEqual([...written].toSorted());
    // Those that are not written are known by their absence; nothing is asked for in vain.
    const optional = ["auth-jwks-url", "api-domain", "api-certificate-arn", "account-concurrency"];
    expect(parameterKeys).toHaveLength(written.size + optional.length);
    expect([...deployedIn(recording).keys()].toSorted()).toEqual(
      functionKeys.map((key) => functions[key].handler).toSorted(),
    );
  });

  it("gives each function its own environment, without any secret's value", () => {
    const deliver = deployedIn(recording).get("packages/functions/workers/deliver.handler");
    expect(deliver?.environment).toEqual({
      TABLE_NAME: "regulars-test-table",
      TENANT_ROLE_ARN: "arn:aws:iam::111122223333:role/regulars-test-tenant",
      PUBLIC_URL: "https://regulars.example.com",
      MAIL_FROM: "Regulars <regulars@example.com>",
      MAIL_CONFIGURATION_SET: "regulars-test-mail",
      SLACK_CLIENT_ID: "1234.5678",
      OUTGOING_QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/111122223333/regulars-test-outgoing",
      SECRET_ARNS:
        '{"SEALING_KEY":"arn:aws:secretsmanager:eu-central-1:111122223333:secret:regulars/test/sealing-key-AbCdEf","SLACK_CLIENT_SECRET":"arn:aws:secretsmanager:eu-central-1:111122223333:secret:regulars/test/slack-client-secret-AbCdEf","LINK_SECRET":"arn:aws:secretsmanager:eu-central-1:111122223333:secret:regulars/test/link-secret-AbCdEf"}',
      STAGE: "test",
      NODE_OPTIONS: "--enable-source-maps",
      POWERTOOLS_SERVICE_NAME: "regulars",
      POWERTOOLS_METRICS_NAMESPACE: "Regulars",
    });
    const tick = deployedIn(recording).get("packages/functions/workers/tick.handler");
    expect(Object.keys(tick?.environment ?? {})).not.toContain("SECRET_ARNS");
  });

  it("lets only deliver send mail, only what faces people read secrets, only the ticks read who has something due and only one claims; the API finds the tenant of a Slack workspace", () => {
    const having = (is: (spec: FunctionSpec) => boolean) => functionKeys.filter((key) => is(functions[key]));
    expect(having(({ sendsMail }) => sendsMail)).toEqual(["deliver"]);
    expect(having(({ secrets }) => secrets.length > 0)).toEqual(["deliver", "slackWork", "api", "console"]);
    expect(having(({ ownReads }) => ownReads.some(({ leadingKey }) => leadingKey !== tenantList.leadingKey))).toEqual([
      "tick",
      "plansTick",
      "api",
    ]);
    expect(having(({ ownUpdates = [] }) => ownUpdates.length > 0)).toEqual(["tick"]);
  });

  it("rings for server errors, and for many refused requests, also those that the gateway refuses", () => {
    const alarms = madeOf(recording, "aws.cloudwatch.MetricAlarm").map(({ args }) => args);
    expect(alarms.map(({ name, metricName, threshold }) => [name, metricName, threshold])).toEqual([
      ["regulars-test-http-faults", "5xx", 1],
      ["regulars-test-http-refusals", "4xx", 3_000],
    ]);
    for (const { dimensions } of alarms) expect(dimensions).toEqual({ ApiId: "abc123", Stage: "$default" });
  });

  it("OP04: makes no alarms of a personal stage, and all else", async () => {
    const personal = await evaluate("ada", synthesize("ada", { personal: true }).parameters);
    expect(madeOf(personal, "aws.cloudwatch.MetricAlarm")).toEqual([]);
    expect([...deployedIn(personal).keys()]).toEqual([...deployedIn(recording).keys()]);
  });

  it("uses optional settings when they are present", async () => {
    const settings = {
      authJwksUrl: "https://login.example.com/keys",
      apiDomain: "api.example.com",
      apiCertificateArn: "arn:aws:acm:eu-central-1:111122223333:certificate/one",
    };
    const full = await evaluate("test", synthesize("test", settings).parameters);
    expect(faultsOf(full, new Set(full.parametersRead))).toEqual([]);
    expect(madeOf(full, "sst.aws.ApiGatewayV2")[0]?.args["domain"]).toEqual({
      name: "api.example.com",
      dns: false,
      cert: settings.apiCertificateArn,
    });
    expect(deployedIn(full).get("packages/functions/api/lambda.handler")?.environment["AUTH_JWKS_URL"]).toBe(
      settings.authJwksUrl,
    );
    expect(madeOf(recording, "sst.aws.ApiGatewayV2")[0]?.args["domain"]).toBeUndefined();
  });

  it("sends every address of the API to the API, and no page of the console", async () => {
    const runtime = createRuntime(
      { TABLE_NAME: "regulars", PUBLIC_URL: "https://regulars.example.com" },
      { log: { info: () => undefined, error: () => undefined } },
    );
    const settings = { issuer: "", audience: "", cursorSecret: "", signingSecret: "" };
    const rateLimit = { requests: 1, windowSeconds: 1 };
    const api = await createApi(runtime, accessOf(runtime, { ...settings, rateLimit }));
    const isApis = (path: string): boolean =>
      apiPaths.some((one) => (one.endsWith("*") ? path.startsWith(one.slice(0, -1)) : path === one));
    const pathsOf = (routes: readonly { readonly path: string }[]) =>
      [...new Set(routes.map(({ path }) => path))].filter((path) => !/^(?:\/\*|\*)$/.test(path));
    expect(pathsOf(api.routes).filter((path) => !isApis(path))).toEqual([]);
    expect(pathsOf(await pageRoutes(runtime)).filter(isApis)).toEqual([]);
  });

  it("protects and retains the production stage, and removes any other stage completely", async () => {
    const production = await evaluate("production", synthesize("production").parameters);
    expect(production.app).toMatchObject({ name: "regulars", home: "aws", protect: true, removal: "retain" });
    expect(recording.app).toMatchObject({ protect: false, removal: "remove" });
  });

  it("OP01: keeps executions for API and console in production, which jobs cannot take, and in no other stage", async () => {
    expect(await keptIn()).toEqual({ api: 300, console: 100 });
    expect([...deployedIn(recording).values()].filter(({ concurrency }) => concurrency !== undefined)).toEqual([]);
  });

  it.each([
    [10, {}],
    [100, {}],
    [102, { api: 1 }],
    [150, { api: 37, console: 12 }],
    [200, { api: 60, console: 20 }],
    [3_000, { api: 900, console: 300 }],
  ])("OP01: keeps of an account with %d executions what AWS lets it keep", async (accountConcurrency, kept) => {
    expect(await keptIn({ accountConcurrency })).toEqual(kept);
  });

  it("says what to do when the foundation is missing or out of date", async () => {
    await expect(evaluate("test", {})).rejects.toThrow(
      /the foundation of the stage test is missing .* \/regulars\/test\/table-name, .*npx cdk deploy --all --context stage=test/,
    );
    const { "/regulars/test/cursor-secret-arn": _, ...older } = parameters;
    await expect(evaluate("test", older)).rejects.toThrow(
      "there is no parameter /regulars/test/cursor-secret-arn. Deploy it first",
    );
  });
});

/** What each function keeps of the account's executions in production. */
async function keptIn(settings: Parameters<typeof synthesize>[1] = {}): Promise<Record<string, number>> {
  const made = deployedIn(await evaluate("production", synthesize("production", settings).parameters));
  return Object.fromEntries(
    functionKeys.flatMap((key) => {
      const reserved = made.get(functions[key].handler)?.concurrency?.reserved;
      return reserved === undefined ? [] : [[key, reserved]];
    }),
  );
}

/** A recording with the resources of a type changed or removed. */
const changed = (
  type: string,
  name: string,
  change: (args: Record<string, unknown>) => object | undefined,
): Recording => ({
  ...recording,
  made: recording.made.flatMap((one): Made[] => {
    if (one.type !== type || one.name !== name) return [one];
    const args = change(structuredClone(one.args));
    return args === undefined ? [] : [{ ...one, args: { ...one.args, ...args } }];
  }),
});

const withPermission = (name: string, permission: object): Recording =>
  changed("sst.aws.Function", name, ({ permissions }) => ({
    permissions: [...(Array.isArray(permissions) ? permissions : []), permission],
  }));

const { runtime: _runtime, architecture: _architecture, ...nodejs } = bundling;

describe("the check of the app", () => {
  it.each([
    [
      "a parameter of a wrong name",
      { ...recording, parametersRead: [...recording.parametersRead, "/regulars/test/tabel-name"] },
      "reads /regulars/test/tabel-name, which the foundation does not write",
    ],
    [
      "a parameter that nobody reads",
      { ...recording, parametersRead: recording.parametersRead.filter((path) => !path.endsWith("/public-url")) },
      "/regulars/test/public-url is written for nobody",
    ],
    ["a clock taken out", changed("sst.aws.CronV2", "TickClock", () => undefined), "the schedule tick has 0 clocks"],
    [
      "a clock of another pace",
      changed("sst.aws.CronV2", "TickClock", () => ({ schedule: "rate(1 day)" })),
      "the schedule tick has 0 clocks",
    ],
    ["a function taken out", changed("sst.aws.Function", "Rebuild", () => undefined), "rebuild is not deployed"],
    [
      "a handler that is not there",
      changed("sst.aws.Function", "Rebuild", () => ({ handler: "packages/functions/jobs/rebuilt.handler" })),
      "rebuild is not deployed",
    ],
    [
      "every action of a service",
      withPermission("Tick", {
        actions: ["dynamodb:*"],
        resources: ["arn:aws:dynamodb:eu-central-1:111122223333:table/regulars-test-table"],
      }),
      "tick: may do dynamodb:*: name the actions",
    ],
    [
      "one action more",
      withPermission("Api", {
        actions: ["dynamodb:Scan"],
        resources: ["arn:aws:dynamodb:eu-central-1:111122223333:table/regulars-test-table"],
      }),
      "api: may do dynamodb:Scan, which it has no use for",
    ],
    [
      "every resource",
      withPermission("Deliver", { actions: ["sqs:SendMessage"], resources: ["*"] }),
      "deliver: may use *: no reason is stated for the wildcard",
    ],
    [
      "a permission taken away",
      changed("sst.aws.Function", "Deliver", () => ({ permissions: [] })),
      "deliver: may not do ses:SendRawEmail, which it needs",
    ],
    [
      "a managed policy",
      changed("sst.aws.Function", "Tick", ({ role }) => ({
        role: {
          ...(role instanceof Object ? role : {}),
          managedPolicyArns: ["arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"],
        },
      })),
      "tick: has managed policies, which say more than is asked for",
    ],
    ["a function without traces", changed("sst.aws.Function", "Tick", () => ({ tracing: {} })), "tick: is not traced"],
    [
      "whole batches repeated",
      changed("aws.lambda.EventSourceMapping", "DeliverQueue", () => ({ functionResponseTypes: [] })),
      "deliver: repeats whole batches: a partial failure is not reported",
    ],
    [
      "no maximum concurrency",
      changed("aws.lambda.EventSourceMapping", "NightlyOfTenantQueue", () => ({ scalingConfig: undefined })),
      "nightlyOfTenant: has no maximum concurrency",
    ],
    [
      "no limits of the API",
      changed("sst.aws.ApiGatewayV2", "Http", () => ({ stage: {} })),
      "the API is not throttled",
    ],
    [
      "another bundle",
      changed("sst.aws.Function", "Api", () => ({ nodejs: { ...nodejs, minify: false } })),
      "api: is bundled in another way",
    ],
  ])("finds %s", (_what, broken, says) => {
    expect(faultsOf(broken, written)).toContain(says);
  });

  it("refuses unknown arguments: a link", () => {
    expect(() =>
      faultsOf(
        changed("sst.aws.Function", "Api", () => ({ link: ["table"] })),
        written,
      ),
    ).toThrow("link");
  });
});
