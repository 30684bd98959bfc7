import { customerIdOf } from "@regulars/core/insights/subject";
import { customerIdSchema, day, personIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import { forYou } from "../insights/for-you.ts";
import { listFindings } from "../insights/list-findings.ts";
import type { FindingFilter } from "../insights/list-input.ts";
import { ordersOfDay } from "../insights/orders-of-day.ts";
import type { Keys } from "@regulars/store/keys";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { beforeEach, describe, expect, it } from "vitest";
import { threeKinds } from "../../../test/fixtures/three-kinds.ts";
import { RHYTHM } from "../../../test/fixtures/insight-nights.ts";
import { type InsightTenant, aRep, anInsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import { aTenantStore, all } from "../../../test/fixtures/tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";

const REP = userIdSchema.parse("u-1");
const BROKEN = customerIdSchema.parse("broken");
const CORRUPT =
  'history of customer broken in 2026: the chunk is cut off. "regulars doctor --rebuild" makes it anew from the orders';

describe("a nightly run with a customer whose data cannot be read", () => {
  let fixture: InsightTenant;
  const partOf = (letter: string) => fixture.testTenant.keys.snapshotPart(BROKEN, { part: "year", letter, year: 2026 });
  const findingKey = () =>
    fixture.testTenant.keys.snapshotPart(BROKEN, {
      part: "finding",
      kind: "churn-risk",
      subject: { type: "customer", id: BROKEN },
    });
  const storedFinding = () => fixture.testTenant.item(findingKey());
  const revisionOfChunk = async () => (await fixture.testTenant.item(partOf("H")))?.["r"];
  const breakChunk = async () =>
    fixture.testTenant.operations.put({ ...partOf("H"), v: Uint8Array.of(1, 2), r: await revisionOfChunk() });
  beforeEach(async () => {
    fixture = anInsightTenant({}, aTenantStore());
    await fixture.customers({ broken: "u-1", silent: "u-1", other: "u-2" });
    for (const customerId of ["broken", "silent", "other"]) await fixture.orders(customerId, RHYTHM);
    await fixture.nightly("2026-09-14");
    await indexesCaughtUp();
  });

  it("finishes for all others, and its summary and its record name the customer with the reason", async () => {
    await breakChunk();
    const before = await storedFinding();
    const setAside = { count: 1, first: [{ customerId: BROKEN, reason: CORRUPT }] };
    expect(await fixture.nightly("2026-09-15")).toMatchObject({ customers: 2, findings: { ongoing: 2 }, setAside });
    expect(await fixture.testTenant.store.nightly.lastNightly()).toMatchObject({
      asOf: "2026-09-15",
      customers: 2,
      setAside,
    });
    expect(await storedFinding()).toEqual(before);
  });

  it("G4: sets aside who has amounts that cannot be summed exactly, and sums all others', however much they come to", async () => {
    const { imports, nightly } = fixture.testTenant.store;
    await imports.saveUsers([aRep("u-1"), aRep("u-2")]);
    const greatest = (lines: number) => [
      { on: "2026-09-14", lines: Array.from({ length: lines }, (_, i) => ({ itemId: `i-${i}`, netMinor: 9e13 })) },
    ];
    await fixture.sales("broken", greatest(101));
    for (const customerId of ["silent", "other"]) await fixture.sales(customerId, greatest(60));
    const reason =
      "the orders of customer broken come to more than 9007199254740991 minor units, too much to be summed exactly: correct their amounts";
    expect(await fixture.nightly("2026-09-15")).toMatchObject({
      customers: 2,
      setAside: { count: 1, first: [{ customerId: BROKEN, reason }] },
    });
    expect((await nightly.salesOf("all"))?.week).toMatchObject({ netMinor: 10_800_000_000_000_000 });
    expect(await fixture.page("2026-09-15")).toMatchObject({
      forYou: { customersSetAside: 1 },
      insights: { weeklySales: { salesMinor: 10_800_000_000_000_000 } },
    });
    const { placedMinor } = await fixture.ordersOn("2026-09-15T08:00:00Z", { day: "2026-09-14" });
    expect(placedMinor).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
  });

  it("tells of a customer with a person who cannot be read, without whom to call", async () => {
    const { testTenant } = fixture;
    const { imports } = testTenant.store;
    await imports.saveUsers([aRep("u-1")]);
    const personId = personIdSchema.parse("p-1");
    await imports.savePersons([{ personId, customerId: BROKEN, name: "Ada" }]);
    const key = testTenant.keys.person(BROKEN, personId);
    await testTenant.operations.put({ ...(await testTenant.item(key)), ...key, name: 7 });
    expect(await fixture.nightly("2026-09-24")).toMatchObject({ customers: 3, messagesQueued: 1 });
    const [queued] = await all(testTenant.store.outbox.list());
    expect(queued?.message).toMatchObject({
      type: "digest",
      lines: [{ customerId: "broken" }, { customerId: "silent" }],
    });
  });

  it("G4: fails no list: each is without the customer, and names them with the reason", async () => {
    await fixture.testTenant.store.imports.saveUsers([aRep("u-1")]);
    await breakChunk();
    const { tenant, store } = fixture.testTenant;
    const named: SetAsideCustomer[] = [];
    const input = {
      tenant,
      store: store.nightly,
      catalog: threeKinds,
      now: toInstant(Date.parse("2026-09-15T08:00:00Z")),
      onUnreadable: (customer: SetAsideCustomer) => void named.push(customer),
    };
    const asOf = day("2026-09-14");
    const list = await listFindings({ ...input, filter: {}, asOf });
    expect(list).toMatchObject({ value: { customersSetAside: 1 } });
    expect(list.ok && list.value.findings.map(({ subject }) => customerIdOf(subject)).toSorted()).toEqual([
      "other",
      "silent",
    ]);
    for (const scopeFilter of [{}, { repId: userIdSchema.parse("u-1") }])
      for (const past of [undefined, asOf]) {
        const page = await forYou({ ...input, scopeFilter, asOf: past });
        expect(page).toMatchObject({ ok: true, value: { forYou: { customersSetAside: 1 } } });
        expect(JSON.stringify(page)).not.toContain(BROKEN);
      }
    expect(await ordersOfDay({ ...input, orders: store.orderQueries, scopeFilter: {}, day: asOf })).toMatchObject({
      ok: true,
    });
    expect(named).toEqual(Array.from({ length: 6 }, () => ({ customerId: BROKEN, reason: CORRUPT })));
  });

  it("G4: lists of the last nightly run say how many it set aside, also where an own stored finding cannot be read", async () => {
    await fixture.testTenant.store.imports.saveUsers([aRep("u-1")]);
    await fixture.nightly("2026-09-14");
    const { tenant, store } = fixture.testTenant;
    const listed = async (filter: FindingFilter = {}) => {
      await indexesCaughtUp();
      const now = toInstant(Date.parse("2026-09-16T08:00:00Z"));
      const list = await listFindings({ tenant, store: store.nightly, catalog: threeKinds, filter, now });
      return list.ok
        ? [list.value.customersSetAside, ...list.value.findings.map(({ subject }) => customerIdOf(subject))]
        : list.reason;
    };
    const ofRep = { repId: userIdSchema.parse("u-1") };
    const ofBroken = { customerId: BROKEN };
    expect([await listed(), await listed(ofRep), await listed(ofBroken)]).toEqual([
      [0, "broken", "other", "silent"],
      [0, "broken", "silent"],
      [0, "broken"],
    ]);
    await fixture.testTenant.operations.put({ ...(await storedFinding()), ...findingKey(), level: "enormous" });
    for (const isAfterNightly of [false, true]) {
      if (isAfterNightly) await fixture.nightly("2026-09-15");
      expect([await listed(), await listed(ofRep), await listed(ofBroken)]).toEqual([
        [1, "other", "silent"],
        [1, "silent"],
        [1],
      ]);
      expect(await listed({ customerId: customerIdSchema.parse("silent") })).toEqual([0, "silent"]);
    }
  });

  it("writes nothing the second time", async () => {
    await breakChunk();
    await fixture.nightly("2026-09-15");
    expect(await fixture.testTenant.writesOf(() => fixture.nightly("2026-09-15"))).toBe(0);
  });

  it("is removed from the record by the next nightly run that can read the customer", async () => {
    await breakChunk();
    await fixture.nightly("2026-09-15");
    for (const shard of fixture.testTenant.store.shards) await fixture.testTenant.store.verify(shard);
    expect(await fixture.nightly("2026-09-15")).toMatchObject({ customers: 3, findings: { ongoing: 3 } });
    expect(await fixture.testTenant.store.nightly.lastNightly()).not.toHaveProperty("setAside");
  });

  it("sets a customer aside with an invalid stored finding", async () => {
    const stored = await storedFinding();
    const impossible = { ...stored, ...findingKey(), level: "enormous" };
    await fixture.testTenant.operations.put(impossible);
    const { customers, setAside } = await fixture.nightly("2026-09-15");
    expect([customers, setAside?.count, setAside?.first[0]?.customerId]).toEqual([2, 1, BROKEN]);
    expect(setAside?.first[0]?.reason).toContain("a stored part cannot be read: ✖ is not one of");
    expect(await storedFinding()).toEqual(impossible);
  });

  it("sets a customer aside if a kind fails on them", async () => {
    const { nightly } = fixture.testTenant.store;
    const store: NightlyStore = {
      ...nightly,
      snapshots: async function* (...given) {
        for await (const snapshot of nightly.snapshots(...given)) {
          const orderDays = snapshot.customer.customerId === BROKEN ? failing() : snapshot.history.orderDays;
          yield { ...snapshot, history: { ...snapshot.history, orderDays } };
        }
      },
    };
    const before = await storedFinding();
    expect(await fixture.nightly("2026-09-15", { store })).toMatchObject({
      customers: 2,
      findings: { added: 0, ongoing: 2, resolved: 0 },
      setAside: { count: 1, first: [{ customerId: BROKEN, reason: "TypeError: no order days" }] },
    });
    expect(await storedFinding()).toEqual(before);
  });

  it("stops at an outage, and can be run again", async () => {
    const { nightly } = fixture.testTenant.store;
    const store: NightlyStore = {
      ...nightly,
      saveFindings: () => Promise.reject(new Error("the table is away")),
    };
    await expect(fixture.nightly("2026-10-14", { store })).rejects.toThrow("the table is away");
  });
});

/** Order days that throw when read. */
const failing = (): Int32Array =>
  new Proxy(new Int32Array(1), {
    get: () => {
      throw new TypeError("no order days");
    },
  });

describe("a nightly run with a row that is of no customer and cannot be read", () => {
  it.each([
    { what: "a user", row: ({ user }: Keys) => user(REP), spoilt: { name: 7 } },
    { what: "a user's preferences", row: (keys: Keys) => keys.userPreferences(REP), spoilt: { version: "x" } },
    { what: "the last night's record", row: ({ nightly }: Keys) => nightly(), spoilt: { asOf: "soon" } },
  ])("G4: names the row: $what", async ({ row, spoilt }) => {
    const fixture = anInsightTenant({}, aTenantStore());
    const { keys, operations, item, store } = fixture.testTenant;
    await store.imports.saveUsers([aRep("u-1")]);
    await fixture.customers({ silent: "u-1" });
    await fixture.orders("silent", RHYTHM);
    await fixture.nightly("2026-09-14");
    const key = row(keys);
    await operations.put({ ...(await item(key)), ...key, ...spoilt });
    await indexesCaughtUp();
    await expect(fixture.nightly("2026-09-15")).rejects.toThrow(
      `the stored row ${key.pk} ${key.sk} cannot be read (${Object.keys(spoilt).join()}: `,
    );
  });
});
