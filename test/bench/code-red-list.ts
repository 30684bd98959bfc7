import { addDays } from "@regulars/core/platform/period";
import {
  currencySchema,
  customerIdSchema,
  day,
  itemIdSchema,
  minor,
  orderIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { seeded } from "@regulars/core/platform/random";
import type { LocalSystem } from "@regulars/local/system";
import { p95, timesOf, tokenOf } from "./calls.ts";
import { nightly } from "./nightly-runs.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const CUSTOMERS = 10_000;
const AT_ONCE = 100;
/** Several users, because the rate limit would stop a single one. */
const BOSSES = ["boss1", "boss2", "boss3", "boss4"];
/** Yesterday, as for a tenant whose nightly runs are on time. */
const LAST_NIGHT = day(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10));
const EUR = currencySchema.parse("EUR");

/** A page of the call list of 10,000 customers over HTTP, after a nightly run and after late orders. */
export async function codeRedListFigures(system: LocalSystem): Promise<BenchFigure[]> {
  const tenant = await system.makeTenant(testTenantRecord("calls", "EUR"));
  const { store } = await system.openTenant(tenant.tenantId);
  await store.imports.saveUsers(
    BOSSES.map((id) => ({ userId: userIdSchema.parse(id), name: id, role: "admin" as const })),
  );
  const random = seeded(5);
  for (let from = 0; from < CUSTOMERS; from += AT_ONCE)
    await store.imports.saveOrders(Array.from({ length: AT_ONCE }, (_, i) => ordersOf(from + i, random)).flat());
  await system.queues.send("rebuilds", { tenantId: tenant.tenantId });
  await system.queues.idle();
  await nightly(system, "calls", LAST_NIGHT);
  const again = await nightly(system, "calls", LAST_NIGHT);
  const tokens = await Promise.all(BOSSES.map((boss) => tokenOf(system, "calls", boss)));
  let calls = 0;
  const page = async (): Promise<void> => {
    calls += 1;
    const authorization = `Bearer ${tokens[calls % tokens.length] ?? ""}`;
    const reply = await fetch(`${system.url}/v1/code-red?limit=50`, { headers: { authorization } });
    const { counts }: { counts?: { customers?: number } } = JSON.parse(await reply.text());
    if (counts?.customers !== CUSTOMERS) throw new Error(`the call list: ${reply.status}`);
  };
  const quiet = await timesOf(page);
  await store.imports.saveOrders(
    Array.from({ length: 40 }, (_, i) => ordersOf(i * 100, random, "late").slice(0, 1)).flat(),
  );
  return [
    { name: "call list of 10,000 customers over HTTP, p95", value: p95(quiet), unit: "ms", limit: 200 },
    { name: "… after late orders of 40 customers, p95", value: p95(await timesOf(page)), unit: "ms", limit: 200 },
    { name: "a second nightly run of them, written", value: again.itemsWritten, unit: "items", limit: 0 },
    { name: "… read, with the markers", value: again.readRequestUnits, unit: "RRU" },
  ];
}

/** Eight orders of a customer in a year and a half, smaller and smaller for one in four. */
function ordersOf(customer: number, random: () => number, name = "order") {
  const isFalling = customer % 4 === 0;
  return Array.from({ length: 8 }, (_, o) => {
    const on = addDays(LAST_NIGHT, -60 * o - Math.floor(random() * 50));
    return {
      orderId: orderIdSchema.parse(`${name}-${customer}-${o}`),
      customerId: customerIdSchema.parse(`C${customer}`),
      orderedAt: toInstant(Date.parse(on)),
      orderedOn: on,
      type: "sale" as const,
      status: "confirmed" as const,
      currency: EUR,
      lines: [
        {
          itemId: itemIdSchema.parse(`I${Math.floor(random() * 500)}`),
          kind: "goods" as const,
          quantity: 1 + Math.floor(random() * 20),
          netMinor: minor(Math.round((isFalling ? 1000 * (o + 1) : 8000) * (0.5 + random()))),
        },
      ],
    };
  });
}
