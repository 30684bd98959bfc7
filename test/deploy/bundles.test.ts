import { tableAddress } from "../fixtures/table-address.ts";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { formatKey } from "@regulars/core/access/api-key";
import type { Right } from "@regulars/core/access/rights";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { createApiKey } from "@regulars/flows/access/create-api-key";
import { mapConcurrent } from "@regulars/flows/platform/map-concurrent";
import { changeTenantPreferences } from "@regulars/flows/notifications/change-preferences";
import { mailStore } from "@regulars/local/inbox/mail-inbox-store";
import { makeDocument } from "@regulars/functions/api/http/make-document";
import { sealingWith } from "@regulars/functions/slack/sealing";
import { localBot, localToken, localWorkspaceOf, localWorkspaces } from "@regulars/local/slack/slack-workspaces";
import { slackStore } from "@regulars/local/slack/slack-workspace-store";
import { sqsEvent } from "@regulars/local/queue";
import { type LocalSystem, openLocalSystem } from "@regulars/local/system";
import { sealOf } from "@regulars/web/access/sealed";
import { openSessions } from "@regulars/store/access/sessions";
import { newSession } from "@regulars/core/access/session";
import { createTable } from "@regulars/store/engine/create-table";
import { type Table, closeTable, openTable } from "@regulars/store/engine/table";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { type FunctionKey, functionKeys, functions as specs } from "../../infra/functions.ts";
import { table as tableSpec } from "../../infra/table.ts";
import { anInsightTenant } from "../fixtures/insight-tenant.ts";
import { type TestTenant, aDirectory, aTenantStore } from "../fixtures/tenant.ts";
import { type Bundle, bundleHandler } from "./bundle.ts";
import { type Cloud, type Sent, openCloud } from "./cloud.ts";
import { deploymentOf } from "./deployment.ts";
import { type Deployed, statementsOf } from "./faults.ts";
import { type LambdaAnswer, type LambdaProcess, startLambda } from "./lambda-process.ts";

const DAY_MS = 86_400_000;
const KIB = 1024;
/** Of what is loaded before the first event, and of a request of each kind after it. */
const MAX_API_KIB = { start: 650, lead: 1_385 };
const MAX_CONSOLE_KIB = { start: 650, page: 1_420 };
/** Beyond this an unwanted library is loaded at the start of a function. */
const MAX_KIB = 855;
/** The same of functions that load more, like insight kinds with their words, or less. */
const MAX_KIB_OF: Readonly<Partial<Record<FunctionKey, number>>> = {
  tick: 560,
  nightlyOfTenant: 1_120,
  rebuild: 1_050,
  deliver: 1_055,
  noteMailEvents: 835,
  slackWork: 1_140,
  informWebhooks: 840,
  planWork: 875,
  plansTick: 835,
  backtest: 1_020,
  api: MAX_API_KIB.start,
  console: MAX_CONSOLE_KIB.start,
};
/** What the first request of the most frequent kind loads too. */
const LEADS = ["packages/functions/api/access/use-access.ts", "packages/functions/api/leads/inbound.ts"];
/** What the first page of a feature loads too, with the words of a viewer. */
const PAGE_WORDS = [
  "packages/render/texts/words.ts",
  "packages/render/texts/write-text.ts",
  "packages/render/texts/en/pages.ts",
];
const PAGES = ["insights/insight-pages", "boards/sales-plan-pages", "code-red/code-red-pages", "home/home-pages"];

const { functions, tenantRole } = await deploymentOf("test");
const deployed = (key: FunctionKey): Deployed => {
  const found = functions.get(specs[key].handler);
  if (found === undefined) throw new Error(`${key} is not deployed`);
  return found;
};
const secretValue = (name: string): string => `the-value-of-${name},-more-than-thirty-two-characters`;
const arnsOf = ({ environment }: Deployed): Record<string, string> => JSON.parse(environment["SECRET_ARNS"] ?? "{}");
const secrets = Object.fromEntries(
  [...functions.values()].flatMap((one) => Object.entries(arnsOf(one)).map(([name, arn]) => [arn, secretValue(name)])),
);

