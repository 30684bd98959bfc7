import { type BacktestId, backtestIdSchema } from "@regulars/core/backtests/backtest";
import { day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { backtest } from "@regulars/functions/workers/backtest";
import { plansTick } from "@regulars/functions/workers/plans-tick";
import { localContext } from "@regulars/local/queue";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { ScheduledEvent } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RHYTHM } from "../fixtures/insight-nights.ts";
import { anInsightTenant } from "../fixtures/insight-tenant.ts";
import { aTenant, testTenantOf } from "../fixtures/tenant.ts";
import {
  type ApiTestClient,
  API_NOW,
  type PageBody,
  type ProblemBody,
  bodyOf,
  anApiClient,
} from "../fixtures/api-client.ts";
import { queueEvent } from "../fixtures/queue-event.ts";

/** Row BX21 over HTTP: a backtest takes longer than a request may, so it runs as a job. */

interface Backtest {
  readonly backtestId: BacktestId;
  readonly state: string;
  readonly resamples: number;
  readonly failure: { readonly reason: string } | null;
  readonly progress: { readonly customersTried: number };
  readonly report: { readonly to: string; readonly customers: number; readonly resamples: number } | null;
}

let apiClient: ApiTestClient;

beforeAll(async () => {
  apiClient = await anApiClient();
});

afterAll(() => apiClient.close());

/** A tenant with three regular customers, and its admin, manager and rep. */
async function aHouse(given: Parameters<typeof aTenant>[0] = {}) {
  const tenant = aTenant({ name: `Nordic & <script>alert("x")</script>`, ...given });
  await openTenantDirectory(apiClient.runtime.table).ensure(tenant, toInstant(API_NOW));
  const fixture = anInsightTenant({}, testTenantOf(tenant));
  const { store } = fixture.testTenant;
  const roles = { ada: "admin", max: "manager", anna: "rep" } as const;
  await store.imports.saveUsers(
    Object.entries(roles).map(([userId, role]) => ({ userId: userIdSchema.parse(userId), name: userId, role })),
  );
  for (const id of ["acme", "blue", "cove"]) await fixture.orders(id, RHYTHM);
  const [ada, max, anna] = await Promise.all(Object.keys(roles).map((userId) => apiClient.tokenOf(tenant, userId)));
  return { tenant, store, ada, max, anna };
}

const ask = (as: string | undefined, method: string, path: string, headers: Record<string, string> = {}) =>
  apiClient.ask(`/v1/backtests${path}`, {
    as,
    method,
    headers,
    ...(method === "POST" ? { body: { resamples: 50 } } : {}),
  });

/** Handles the messages that the API has sent since, as the queue's function does. */
async function workOn(messages: readonly unknown[]): Promise<void> {
  const [message] = messages;
  const handler = backtest.handlerFor(apiClient.runtime);
  const reply = await handler(queueEvent("backtests", message), localContext("backtest"));
  expect(reply).toEqual({ batchItemFailures: [] });
}

const messagesOf = (tenantId: string): unknown[] =>
  apiClient.sent.flatMap(({ queue, body }) =>
    queue === "backtests" && JSON.stringify(body).includes(tenantId) ? [body] : [],
  );

