import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import {
  activityIdSchema,
  customerIdSchema,
  day,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { deliverWebhooks } from "@regulars/flows/webhooks/deliver-webhooks";
import { eventTypes } from "@regulars/functions/api/webhooks/event-types";
import { openTenantStore } from "@regulars/store/tenant-store";
import { expect, it } from "vitest";
import { undividedNight } from "../fixtures/night-queue.ts";
import { aTable, aTenant } from "../fixtures/tenant.ts";
import { indexesCaughtUp } from "../fixtures/unkind-table.ts";
import { unlikeExample } from "../fixtures/unlike-example.ts";

const ACME = customerIdSchema.parse("c-1");
const LAST_MET_ON = day("2026-10-29");

/** A customer who was met every week. */
const meetings = Array.from({ length: 20 }, (_, i) => {
  const occurredOn = addDays(LAST_MET_ON, -7 * i);
  return {
    activityId: activityIdSchema.parse(`m-${i}`),
    customerId: ACME,
    type: "meeting" as const,
    direction: "none" as const,
    userId: userIdSchema.parse("ana"),
    personId: personIdSchema.parse("p-1"),
    occurredAt: toInstant(Date.parse(`${occurredOn}T09:00:00Z`)),
    occurredOn,
    completed: true,
  };
});

it("what nights send of relationships and statuses has the fields of the examples", async () => {
  const table = aTable();
  const tenant = aTenant({ edition: "pro" });
  const store = openTenantStore(table, tenant);
  const createdAt = toInstant(0);
  const webhook = { webhookId: "wh_1", url: "https://example.com", events: [...eventTypes], secret: "whsec_a" };
  await store.webhooks.create({ ...webhook, isActive: true, createdAt, version: 1 });
  await store.imports.saveCustomers([{ customerId: ACME, category: "Bar" }]);
  await store.imports.saveActivities(meetings);
  const bars = { name: "Bar", ownerType: "company", criteria: { field: "category", op: "is", value: "Bar" } };
  await store.monitors.create(newMonitor(monitorIdSchema.parse("bar"), newMonitorSchema.parse(bars)));
  const night = (asOf: typeof LAST_MET_ON) => undividedNight({ tenant, open: () => table, asOf });
  await night(day("2026-11-22"));
  await store.imports.saveCustomers([{ customerId: ACME, category: "Shop" }]);
  await night(day("2026-11-29"));
  await indexesCaughtUp();
  const bodies: string[] = [];
  await deliverWebhooks({
    webhooks: store.webhooks,
    send: ({ body }) => {
      bodies.push(body);
      return Promise.resolve({ status: 204 });
    },
    clock: () => Date.parse("2026-12-01T00:00:00Z"),
    elapsed: () => 0,
    patienceMs: 60_000,
    random: () => 0.5,
    noticesOf: () => Promise.resolve([]),
  });
  const sent = new Set(bodies.map((body): string => JSON.parse(body).type));
  expect([...sent].toSorted()).toEqual(eventTypes.filter((type) => !type.startsWith("deal.")).toSorted());
  expect(bodies.flatMap(unlikeExample)).toEqual([]);
});
