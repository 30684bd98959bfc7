import { customerIdSchema, toInstant } from "@regulars/core/platform/values";
import { anOrder } from "@regulars/core/testing";
import { rebuild } from "@regulars/functions/workers/rebuild";
import { localContext } from "@regulars/local/queue";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { anApiFixture } from "../fixtures/api-tenants.ts";
import { queueEvent } from "../fixtures/queue-event.ts";
import { type TestTenant, aDirectory, aTenantStore } from "../fixtures/tenant.ts";

const CUSTOMERS = 60;

let apiClient: ApiTestClient;
beforeAll(async () => {
  apiClient = await anApiClient();
});
afterAll(() => apiClient.close());
beforeEach(() => {
  apiClient.sent.length = 0;
});

async function aTenantWithOrders(): Promise<TestTenant> {
  const testTenant = aTenantStore();
  await aDirectory().ensure(testTenant.tenant, toInstant(API_NOW + 86_400_000));
  const ids = Array.from({ length: CUSTOMERS }, (_, i) => customerIdSchema.parse(`C${i}`));
  await testTenant.store.imports.saveCustomers(ids.map((customerId) => ({ customerId, name: customerId })));
  await testTenant.store.imports.saveOrders(
    ids.flatMap((customerId, i) =>
      ["2025-03-05", "2026-01-05"].map((on) => anOrder({ customerId, on, orderId: `O${i}-${on}` })),
    ),
  );
  return testTenant;
}

/** The packed years of a tenant, with what they are packed from left out. */
async function packed({ store, keys, partition }: TestTenant): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const shard of store.shards)
    for (const { sk, v } of await partition(keys.shard(shard)))
      if (v instanceof Uint8Array) found.set(String(sk), Buffer.from(v).toString("base64"));
  return found;
}

/** Handles the first message and all that it sends on. A clock that jumps cuts each off after so many questions. */
async function runAll(tenantId: string, jumpMs: () => number) {
  let elapsedMs = 0;
  const elapsed = () => (elapsedMs += jumpMs());
  const handled: unknown[] = [];
  const waiting: unknown[] = [{ tenantId }];
  for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
    handled.push(message);
    apiClient.sent.length = 0;
    const handle = rebuild.handlerFor({ ...apiClient.runtime, elapsed }, 720_000);
    const answer = await handle(queueEvent("rebuilds", message), localContext("rebuild"));
    expect(answer.batchItemFailures).toEqual([]);
    waiting.push(...apiClient.sent.map(({ body }) => body));
  }
  return handled;
}

it("OP02: a rebuild after messages that may be lost settles the statuses of whoever has changed since the night", async () => {
  const { tenant, store } = await anApiFixture(apiClient);
  const handle = rebuild.handlerFor(apiClient.runtime, 720_000);
  const statusesOf = async (message: object): Promise<unknown> => {
    apiClient.lines.length = 0;
    const event = queueEvent("rebuilds", { tenantId: tenant.tenantId, ...message });
    expect((await handle(event, localContext("rebuild"))).batchItemFailures).toEqual([]);
    return apiClient.lines.map(({ figures }) => ("statusesOf" in figures ? figures.statusesOf : undefined)).at(0);
  };
  // Statuses that wait for their first evaluation are settled of everybody.
  await statusesOf({});
  await store.imports.saveOrders([anOrder({ customerId: "blue", on: "2026-11-20", orderId: "LATE-1" })]);
  expect([await statusesOf({}), await statusesOf({ isOfAllChanged: true })]).toEqual([0, 1]);
});

describe("a rebuild of a large tenant", () => {
  it("OP02: is one message while there is time for it", async () => {
    const { tenant } = await aTenantWithOrders();
    expect(await runAll(tenant.tenantId, () => 1)).toEqual([{ tenantId: tenant.tenantId }]);
  });

  it("OP02: that is cut off at random goes on by shards, ends, and equals the undivided one byte for byte", async () => {
    const [whole, cut] = [await aTenantWithOrders(), await aTenantWithOrders()];
    await runAll(whole.tenant.tenantId, () => 0);
    let seed = 7;
    const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
    const { tenantId } = cut.tenant;
    const messages = await runAll(tenantId, () => random() * 600_000);
    expect(messages.length).toBeGreaterThan(8);
    expect(messages[0]).toEqual({ tenantId });
    expect(messages.slice(1)).toEqual(messages.slice(1).map(() => ({ tenantId, shard: expect.any(Number) })));
    const [expected, found] = [await packed(whole), await packed(cut)];
    expect(expected.size).toBeGreaterThanOrEqual(CUSTOMERS * 2);
    expect(found).toEqual(expected);
    // Nothing is left: another message rebuilds nothing.
    const again = await Promise.all(cut.another().store.shards.map((shard) => cut.another().store.rebuild(shard)));
    expect(again.every(({ customerYears, isDone }) => customerYears === 0 && isDone)).toBe(true);
  });

  it("OP02: whose one shard cannot be rebuilt does the others, and fails for that shard alone", async () => {
    const testTenant = await aTenantWithOrders();
    const { tenant, keys, operations, store } = testTenant;
    const [broken] = await testTenant.partition(keys.orders(customerIdSchema.parse("C1")));
    if (broken === undefined) throw new Error("there is no order");
    await operations.put({ ...broken, pk: String(broken["pk"]), sk: String(broken["sk"]), lines: "not an order" });
    const handle = rebuild.handlerFor(apiClient.runtime, 720_000);
    const send = async (message: object) =>
      (await handle(queueEvent("rebuilds", message), localContext("rebuild"))).batchItemFailures.length;
    expect(await send({ tenantId: tenant.tenantId })).toBe(0);
    const [left, ...more] = apiClient.sent;
    expect([left?.queue, more]).toEqual(["rebuilds", []]);
    expect(await send(Object(left?.body))).toBe(1);
    expect((await packed(testTenant)).size).toBeGreaterThan(CUSTOMERS);
    expect(store.shards).toHaveLength(16);
  });
});