describe("a backtest over HTTP", () => {
  it("BX21 is accepted at once, run through the queue, and then available as JSON and as an HTML page", async () => {
    const { tenant, ada, max } = await aHouse();
    const accepted = await ask(ada, "POST", "");
    const { backtestId } = await bodyOf<Backtest>(accepted);
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get("location")).toBe(`/v1/backtests/${backtestId}`);
    expect(messagesOf(tenant.tenantId)).toEqual([{ tenantId: tenant.tenantId, backtestId }]);

    expect(await bodyOf<Backtest>(await ask(ada, "GET", `/${backtestId}`))).toMatchObject({
      state: "queued",
      resamples: 50,
      report: null,
    });
    const early = await ask(ada, "GET", `/${backtestId}/report`);
    expect([early.status, (await bodyOf<ProblemBody>(early)).type]).toEqual([409, "backtest-not-done"]);

    await workOn(messagesOf(tenant.tenantId));
    await workOn(messagesOf(tenant.tenantId));
    const done = await bodyOf<Backtest>(await ask(max, "GET", `/${backtestId}`));
    expect(done).toMatchObject({
      state: "done",
      failure: null,
      progress: { customersRead: 3, customersTried: 3 },
      report: { from: "2026-06-01", to: "2026-08-10", customers: 3, resamples: 50 },
    });
    const page = await ask(max, "GET", `/${backtestId}/report`);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    const text = await page.text();
    expect(text).toContain("3 customers with 18 order days from Jun 1, 2026 to Aug 10, 2026");
    expect(text).toContain("Nordic &amp; &lt;script&gt;");
    expect(text).not.toContain("<script");
    // Eighteen order days are too short a past for any figure.
    expect(text).toContain("The past orders are too few to test any rule");
    expect(text).not.toContain("<svg");
  });

  it("BX21 is started once per idempotency key, and the repeated answer gives the same address", async () => {
    const { tenant, ada } = await aHouse();
    const replies = [];
    for (const _ of [1, 2, 3]) replies.push(await ask(ada, "POST", "", { "idempotency-key": "once" }));
    const given = await Promise.all(replies.map(async (reply) => [reply.headers.get("location"), await reply.text()]));
    expect(new Set(given.map(String)).size).toBe(1);
    expect(messagesOf(tenant.tenantId)).toHaveLength(1);
    const other = await ask(ada, "POST", "");
    expect([other.status, (await bodyOf<ProblemBody>(other)).type]).toEqual([409, "backtest-open"]);
  });

  it("BX21 is listed with the newest first, page by page", async () => {
    const { tenant, ada } = await aHouse();
    const ids: string[] = [];
    for (let i = 0; i < 3; i += 1) {
      apiClient.clock.nowMs += 1;
      ids.unshift((await bodyOf<Backtest>(await ask(ada, "POST", ""))).backtestId);
      await workOn(messagesOf(tenant.tenantId).slice(-1));
    }
    const first = await bodyOf<PageBody<Backtest>>(await ask(ada, "GET", "?limit=2"));
    expect(first.data.map(({ backtestId }) => backtestId)).toEqual(ids.slice(0, 2));
    const rest = await bodyOf<PageBody<Backtest>>(await ask(ada, "GET", `?limit=2&cursor=${first.next}`));
    expect(rest).toMatchObject({ data: [{ backtestId: ids[2], state: "done" }], next: null });
  });

  it("BX21 is started by admins, read by managers too, refused to reps and not found by other tenants", async () => {
    const [own, other] = [await aHouse(), await aHouse()];
    const { backtestId } = await bodyOf<Backtest>(await ask(own.ada, "POST", ""));
    for (const path of ["", `/${backtestId}`]) {
      expect((await ask(own.max, "GET", path)).status).toBe(200);
      expect((await ask(own.anna, "GET", path)).status).toBe(403);
    }
    expect((await ask(own.max, "POST", "")).status).toBe(403);
    for (const path of [`/${backtestId}`, `/${backtestId}/report`, "/bt_1", "/no-id"])
      expect((await ask(other.ada, "GET", path)).status).toBe(404);
    expect(await bodyOf<PageBody<Backtest>>(await ask(other.ada, "GET", ""))).toEqual({ data: [], next: null });
  });

  it("FY03, BX21 is no part of the edition basic", async () => {
    const { ada } = await aHouse({ edition: "basic" });
    for (const [method, path] of [
      ["POST", ""],
      ["GET", ""],
      ["GET", "/bt_20261123080000000_0000000000"],
    ] as const) {
      const reply = await ask(ada, method, path);
      expect([reply.status, (await bodyOf<ProblemBody>(reply)).type]).toEqual([403, "feature-not-in-edition"]);
    }
  });

  it("BX21 refuses invalid and unknown options, each with its path", async () => {
    const { ada } = await aHouse();
    const body = { horizonDays: 6, seed: -1, resamples: 10_001, more: true };
    const reply = await apiClient.ask("/v1/backtests", { as: ada, method: "POST", body });
    expect(reply.status).toBe(422);
    const paths = (await bodyOf<ProblemBody>(reply)).errors.map(({ path }) => path);
    expect(paths.toSorted()).toEqual(["horizonDays", "more", "resamples", "seed"]);
  });

  it("BX21 is queued again by the schedule when its message was lost, and not while it is under way", async () => {
    const { tenant, ada } = await aHouse();
    const { backtestId } = await bodyOf<Backtest>(await ask(ada, "POST", ""));
    const tick = () => plansTick.handlerFor(apiClient.runtime)(scheduled, localContext("tick"));
    await tick();
    expect(messagesOf(tenant.tenantId)).toHaveLength(1);
    apiClient.clock.nowMs += 60_000;
    await tick();
    expect(messagesOf(tenant.tenantId)).toEqual([1, 2].map(() => ({ tenantId: tenant.tenantId, backtestId })));
  });

  it("BX21 stores a few kilobytes, whatever the tenant's size", async () => {
    const { tenant, store, ada } = await aHouse();
    const { backtestId } = await bodyOf<Backtest>(await ask(ada, "POST", ""));
    await workOn(messagesOf(tenant.tenantId));
    const { keys, item } = testTenantOf(tenant);
    const kept = await item(keys.backtestReport(backtestIdSchema.parse(backtestId)));
    expect(JSON.stringify(kept).length).toBeLessThan(16_384);
    expect(await store.backtests.report(backtestId)).toMatchObject({ to: day("2026-08-10") });
  });
});

const scheduled: ScheduledEvent = {
  version: "0",
  id: "1",
  "detail-type": "Scheduled Event",
  source: "aws.scheduler",
  account: "111122223333",
  time: "2026-11-23T08:00:00Z",
  region: "eu-central-1",
  resources: [],
  detail: {},
};
