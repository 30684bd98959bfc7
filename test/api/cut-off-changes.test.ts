import { day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { runNightly } from "@regulars/flows/nightly/run-nightly";
import { deliver } from "@regulars/functions/workers/deliver";
import { tick } from "@regulars/functions/workers/tick";
import { localContext } from "@regulars/local/queue";
import type { ScheduledEvent } from "aws-lambda";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiTestClient, type Asked, anApiClient, impatiently } from "../fixtures/api-client.ts";
import { type ApiFixture, type FurtherWork, anApiFixture } from "../fixtures/api-tenants.ts";
import { queueEvent } from "../fixtures/queue-event.ts";
import { watchWrites } from "../fixtures/table-writes.ts";
import { threeKinds } from "../fixtures/three-kinds.ts";
import { indexesCaughtUp } from "../fixtures/unkind-table.ts";

/**
 * Changes by which what waits goes out earlier, each cut off before any of its writes: once the change is stored, what
 * waits follows it, whether the request is repeated or nobody knows of it any more.
 */

/** Anna's digest waits for 07:30. */
const NOW = Date.parse("2026-11-24T03:30:00Z");
/** Longer than the lease of a request that never ended. */
const LATER_MS = 36_000;

interface Change {
  readonly path: string;
  readonly as: keyof ApiFixture["tokens"];
  readonly asked: Asked;
}

const patched = (path: string, as: Change["as"], body: unknown): Change => ({
  path,
  as,
  asked: { method: "PATCH", body },
});

const changes: readonly Change[] = [
  {
    path: "/v1/users/anna",
    as: "ada",
    asked: {
      method: "PUT",
      body: { name: "Anna Berg", email: "anna@example.com", role: "rep", teamId: "north", timeZone: "Europe/Kyiv" },
    },
  },
  {
    path: "/v1/users/batch",
    as: "ada",
    asked: { method: "POST", body: { items: [{ userId: "anna", timeZone: "Europe/Kyiv" }] } },
  },
  patched("/v1/me/notification-preferences", "anna", { digestAt: "05:45" }),
  patched("/v1/tenant/notification-preferences", "ada", { defaults: { digestAt: "05:45" } }),
];

let apiClient: ApiTestClient;
/** Writes that are left until the process ends. */
let writesLeft = Infinity;
let writes = 0;

beforeAll(async () => {
  apiClient = await anApiClient();
  apiClient.clock.nowMs = NOW;
  watchWrites(apiClient.runtime.table, () => {
    writes += 1;
    writesLeft -= 1;
    if (writesLeft < 0) throw new Error("the process has ended");
    return "send";
  });
});
afterAll(() => apiClient.close());

/** The night by which Anna's digest waits. */
const night: FurtherWork = {
  name: "the night of 2026-11-23",
  work: (tenant, { nightly: store }) => {
    const links = { finding: () => "http://127.0.0.1/", rep: () => "http://127.0.0.1/", introductions: () => "" };
    const given = { catalog: threeKinds, asOf: day("2026-11-23"), isScheduled: true, isOnHold: false, links };
    return runNightly({ ...given, tenant, store, now: toInstant(NOW) });
  },
};

/** A tenant where Anna's digest waits, and a change of it. */
async function aWaitingTenant({ path, as, asked }: Change, headers: Readonly<Record<string, string>>) {
  const { tenant, store, tokens } = await anApiFixture(apiClient, "", night);
  await indexesCaughtUp();
  apiClient.sent.length = 0;
  const ask = () => impatiently(apiClient, () => apiClient.ask(path, { ...asked, as: tokens[as], headers }));
  const userId = userIdSchema.parse("anna");
  /** What is stored of the change. */
  const changed = async () => [
    (await store.user(userId))?.timeZone,
    (await store.preferences.of({ type: "user", userId })).choices.digestAt,
    (await store.preferences.of({ type: "tenant" })).choices.digestAt,
  ];
  return { tenant, ask, changed, dueAt: async () => (await store.outbox.find("digest:anna:2026-11-23"))?.dueAt };
}

/** The message that sends, where one came for the tenant. */
async function deliverFor(tenantId: string): Promise<void> {
  const isSent = apiClient.sent.some(
    ({ queue, body }) => queue === "outgoing" && Object.entries(body ?? {}).some(([, value]) => value === tenantId),
  );
  if (!isSent) return;
  const messageSender = { deliver: () => Promise.reject(new Error("nothing is due yet")) };
  const run = deliver.handlerFor({ ...apiClient.runtime, messageSender });
  const answer = await run(queueEvent("outgoing", { tenantId }), localContext("deliver"));
  expect(answer.batchItemFailures).toEqual([]);
}

const undone = (state: readonly unknown[]): boolean => state.every((one) => one === undefined);

it.each(changes.map((change) => [`${change.asked.method} ${change.path}`, change] as const))(
  "OP02: what waits follows a change that was cut off: %s",
  { timeout: 120_000 },
  async (_, change) => {
    const whole = await aWaitingTenant(change, {});
    expect(await whole.dueAt()).toBe("2026-11-24T07:30:00.000Z");
    writes = 0;
    expect((await whole.ask()).status).toBeLessThan(300);
    const all = writes;
    await tickNow();
    await deliverFor(whole.tenant.tenantId);
    const wanted = await whole.dueAt();
    expect(wanted).not.toBe("2026-11-24T07:30:00.000Z");

    for (let nth = 1; nth <= all; nth += 1) {
      const repeated = await aWaitingTenant(change, { "idempotency-key": "one" });
      writesLeft = nth;
      await repeated.ask();
      writesLeft = Infinity;
      apiClient.clock.nowMs += LATER_MS;
      expect((await repeated.ask()).status).toBeLessThan(300);
      apiClient.clock.nowMs -= LATER_MS;
      await deliverFor(repeated.tenant.tenantId);
      expect([nth, await repeated.dueAt()]).toEqual([nth, wanted]);

      const forgotten = await aWaitingTenant(change, {});
      writesLeft = nth - 1;
      await forgotten.ask();
      writesLeft = Infinity;
      if (undone(await forgotten.changed())) continue;
      await tickNow();
      await deliverFor(forgotten.tenant.tenantId);
      expect([nth, await forgotten.dueAt()]).toEqual([nth, wanted]);
    }
  },
);

async function tickNow(): Promise<void> {
  const context = { ...localContext("tick"), getRemainingTimeInMillis: () => 60_000 };
  await tick.handlerFor(apiClient.runtime)({} as ScheduledEvent, context);
}