/** Every handler bundled as deployed and run by AWS's runtime client, with the deployed policies and the embedded engine. */
describe("the bundles, as Lambda runs them,", () => {
  let folder: string;
  let outside: LocalSystem;
  let cloud: Cloud;
  let table: Table;
  const bundles = new Map<string, Bundle>();
  const running = new Map<string, LambdaProcess>();

  const bundled = async (name: string, handler: string): Promise<Bundle> => {
    const { nodejs, copyFiles } = functions.get(handler) ?? deployed("api");
    const bundle =
      bundles.get(name) ?? (await bundleHandler(handler, join(folder, "bundles", name), nodejs, copyFiles));
    bundles.set(name, bundle);
    return bundle;
  };

  /** Starts a handler as the function `as` is deployed: its environment, its role. */
  const launch = async (name: string, handler: string, as: FunctionKey): Promise<LambdaProcess> =>
    startLambda(await bundled(name, handler), withQueuesAt(cloud.url, deployed(as)), {
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: `OWN${as}`,
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_SESSION_TOKEN: "token",
      AWS_LAMBDA_FUNCTION_NAME: deployed(as).name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(specs[as].memoryMb),
      AWS_ENDPOINT_URL: cloud.url,
      SLACK_API_URL: `${outside.url}/slack/api/`,
    });

  /** A warm function: started once for all tests. */
  async function start(name: string, handler: string, as: FunctionKey): Promise<LambdaProcess> {
    const started = running.get(name) ?? (await launch(name, handler, as));
    running.set(name, started);
    return started;
  }

  const fn = (key: FunctionKey): Promise<LambdaProcess> => start(key, specs[key].handler, key);

  const sentTo = (queue: string, { tenant }: TestTenant): Sent[] =>
    cloud.sent.filter((one) => one.queue === `regulars-test-${queue}` && one.body.includes(tenant.tenantId));
  const asEvent = (messages: readonly Sent[]) => ({
    Records: messages.flatMap((one, i) => sqsEvent(one.queue, { ...one, messageId: `m-${i + 1}` }).Records),
  });

  /** A rep with a customer whose invoice is 70 days overdue. */
  async function aDebt(): Promise<TestTenant> {
    const testTenant = aTenantStore({}, () => table);
    const now = Date.now();
    await aDirectory(table).ensure(testTenant.tenant, toInstant(now - 1));
    await testTenant.store.imports.saveUsers([
      { userId: userIdSchema.parse("u-1"), name: "Rita", email: "rita@example.com", role: "rep" },
    ]);
    // Everything is due at any time of the day, so that these tests pass at any time.
    const patch = { hasQuietHours: false, digestAt: "00:00" };
    await changeTenantPreferences({ store: testTenant.store, patch, by: "test", now: toInstant(now) });
    const fixture = anInsightTenant({}, testTenant);
    await fixture.customers({ debtor: "u-1" });
    await fixture.invoice("debtor", "D-1", toInstant(now - 70 * DAY_MS).slice(0, 10));
    return testTenant;
  }

  /** The tenant's Slack, with a token sealed as the deployed functions open it. */
  async function connectSlack({ tenant: { tenantId }, store }: TestTenant): Promise<void> {
    const workspace = localWorkspaceOf("acme", "Acme");
    await localWorkspaces(join(folder, "slack")).save(workspace);
    const [key = ""] = Object.entries(arnsOf(deployed("deliver"))).flatMap(([name]) =>
      name === "SEALING_KEY" ? [secretValue(name)] : [],
    );
    await store.slack.saveInstallation({
      workspaceId: workspace.id,
      workspaceName: workspace.name,
      botUserId: localBot,
      scopes: [],
      sealedToken: sealingWith(key).seal(tenantId, localToken(workspace.id)),
      installedAt: toInstant(Date.now()),
      channel: { id: "C0ACMEREGULARS", name: "regulars" },
      teamChannels: {},
      repChannels: {},
      version: 1,
    });
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "regulars-bundles-"));
    const { endpoint = "" } = tableAddress();
    table = openTable({ tableName: deployed("api").environment["TABLE_NAME"] ?? "", endpoint });
    await createTable(table, tableSpec);
    outside = await openLocalSystem({ data: folder, dynamodbEndpoint: endpoint });
    cloud = await openCloud({
      engine: endpoint,
      mail: (body) =>
        fetch(`${outside.url}/mail`, {
          method: "POST",
          headers: { "content-type": "application/x-www-form-urlencoded" },
          body,
        }),
      functions: Object.fromEntries(
        functionKeys.map((key) => [
          `OWN${key}`,
          { role: deployed(key).role.name, statements: statementsOf(deployed(key)) },
        ]),
      ),
      tenantRole,
      secrets,
    });
    await mapConcurrent(functionKeys, fn, 2);
  });

  afterAll(async () => {
    for (const one of running.values()) await one.stop();
    await cloud.close();
    await outside.close();
    closeTable(table);
    await rm(folder, { recursive: true, force: true });
  });

  it("run a nightly run from the scheduler's tick to the alert in Slack, with the deployed policies and one correlation id", async () => {
    const testTenant = await aDebt();
    await connectSlack(testTenant);
    const [tick, nightlyWorker, deliver] = [await fn("tick"), await fn("nightlyOfTenant"), await fn("deliver")];

    expect(await tick.invoke({})).toEqual({ ok: true, body: null });
    const nightly = sentTo("nightly", testTenant);
    expect(nightly.map(({ body }) => JSON.parse(body))).toMatchObject([
      { tenantId: testTenant.tenant.tenantId, isScheduled: true },
    ]);

    expect(await nightlyWorker.invoke(asEvent(nightly))).toEqual({ ok: true, body: { batchItemFailures: [] } });
    const nudges = sentTo("outgoing", testTenant);
    expect(await deliver.invoke(asEvent(nudges))).toEqual({ ok: true, body: { batchItemFailures: [] } });

    const alerts = await slackStore(join(folder, "slack")).list();
    expect(
      alerts.filter(({ key }) => key?.startsWith(`${testTenant.tenant.tenantId}/`)).map(({ channel }) => channel),
    ).toEqual(["C0ACMEREGULARS"]);
    const ids = [...nightly, ...nudges].map(({ correlationId }) => correlationId);
    expect(ids[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(ids).size).toBe(1);
    for (const [of, message] of [
      [tick, "tick"],
      [nightlyWorker, "nightly"],
      [deliver, "deliver"],
    ] as const)
      expect(of.log()).toContainEqual(
        expect.objectContaining({ message, correlation_id: ids[0], service: "regulars" }),
      );
    expect(cloud.denied).toEqual([]);
  });

  it("carry a request's id through the nightly run that it starts to the digest that is sent", async () => {
    const testTenant = await aDebt();
    await connectSlack(testTenant);
    const { tenantId } = testTenant.tenant;
    const key = await anApiKey(testTenant, "nightly.run");
    const answer = replySchema.parse(
      (await (await fn("api")).invoke(request("/v1/nightly-runs", { key, method: "POST", body: {} }))).body,
    );
    expect(answer.statusCode).toBe(202);
    const requestId = answer.headers["x-request-id"];

    const nightly = sentTo("nightly", testTenant);
    expect(await (await fn("nightlyOfTenant")).invoke(asEvent(nightly))).toEqual({
      ok: true,
      body: { batchItemFailures: [] },
    });
    const nudges = sentTo("outgoing", testTenant);
    const deliver = await fn("deliver");
    expect(await deliver.invoke(asEvent(nudges))).toEqual({ ok: true, body: { batchItemFailures: [] } });

    expect(requestId).toMatch(/^req_/);
    expect([...nightly, ...nudges].map(({ correlationId }) => correlationId)).toEqual([requestId, requestId]);
    const delivered = deliver.log().find((one) => one["message"] === "deliver" && one["tenantId"] === tenantId);
    expect(delivered).toMatchObject({ correlation_id: requestId, sent: 2, failed: 0 });
    const mails = (await mailStore(join(folder, "mail")).list(100)).filter(({ key: sent }) =>
      sent?.startsWith(`${tenantId}/`),
    );
    expect(mails.map(({ from, to }) => [from, to])).toEqual([
      ["Regulars <regulars@example.com>", ["rita@example.com"]],
    ]);
    expect(cloud.denied).toEqual([]);
  });

  it("return only the failed records of a batch to the queue, with the reason in the log", async () => {
    const testTenant = await aDebt();
    const stranger = `t-${crypto.randomUUID()}`;
    const bodies = [
      JSON.stringify({ tenantId: testTenant.tenant.tenantId }),
      JSON.stringify({ tenantId: stranger }),
      "{",
    ];
    const deliver = await fn("deliver");
    const answer = await deliver.invoke(asEvent(bodies.map((body) => ({ queue: "regulars-test-outgoing", body }))));
    const failures = failuresOf(answer);
    expect(failures.toSorted()).toEqual(["m-2", "m-3"]);
    const failed = deliver.log().filter(({ level, message }) => level === "ERROR" && message === "job failed");
    const reasonOf = (id: string) => failed.find(({ messageId }) => messageId === id);
    expect(reasonOf("m-2")).toMatchObject({
      correlation_id: "m-2",
      receives: 1,
      reason: expect.stringContaining(`there is no tenant ${stranger}`),
    });
    expect(reasonOf("m-3")).toMatchObject({ correlation_id: "m-3", reason: expect.stringContaining("JSON") });
    expect(failed).toHaveLength(2);
  });

  it("rebuild marked histories, in one session of their tenant for any number of messages", async () => {
    const testTenant = await aDebt();
    const rebuild = await fn("rebuild");
    const message = { queue: "regulars-test-rebuilds", body: JSON.stringify({ tenantId: testTenant.tenant.tenantId }) };
    for (const _ of [1, 2])
      expect(await rebuild.invoke(asEvent([message]))).toEqual({ ok: true, body: { batchItemFailures: [] } });
    const given = rebuild
      .log()
      .filter((one) => one["message"] === "rebuild" && one["tenantId"] === testTenant.tenant.tenantId);
    expect(given.map(({ customerYears }) => customerYears)).toEqual([1, 0]);
    expect(cloud.sessions.filter((one) => one === testTenant.tenant.tenantId)).toHaveLength(1);
  });

  it("write the alarms' metrics, one line each", async () => {
    const tick = await fn("tick");
    await tick.invoke({});
    const [first] = tick.log().filter((one) => "_aws" in one);
    expect(first).toMatchObject({
      service: "regulars",
      stage: "test",
      LateNightlyRuns: expect.any(Number),
      _aws: { CloudWatchMetrics: [{ Namespace: "Regulars", Dimensions: [["service", "stage"]] }] },
    });
  });

  it("cannot read another tenant's items, even with a bug", async () => {
    const [own, other] = [await aDebt(), await aDebt()];
    const faulty = await start("faulty", "test/deploy/handlers/reads-another-tenant.handler", "rebuild");
    const reading = (from: TestTenant): Promise<LambdaAnswer> =>
      faulty.invoke({ own: own.tenant.tenantId, read: from.tenant.tenantId });
    expect(await reading(own)).toEqual({ ok: true, body: 1 });
    expect(await reading(other)).toMatchObject({ ok: false, body: { errorType: "AccessDeniedException" } });
    expect(cloud.denied).toHaveLength(1);
  });

  it("read tenants' items in tenants' sessions only; only the tick reads the list of tenants, and claims nightly runs", async () => {
    await aDebt();
    await (await fn("tick")).invoke({});
    const byRoles = [...cloud.asked].filter((one) => one.startsWith("regulars-"));
    expect(byRoles.toSorted()).toEqual(["regulars-test-tick dynamodb:Query", "regulars-test-tick dynamodb:UpdateItem"]);
  });

  it("answer requests of API Gateway in a session of the request's tenant", async () => {
    const [api, testTenant] = [await fn("api"), await aDebt()];
    const key = await anApiKey(testTenant, "insights.view_all");
    expect(await api.invoke(request("/v1/health"))).toMatchObject({ ok: true, body: { statusCode: 200 } });
    expect(await api.invoke(request("/v1/nothing", { key }))).toMatchObject({
      ok: true,
      body: { statusCode: 404, headers: { "content-type": "application/problem+json" } },
    });
    const answer = replySchema.parse((await api.invoke(request("/v1/customers", { key }))).body);
    expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining("debtor")]);
    expect(cloud.sessions).toContain(testTenant.tenant.tenantId);
  });

  it("CN01: serve the console to who is signed in, in a session of their tenant, and lead everybody else to the issuer", async () => {
    const [pages, testTenant] = [await fn("console"), await aDebt()];
    const { tenantId } = testTenant.tenant;
    const ask = async (path: string, cookies: readonly string[] = []) =>
      replySchema.parse(
        (await pages.invoke({ ...request(path, { accept: "text/html" }), cookies: [...cookies] })).body,
      );
    const own = `/for-you/${tenantId}/u-1`;
    const nobody = await ask(own);
    expect([nobody.statusCode, nobody.headers["location"]]).toEqual([
      303,
      `/session/sign-in?to=${encodeURIComponent(own)}`,
    ]);
    const userId = userIdSchema.parse("u-1");
    const session = newSession("s".repeat(43), userId, Date.now());
    await openSessions(table, tenantId).start(session);
    const seal = sealOf(secretValue("SESSION_SECRET"), "session");
    const cookie = `__Host-regulars=${seal.seal({ tenantId, userId, sessionId: session.sessionId })}`;
    const home = await ask("/", [cookie]);
    expect([home.statusCode, home.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(home.body).toContain("Good day, <bdi>Rita</bdi>");
    expect(home.body).not.toContain("/mail/");
    const [, sheet = ""] = /<link rel="stylesheet" href="([^"]+)"/.exec(home.body) ?? [];
    const style = await ask(sheet);
    expect([style.statusCode, style.headers["cache-control"]]).toEqual([200, "public, max-age=31536000, immutable"]);
    expect((await ask("/for-you/t-none/u-1", [cookie])).statusCode).toBe(404);
    expect(cloud.sessions).toContain(tenantId);
    expect(cloud.denied).toHaveLength(1);
  });

  it("OP01: have the OpenAPI document as it was made when they were built", async () => {
    const api = await fn("api");
    const reply = replySchema.parse((await api.invoke(request("/v1/openapi.json"))).body);
    expect(reply.statusCode).toBe(200);
    expect(JSON.parse(reply.body)).toEqual(JSON.parse(JSON.stringify(await makeDocument())));
    const { bytes, bytesWith } = await bundled("api", specs.api.handler);
    const served = bytesWith("packages/functions/api/http/serve-document.ts");
    // The document itself, and no schema of a route.
    expect(Math.round((served - bytes) / KIB)).toBeLessThan(650);
  });

  it.each(functionKeys)("load little before their first event, and start: %s", async (key) => {
    const { bytes, allBytes } = await bundled(key, specs[key].handler);
    const kib = Math.round(bytes / KIB);
    process.stdout.write(`${key} loads ${kib} KiB of all ${Math.round(allBytes / KIB)} KiB\n`);
    expect(kib).toBeLessThanOrEqual(MAX_KIB_OF[key] ?? MAX_KIB);
  });

  it.each(functionKeys)(
    "OP01: have of AWS's clients only those that %s calls, and load one before the first event",
    async (key) => {
      const { sends, secrets: ownSecrets, sendsMail } = specs[key];
      const { clients } = await bundled(key, specs[key].handler);
      expect(clients.atStart).toEqual(["dynamodb"]);
      expect(clients.all).toEqual([
        "dynamodb",
        ...(ownSecrets.length > 0 ? ["secrets-manager"] : []),
        ...(sendsMail ? ["ses"] : []),
        ...(sends.length > 0 ? ["sqs"] : []),
        "sts",
      ]);
    },
  );

  it("load the routes of a request with the first of its kind", async () => {
    const { bytesWith } = await bundled("api", specs.api.handler);
    const kib = Math.round(bytesWith(...LEADS) / KIB);
    process.stdout.write(`the API with the routes of leads: ${kib} KiB\n`);
    expect(kib).toBeLessThanOrEqual(MAX_API_KIB.lead);
  });

  it("load the pages of a feature with the first request for one", async () => {
    const { bytesWith } = await bundled("console", specs.console.handler);
    const sizes = PAGES.map((page) => ({
      page,
      kib: Math.round(bytesWith(...PAGE_WORDS, `packages/web/${page}.ts`) / KIB),
    }));
    process.stdout.write(`the console with a page: ${sizes.map(({ page, kib }) => `${page} ${kib} KiB`).join(", ")}\n`);
    expect(sizes.filter(({ kib }) => kib > MAX_CONSOLE_KIB.page)).toEqual([]);
  });
});

