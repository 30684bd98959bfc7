import { isDeepStrictEqual } from "node:util";
import { newMonitor } from "@regulars/core/monitors/change-monitor";
import { newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { monitorIdSchema } from "@regulars/core/platform/ids";
import { addDays } from "@regulars/core/platform/period";
import { type Day, customerIdSchema, day, itemIdSchema, userIdSchema } from "@regulars/core/platform/values";
import { anOrder } from "@regulars/core/testing";
import { messageIn } from "@regulars/store/notifications/stored-message";
import { openTenantStore } from "@regulars/store/tenant-store";
import { beforeAll, describe, expect, it } from "vitest";
import { type TenantCopy, copyOf, pasteTo } from "../../../test/fixtures/copied-tenant.ts";
import { itemsOf } from "../../../test/fixtures/engine-rows.ts";
import { insightNights } from "../../../test/fixtures/insight-nights.ts";
import { type NightOf, helpedNight, nightInParts, undividedNight } from "../../../test/fixtures/night-queue.ts";
import { type Below, oneOf, seeded } from "../../../test/fixtures/random-records.ts";
import { withStatuses } from "../../../test/fixtures/stored-texts.ts";
import { aTable, aTenant, testTenantOf } from "../../../test/fixtures/tenant.ts";

const CUSTOMERS = 60;
const FIRST = day("2026-09-29");
/** The last day of a month: the measures of the next one are collected too. */
const SECOND = addDays(FIRST, 1);
/** The last night of an edition without statuses. */
const UNWATCHED = addDays(FIRST, 30);
/** The first one with them. */
const WATCHED = addDays(UNWATCHED, 1);

const table = aTable();
const settings = { maxAlertsPerRepPerDay: 3, currency: "EUR" };

/** Customers who order, fall silent, drop items and owe money at random. */
async function aLargeTenant(): Promise<TenantCopy> {
  const below = seeded(19);
  const testTenant = testTenantOf(aTenant(settings), () => table);
  const { imports, monitors } = testTenant.store;
  const users = ["ann", "ben", "cas", "dee"].map((id, i) => ({
    userId: userIdSchema.parse(id),
    name: id,
    role: "rep" as const,
    ...(i === 3 ? {} : { email: `${id}@example.com` }),
  }));
  await imports.saveUsers(users);
  await imports.saveItems(
    Array.from({ length: 12 }, (_, i) => ({ itemId: itemIdSchema.parse(`i-${i}`), name: `Item ${i}` })),
  );
  const ids = Array.from({ length: CUSTOMERS }, (_, i) => `c-${i}`);
  await imports.saveCustomers(
    ids.map((id, i) => ({
      customerId: customerIdSchema.parse(id),
      name: `Customer ${i}`,
      ...(i % 20 === 0 ? {} : { repId: oneOf(below, [users[0], users[1], users[2], users[3]])?.userId }),
      category: oneOf(below, ["Bar", "Shop"]),
    })),
  );
  await imports.saveOrders(ids.flatMap((id) => ordersOf(id, below)));
  const nights = insightNights(testTenant);
  for (const [i, id] of ids.entries())
    if (i % 7 === 0) await nights.invoice(id, `inv-${id}`, addDays(FIRST, -below(80)));
  const criteria = {
    bar: { field: "category", op: "is", value: "Bar" },
    quiet: { field: "sale.last", op: "olderThan", value: 30, unit: "days" },
  };
  for (const [id, of] of Object.entries(criteria))
    await monitors.create(
      newMonitor(monitorIdSchema.parse(id), newMonitorSchema.parse({ name: id, ownerType: "company", criteria: of })),
    );
  return copyOf(testTenant.tenant);
}

/** Orders of a rhythm of their own until they may end, with fewer items at the end. */
function ordersOf(customerId: string, below: Below) {
  const gap = 7 + below(14);
  const lastAgo = below(3) === 0 ? 20 + below(80) : below(10);
  const count = 4 + below(8);
  return Array.from({ length: count }, (_, i) => {
    const on = addDays(FIRST, -lastAgo - gap * i - below(3));
    const items = 1 + below(i < 3 ? 2 : 5);
    return anOrder({
      customerId,
      on,
      orderId: `${customerId}-${i}`,
      lines: Array.from({ length: items }, (_line, n) => ({
        itemId: `i-${(n * 3 + below(2)) % 12}`,
        quantity: (1 + below(40)) / 10,
        netMinor: 500 + below(20_000),
      })),
    });
  });
}

/** What differs with how often something was done: revisions, and what is known by them. */
const HOW_OFTEN = new Set(["r", "basis"]);

/**
 * Everything stored but the names of single writes, hints, and what lasts for one night. After a kill, without how often
 * something was done.
 */
function stateOf({ tenant }: NightOf, { isKilled = false } = {}): ReadonlyMap<string, unknown> {
  const own = new Map<string, unknown>();
  const left = isKilled ? /#(?:NIGHTRUN|DUEROW|HEADS|AGENDA)[# ]/ : /#(?:NIGHTRUN|DUEROW|HEADS)[# ]/;
  for (const item of itemsOf(tenant.tenantId)) {
    if (left.test(`${String(item["pk"])} ${String(item["sk"])}`)) continue;
    const isMessage = "packed" in item && String(item["pk"]).includes("#OUT#");
    const read = isMessage ? { ...item, packed: undefined, message: messageIn(item) } : withStatuses(item);
    const text = JSON.stringify({ ...read, writeId: undefined }, (name, value: unknown) => {
      if (isKilled && HOW_OFTEN.has(name)) return undefined;
      if (value instanceof Set) return [...value].toSorted();
      return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
    });
    const named = text.replaceAll(tenant.tenantId, "tenant");
    own.set(`${String(item["pk"]).replaceAll(tenant.tenantId, "tenant")} ${String(item["sk"])}`, JSON.parse(named));
  }
  return own;
}

/** The items that differ: shorter to read than all. */
const differing = (left: ReadonlyMap<string, unknown>, right: ReadonlyMap<string, unknown>) =>
  [...new Set([...left.keys(), ...right.keys()])]
    .filter((key) => !isDeepStrictEqual(left.get(key), right.get(key)))
    .toSorted();

/** Pieces that parts have left for each other and that are still there. */
const copiesLeft = ({ tenant }: NightOf): number =>
  itemsOf(tenant.tenantId).filter(({ pk }) => String(pk).includes("#NIGHTRUN#")).length;

/** The undivided run of a tenant, to compare with. */
async function undividedRun(copy: TenantCopy, asOf: Day) {
  const night = await nightOf(copy, asOf);
  return { night, summary: await undividedNight(night) };
}

const nightOf = async (copy: TenantCopy, asOf = FIRST): Promise<NightOf> => {
  const night = { tenant: aTenant(settings), open: aTable, asOf };
  pasteTo(night.tenant, copy);
  return night;
};

describe("the night of a tenant of more customers than one run takes", () => {
  let fresh: TenantCopy;
  /** After the first night and a day of changes. */
  let later: TenantCopy;
  /** After nights of an edition without statuses. */
  let unwatched: TenantCopy;
  let undivided: Readonly<Record<"first" | "second" | "unwatched", Awaited<ReturnType<typeof undividedRun>>>>;

  beforeAll(async () => {
    fresh = await aLargeTenant();
    const night = await nightOf(fresh);
    await undividedNight(night);
    const { imports } = openTenantStore(table, night.tenant);
    const below = seeded(7);
    for (let i = 0; i < CUSTOMERS; i += 4)
      await imports.saveOrders([
        anOrder({ on: SECOND, customerId: `c-${i}`, orderId: `late-${i}`, lines: [`i-${below(12)}`] }),
      ]);
    later = copyOf(night.tenant);
    const tenant = { ...night.tenant, edition: "basic" } as const;
    for (const asOf of [SECOND, UNWATCHED]) await undividedNight({ ...night, tenant, asOf });
    unwatched = copyOf(night.tenant);
    undivided = {
      first: await undividedRun(fresh, FIRST),
      second: await undividedRun(later, SECOND),
      unwatched: await undividedRun(unwatched, WATCHED),
    };
  });

  const cases = [
    ["the first of a tenant", () => fresh, FIRST, () => undivided.first],
    ["at the end of a month", () => later, SECOND, () => undivided.second],
  ] as const;

  it.each(cases)("OP01: cut at random and gone on with, is the undivided run: %s", async (_, copy, asOf, whole) => {
    const { night, summary } = whole();
    const state = stateOf(night);
    expect(summary.customers).toBe(CUSTOMERS);
    expect(summary.messagesQueued).toBeGreaterThan(3);
    const parted = await nightOf(copy(), asOf);
    const told = await nightInParts(parted, { below: seeded(1), most: 4, twiceOneOf: 6 });
    expect(told.cuts).toBeGreaterThan(20);
    expect(told.summaries).toEqual([{ ...summary, tenantId: parted.tenant.tenantId }]);
    const { parts } = openTenantStore(table, parted.tenant).nightly;
    expect([(await parts.find())?.phase, copiesLeft(parted)]).toEqual(["ended", 0]);
    expect(differing(stateOf(parted), state)).toEqual([]);
  });

  it.each(cases)("OP01: shared out to helpers, is the undivided run: %s", async (_, copy, asOf, whole) => {
    const { night, summary } = whole();
    const state = stateOf(night);
    for (const helpers of [1, 3]) {
      const helped = await nightOf(copy(), asOf);
      const told = await helpedNight(helped, helpers);
      expect(told).toEqual({ ...summary, tenantId: helped.tenant.tenantId });
      expect(differing(stateOf(helped), state)).toEqual([]);
    }
  });

  it("SA21: makes up for nights without statuses", async () => {
    const { statuses } = openTenantStore(table, undivided.unwatched.night.tenant);
    const turned = new Set<Day>();
    for (let i = 0; i < CUSTOMERS; i += 1)
      for await (const { on, at } of statuses.statusLog(customerIdSchema.parse(`c-${i}`)))
        if (at.slice(0, 10) > WATCHED) turned.add(on);
    expect(turned.size).toBeGreaterThan(10);
  });

  it.each([
    ["in parts", (night: NightOf) => nightInParts(night, { below: seeded(5), most: 10 })],
    ["shared out", (night: NightOf) => helpedNight(night, 2)],
  ])("SA21: %s, makes up for them as the undivided run", async (_, run) => {
    const night = await nightOf(unwatched, WATCHED);
    await run(night);
    expect(differing(stateOf(night), stateOf(undivided.unwatched.night))).toEqual([]);
  });

  it("OP01: shared out to helpers, sets aside who cannot be read, as the undivided run", async () => {
    const aNight = async (): Promise<NightOf> => {
      const night = await nightOf(later, SECOND);
      const { keys, operations } = testTenantOf(night.tenant, () => table);
      for (const id of ["c-1", "c-2", "c-3"]) {
        const key = keys.snapshotPart(customerIdSchema.parse(id), { part: "year", letter: "H", year: 2026 });
        await operations.put({ ...key, v: Uint8Array.of(1, 2), r: (await operations.get(key))?.["r"] });
      }
      return night;
    };
    const [alone, helped] = [await aNight(), await aNight()];
    const summary = await undividedNight(alone);
    expect(summary).toMatchObject({ customers: CUSTOMERS - 3, setAside: { count: 3 } });
    expect(await helpedNight(helped, 3)).toEqual({ ...summary, tenantId: helped.tenant.tenantId });
    expect(differing(stateOf(helped), stateOf(alone))).toEqual([]);
  });

  it.each(cases)(
    "OP01: killed at random and come again, ends as the undivided run: %s",
    async (_, copy, asOf, whole) => {
      const { night, summary } = whole();
      const state = stateOf(night, { isKilled: true });
      const parted = await nightOf(copy(), asOf);
      const told = await nightInParts(parted, { below: seeded(3), most: 9, killedOneOf: 2, twiceOneOf: 6 });
      expect(told.kills).toBeGreaterThan(4);
      const last = told.summaries.at(-1);
      expect(last).toMatchObject({ customers: CUSTOMERS, findings: summary.findings, kinds: summary.kinds });
      expect(differing(stateOf(parted, { isKilled: true }), state)).toEqual([]);
    },
  );
});
