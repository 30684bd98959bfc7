import { changedMonitor, newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { type Day, customerIdSchema, day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { anOrder } from "@regulars/core/testing";
import { nightlyJob } from "@regulars/functions/workers/nightly";
import { localContext } from "@regulars/local/queue";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { queueEvent } from "../fixtures/queue-event.ts";
import { type TestTenant, aDirectory, aTenantStore } from "../fixtures/tenant.ts";

const CUSTOMERS = 40;
const AS_OF = day("2026-11-22");
const criteria = { field: "sale.sold.last", op: "olderThan", value: 60, unit: "days" } as const;

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
  const { imports } = testTenant.store;
  const repId = userIdSchema.parse("ann");
  await imports.saveUsers([{ userId: repId, name: "Ann", email: "ann@example.com", role: "rep" }]);
  const ids = Array.from({ length: CUSTOMERS }, (_, i) => customerIdSchema.parse(`C${i}`));
  await imports.saveCustomers(ids.map((customerId) => ({ customerId, name: customerId, repId })));
  const days = ["2026-06-01", "2026-06-15", "2026-07-01", "2026-07-14", "2026-08-03", "2026-08-10"];
  await imports.saveOrders(
    ids.flatMap((customerId) => days.map((on) => anOrder({ customerId, on, orderId: `${customerId}-${on}` }))),
  );
  return testTenant;
}

/** Handles a message and all that it sends to the same queue; `jumpMs` is what passes between two looks at the clock. */
async function runAll(message: object, mostAtOnce: number, jumpMs = () => 1) {
  const messages: unknown[] = [];
  const reports: { readonly what: string; readonly figures: object }[] = [];
  const waiting: unknown[] = [message];
  const others: string[] = [];
  let elapsedMs = 0;
  const runtime = {
    ...apiClient.runtime,
    elapsed: () => (elapsedMs += jumpMs()),
    report: (what: string, figures: object) => void reports.push({ what, figures }),
  };
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    messages.push(next);
    apiClient.sent.length = 0;
    const answer = await nightlyJob(mostAtOnce).handlerFor(runtime, 840_000)(
      queueEvent("nightly", next),
      localContext("nightlyOfTenant"),
    );
    expect(answer.batchItemFailures).toEqual([]);
    for (const { queue, body } of apiClient.sent) (queue === "nightly" ? waiting : others).push(Object(body));
    others.splice(0, others.length, ...others.map(String));
  }
  return { messages, reports, others };
}

const nightOf = ({ tenant: { tenantId } }: TestTenant) => ({ tenantId, asOf: AS_OF, isScheduled: true });

describe("the nightly run of a tenant", () => {
  it("OP01: is one message up to the most customers that one run takes", async () => {
    const testTenant = await aTenantWithOrders();
    const { messages, reports } = await runAll(nightOf(testTenant), 1_000_000);
    expect(messages.length).toBe(1);
    expect(reports.map(({ what }) => what)).toEqual(["nightly"]);
  });

  it("OP01: of more customers is a message a shard and phase, and is reported, scheduled and sent once", async () => {
    const [whole, parted] = [await aTenantWithOrders(), await aTenantWithOrders()];
    const undivided = await runAll(nightOf(whole), 1_000_000);
    const { messages, reports } = await runAll(nightOf(parted), 10);
    // Its first message, sixteen shards to count, as many to evaluate, and one to publish.
    expect(messages.length).toBe(1 + 16 + 16 + 1);
    const told = reports.filter(({ what }) => what === "nightly").map(({ figures }) => figures);
    expect(told).toHaveLength(1);
    const [summary] = undivided.reports.map(({ figures }) => figures);
    for (const name of ["customers", "findings", "kinds", "messagesQueued"])
      expect(Object(told[0])[name]).toEqual(Object(summary)[name]);
    expect(Object(told[0])["customers"]).toBe(CUSTOMERS);
    const { schedules } = aDirectory();
    const next = (await schedules()).find(({ tenantId }) => tenantId === parted.tenant.tenantId);
    expect(next?.nextNightlyAt).toBe(
      (await schedules()).find(({ tenantId }) => tenantId === whole.tenant.tenantId)?.nextNightlyAt,
    );
    expect((await parted.store.nightly.lastNightly())?.customers).toBe(CUSTOMERS);
  });

  it("settles everybody again who was evaluated by the monitors of its start, once they are others at its end", async () => {
    const { tenant, store } = await aTenantWithOrders();
    const statusId = monitorIdSchema.parse("quiet");
    const monitor = newMonitor(statusId, newMonitorSchema.parse({ name: "Quiet", ownerType: "company", criteria }));
    await store.monitors.create(monitor);
    const settled = async (asOf: Day, atEnd: () => Promise<unknown>) => {
      let isChanged = false;
      const night = { tenantId: tenant.tenantId, asOf, isScheduled: false };
      apiClient.sent.length = 0;
      const report = () => undefined;
      // The messages go out at the end.
      const send: typeof apiClient.runtime.queues.send = async (queue, body) => {
        if (!isChanged) await atEnd();
        isChanged = true;
        return apiClient.runtime.queues.send(queue, body);
      };
      const runtime = { ...apiClient.runtime, report, queues: { ...apiClient.runtime.queues, send } };
      const work = nightlyJob().handlerFor(runtime, 840_000);
      const answer = await work(queueEvent("nightly", night), localContext("nightlyOfTenant"));
      expect(answer.batchItemFailures).toEqual([]);
      return apiClient.sent.flatMap(({ queue, body }) => (queue === "rebuilds" ? [body] : []));
    };
    expect(await settled(addDays(AS_OF, -2), () => Promise.resolve())).toEqual([]);
    const edit = { criteria: { not: criteria } };
    const changed = { today: AS_OF, lastNight: addDays(AS_OF, -2) };
    expect(
      await settled(addDays(AS_OF, -1), () => store.monitors.save(changedMonitor(monitor, edit, changed))),
    ).toEqual([{ tenantId: tenant.tenantId, everybody: true }]);
    expect(await settled(AS_OF, () => Promise.resolve())).toEqual([]);
  });

  it("OP01: whose parts have no time stops each after a customer, and comes to the same end", async () => {
    const testTenant = await aTenantWithOrders();
    const { messages, reports } = await runAll(nightOf(testTenant), 10, () => 900_000);
    expect(messages.length).toBeGreaterThan(2 * CUSTOMERS);
    const told = reports.filter(({ what }) => what === "nightly");
    expect(told.map(({ figures }) => Object(figures)["customers"])).toEqual([CUSTOMERS]);
    // A message that comes once more, after all is done, does nothing.
    const again = await runAll(Object(messages.at(-1)), 10);
    expect([again.messages.length, again.reports.map(({ what }) => what)]).toEqual([1, ["nightly part"]]);
  });
});