const failuresSchema = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

const failuresOf = ({ body }: LambdaAnswer): string[] =>
  failuresSchema.parse(body).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

/** Replaces the endpoint: the SDK would use the queue's URL instead. */
const withQueuesAt = (url: string, { environment }: Deployed): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      name.endsWith("_QUEUE_URL") ? `${url}${new URL(value).pathname}` : value,
    ]),
  );

const replySchema = z.object({ statusCode: z.number(), headers: z.record(z.string(), z.string()), body: z.string() });

/** An API key of the tenant, as text. */
async function anApiKey({ store, tenant }: TestTenant, ...actions: readonly Right[]): Promise<string> {
  const [keyId, secret] = ["kabcdefghijkl", "s".repeat(43)];
  const made = await createApiKey({
    keys: store.apiKeys,
    plans: store.sales.salesPlans,
    name: "tests",
    actions,
    createdBy: "u-1",
    now: toInstant(Date.now()),
    keyId,
    secretHash: createHash("sha256").update(secret).digest("hex"),
  });
  if (!made.ok) throw new Error(made.message);
  return formatKey({ tenantId: tenant.tenantId, keyId, secret });
}

interface Asked {
  readonly accept?: string;
  readonly key?: string;
  readonly method?: string;
  readonly body?: object;
}

/** A request in the format of API Gateway v2. */
const request = (
  path: string,
  { key, method = "GET", body, accept = "application/json" }: Asked = {},
): APIGatewayProxyEventV2 => ({
  version: "2.0",
  routeKey: "$default",
  rawPath: path,
  rawQueryString: "",
  headers: {
    accept,
    host: "abc123.execute-api.eu-central-1.amazonaws.com",
    "user-agent": "curl/8.5.0",
    "x-amzn-trace-id": "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700",
    "x-forwarded-for": "192.0.2.1",
    "x-forwarded-port": "443",
    "x-forwarded-proto": "https",
    ...(key === undefined ? {} : { "x-api-key": key }),
    ...(body === undefined ? {} : { "content-type": "application/json" }),
  },
  requestContext: {
    accountId: "111122223333",
    apiId: "abc123",
    domainName: "abc123.execute-api.eu-central-1.amazonaws.com",
    domainPrefix: "abc123",
    http: { method, path, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "curl/8.5.0" },
    requestId: "JKJaXmPLvHcESHA=",
    routeKey: "$default",
    stage: "$default",
    time: "22/Nov/2026:06:30:00 +0000",
    timeEpoch: 1_795_329_000_000,
  },
  ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  isBase64Encoded: false,
});
