import type { TenantId } from "@regulars/core/platform/values";
import { toInstant } from "@regulars/core/platform/values";
import { deliver } from "@regulars/functions/workers/deliver";
import { plansTick } from "@regulars/functions/workers/plans-tick";
import { tick } from "@regulars/functions/workers/tick";
import type { QueueWorker } from "@regulars/functions/workers/define-job";
import { localContext } from "@regulars/local/queue";
import type { ScheduledEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { aDueMessage } from "../fixtures/introduction-message.ts";
import { queueEvent } from "../fixtures/queue-event.ts";
import { aDirectory, aTenantStore } from "../fixtures/tenant.ts";
import { aWaitingDelivery } from "../fixtures/waiting-delivery.ts";

const TENANTS = 30;
const MINUTE_MS = 60_000;

let apiClient: ApiTestClient;
let calls = 0;

beforeAll(async () => {
  apiClient = await anApiClient();
  apiClient.runtime.table.raw.middlewareStack.add(
    (next) => async (args) => {
      calls += 1;
      return next(args);
    },
    { step: "initialize", name: "counted" },
  );
  for (let i = 0; i < TENANTS; i += 1) await aTenantToTickFor();
});
afterAll(() => apiClient.close());
beforeEach(() => {
  apiClient.clock.nowMs = API_NOW;
  apiClient.sent.length = 0;
});

/** A tenant whose next nightly run is tomorrow. */
async function aTenantToTickFor() {
  const testTenant = aTenantStore();
  await aDirectory().ensure(testTenant.tenant, toInstant(API_NOW + 86_400_000));
  return testTenant;
}

/** Runs a clock job, and returns the number of its calls of the table. */
async function callsOf(job: typeof tick): Promise<number> {
  calls = 0;
  const [event, context] = [{} as ScheduledEvent, localContext("tick")];
  await job.handlerFor(apiClient.runtime)(event, { ...context, getRemainingTimeInMillis: () => 60_000 });
  return calls;
}

async function run(job: QueueWorker, tenantId: TenantId): Promise<void> {
  const messageSender = { deliver: () => Promise.resolve({ providerId: "p" }) };
  const answer = await job.handlerFor({ ...apiClient.runtime, messageSender })(
    queueEvent("outgoing", { tenantId }),
    localContext("deliver"),
  );
  expect(answer.batchItemFailures).toEqual([]);
}

it("OP01: idle tenants cost no call: two queries for all of them on a tick, one on the sweep of plans", async () => {
  expect([await callsOf(tick), await callsOf(plansTick)]).toEqual([2, 1]);
  expect(apiClient.sent).toEqual([]);
});

it("OP01: a tenant whose notifications wait is asked for until they are gone for twenty minutes, then costs nothing again", async () => {
  const { tenant, store } = await aTenantToTickFor();
  const { tenantId } = tenant;
  await store.outbox.queue([aDueMessage("a", toInstant(API_NOW + 5 * MINUTE_MS))]);
  const asked: number[] = [];
  for (let minutes = 0; minutes <= 90; minutes += 15) {
    apiClient.clock.nowMs = API_NOW + minutes * MINUTE_MS;
    apiClient.sent.length = 0;
    expect(await callsOf(tick)).toBe(2);
    const messages = apiClient.sent.filter(({ queue }) => queue === "outgoing");
    if (messages.length === 0) continue;
    expect(messages).toEqual([{ queue: "outgoing", body: { tenantId } }]);
    asked.push(minutes);
    await run(deliver, tenantId);
  }
  // Its message is sent at 15; the end of its claim at 21 has a row too.
  expect(asked).toEqual([15, 30, 45, 60]);
  expect(await store.outbox.due(toInstant(API_NOW + 86_400_000), 1)).toEqual([]);
});

it("OP01: a delivery that a lost message left is found by the sweep of plans, which asks no other tenant", async () => {
  const { tenant, store } = await aTenantToTickFor();
  const idle = await callsOf(plansTick);
  await store.webhooks.replay(aWaitingDelivery(toInstant(API_NOW)));
  expect(await callsOf(plansTick)).toBeGreaterThan(idle);
  expect(apiClient.sent).toEqual([{ queue: "webhooks", body: { tenantId: tenant.tenantId } }]);
});
