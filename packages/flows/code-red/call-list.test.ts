import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type InsightTenant, aRep, anInsightTenant, idOf } from "../../../test/fixtures/insight-tenant.ts";
import { scopeOf } from "@regulars/core/customers/visible-customers";
import { activityIdSchema, day, itemIdSchema, toInstant } from "@regulars/core/platform/values";
import { addDays, addMonths } from "@regulars/core/platform/period";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { ignoreRow } from "./ignore-row.ts";
import { listCodeRed } from "./list-code-red.ts";

const ASOF = "2026-11-15";
const MORNING = toInstant(Date.parse("2026-11-16T05:00:00Z"));
const boss = { ...aRep("boss"), role: "admin" as const };

/** The list as it is read, and as it is computed from the histories. */
async function bothLists(fixture: InsightTenant, tenant: Tenant = fixture.testTenant.tenant, asOf = ASOF) {
  const { store } = fixture.testTenant.another();
  let read = 0;
  const counting: NightlyStore = {
    ...store.nightly,
    snapshots: (...given) => {
      read += 1;
      return store.nightly.snapshots(...given);
    },
  };
  const list = async (nightly: NightlyStore): Promise<string> => {
    const found = await listCodeRed({
      tenant,
      store: nightly,
      codeRed: store.codeRed,
      scope: scopeOf({ type: "user", user: boss }, await store.nightly.users()),
      filter: { showIgnored: true },
      view: {},
      asOf: day(asOf),
      now: MORNING,
    });
    if (!found.ok) throw new Error(found.message);
    const { compared, ...shown } = found.value;
    return JSON.stringify({ ...shown, book: compared.book });
  };
  const kept = await list(counting);
  const isKept = read === 0;
  const fresh = await list({ ...store.nightly, lastNightly: () => Promise.resolve(undefined) });
  return { kept, fresh, isKept };
}

async function aTenantAfterANight(customers = ["a", "b", "c"]): Promise<InsightTenant> {
  const fixture = anInsightTenant();
  await fixture.testTenant.store.imports.saveUsers([aRep("anna"), aRep("bob"), boss]);
  for (const [i, customer] of customers.entries())
    await fixture.sales(
      customer,
      Array.from({ length: 15 }, (_, month) => ({
        on: addDays(day("2025-09-03"), 30 * month),
        lines: [{ itemId: `item${month % (2 + i)}`, netMinor: month < 10 ? 10_000 : 1000 * (i + 1), quantity: 4 }],
      })),
    );
  await fixture.nightly(ASOF);
  return fixture;
}

const saveActivity = (fixture: InsightTenant, customer: string, on: string) =>
  fixture.testTenant.store.imports.saveActivities([
    {
      activityId: activityIdSchema.parse(`call-${customer}-${on}`),
      customerId: idOf(customer),
      type: "call",
      direction: "out",
      occurredAt: toInstant(Date.parse(`${on}T10:00:00Z`)),
      occurredOn: day(on),
      completed: true,
    },
  ]);

const ignoreCustomer = ({ testTenant: { tenant, store } }: InsightTenant, customer: string) =>
  ignoreRow({
    tenant,
    store: store.nightly,
    codeRed: store.codeRed,
    scope: { canSee: () => true },
    customerId: idOf(customer),
    target: { type: "customer" },
    now: MORNING,
  });

describe("the list that a nightly run leaves", () => {
  it("is read without any history, and equals the one that is computed from them", async () => {
    const fixture = await aTenantAfterANight();
    const { kept, fresh, isKept } = await bothLists(fixture);
    expect(isKept).toBe(true);
    expect(kept).toBe(fresh);
    expect(JSON.parse(kept).counts).toMatchObject({ customers: 3, red: 3 });
  });

  it("follows late orders, new customers, contacts, profiles and ignored rows at once", async () => {
    const fixture = await aTenantAfterANight();
    const { store } = fixture.testTenant;
    const changes = [
      () => fixture.sales("a", [{ on: "2026-10-20", orderId: "late", lines: [{ netMinor: 90_000 }] }]),
      () => fixture.sales("new", [{ on: "2026-10-20", lines: [{ netMinor: 5000 }] }]),
      () => store.imports.saveCustomers([{ customerId: idOf("b"), name: "B", repId: aRep("bob").userId }]),
      () => store.imports.saveCustomers([{ customerId: idOf("b"), closedFrom: "09-01", closedTo: "10-31" }]),
      () => ignoreCustomer(fixture, "a"),
    ];
    let before = (await bothLists(fixture)).kept;
    for (const change of changes) {
      await change();
      const { kept, fresh, isKept } = await bothLists(fixture);
      expect(isKept).toBe(true);
      expect(kept).toBe(fresh);
      expect(kept).not.toBe(before);
      before = kept;
    }
    // Repacking the changed years changes nothing.
    for (const shard of store.shards) await store.rebuild(shard);
    expect(await bothLists(fixture)).toMatchObject({ kept: before, fresh: before, isKept: true });
  });

  it("shows a customer again who was ignored while no column was red, as soon as a late credit makes one red", async () => {
    const fixture = anInsightTenant();
    await fixture.testTenant.store.imports.saveUsers([boss]);
    const months = Array.from({ length: 15 }, (_, month) => addMonths(day("2025-09-03"), month));
    await fixture.sales(
      "a",
      months.map((on) => ({ on, lines: [{ netMinor: 10_000 }] })),
    );
    await fixture.nightly(ASOF);
    const row = async () => {
      const { kept, fresh, isKept } = await bothLists(fixture);
      expect([isKept, kept]).toEqual([true, fresh]);
      const [{ isBackEarly, isRed, ignored }] = JSON.parse(kept).rows;
      return { isBackEarly, isRed, isIgnored: ignored !== undefined };
    };
    await ignoreCustomer(fixture, "a");
    expect(await row()).toEqual({ isBackEarly: false, isRed: false, isIgnored: true });
    await fixture.sales("a", [
      { on: "2026-10-20", orderId: "late", type: "credit", lines: [{ quantity: -1, netMinor: -9_000 }] },
    ]);
    expect(await row()).toEqual({ isBackEarly: true, isRed: true, isIgnored: true });
    await fixture.nightly(ASOF);
    expect(await row()).toEqual({ isBackEarly: true, isRed: true, isIgnored: true });
  });

  it("leaves out who was called since the night, also by days that were set since", async () => {
    const fixture = await aTenantAfterANight();
    const tenant: Tenant = { ...fixture.testTenant.tenant, codeRed: { excludeActivityDays: 30 } };
    expect(await bothLists(fixture)).toMatchObject({ isKept: true });
    for (const [customer, on] of [
      ["c", "2026-11-10"],
      ["b", "2026-11-16"],
    ] as const) {
      const before: number = JSON.parse((await bothLists(fixture, tenant)).kept).counts.recentlyContacted;
      await saveActivity(fixture, customer, on);
      const { kept, fresh, isKept } = await bothLists(fixture, tenant);
      expect([isKept, kept]).toEqual([true, fresh]);
      expect(JSON.parse(kept).counts).toMatchObject({ red: 2 - before, recentlyContacted: before + 1 });
    }
  });

  it("is not the one of a night that ran late, which has not read who was called on the morning after its day", async () => {
    const fixture = await aTenantAfterANight();
    const tenant: Tenant = { ...fixture.testTenant.tenant, codeRed: { excludeActivityDays: 30 } };
    await saveActivity(fixture, "c", "2026-11-13");
    await fixture.nightly("2026-11-12", { mayRewind: true, now: MORNING });
    const { kept, fresh, isKept } = await bothLists(fixture, tenant, "2026-11-12");
    expect([isKept, kept]).toEqual([false, fresh]);
    expect(JSON.parse(kept).counts).toMatchObject({ recentlyContacted: 1 });
  });

  it("is not used for other settings, another day, or a catalog that has changed since", async () => {
    const fixture = await aTenantAfterANight();
    const { tenant, store } = fixture.testTenant;
    const others: readonly (readonly [Tenant, string])[] = [
      [{ ...tenant, codeRed: { percent: 90 } }, ASOF],
      [{ ...tenant, closures: [{ from: "10-01", to: "10-31" }] }, ASOF],
      [tenant, "2026-11-14"],
    ];
    for (const [other, asOf] of others) {
      const { kept, fresh, isKept } = await bothLists(fixture, other, asOf);
      expect(isKept).toBe(false);
      expect(kept).toBe(fresh);
    }
    const [item0, item1] = [itemIdSchema.parse("item0"), itemIdSchema.parse("item1")];
    await store.imports.saveLinks([{ itemId: item0, linkedItemId: item1, ratio: 1, linkedRatio: 2 }]);
    const { kept, fresh, isKept } = await bothLists(fixture);
    expect([isKept, kept]).toEqual([false, fresh]);
  });

  it("is written again only where it differs, and forgets the changes that it holds", async () => {
    const fixture = await aTenantAfterANight();
    const { testTenant } = fixture;
    expect([...(await testTenant.store.nightly.callList.changed()).keys()]).toEqual([]);
    expect(await testTenant.writesOf(() => fixture.nightly(ASOF))).toBe(0);
    await fixture.sales("a", [{ on: "2026-10-20", orderId: "late", lines: [{ netMinor: 90_000 }] }]);
    expect([...(await testTenant.store.nightly.callList.changed()).keys()]).toEqual(["a"]);
    await fixture.nightly(ASOF);
    expect([...(await testTenant.store.nightly.callList.changed()).keys()]).toEqual([]);
    const { kept, fresh, isKept } = await bothLists(fixture);
    expect([isKept, kept]).toEqual([true, fresh]);
  });

  it("keeps naming a customer whose data cannot be read, until it can", async () => {
    const fixture = await aTenantAfterANight();
    const { testTenant } = fixture;
    const key = testTenant.keys.snapshotPart(idOf("b"), { part: "year", letter: "H", year: 2026 });
    const chunk = await testTenant.item(key);
    await testTenant.operations.put({ ...key, ...chunk, v: new Uint8Array([1, 2, 3]) });
    await fixture.nightly(ASOF);
    const broken = await bothLists(fixture);
    expect(broken).toMatchObject({ isKept: true, kept: broken.fresh });
    expect(JSON.parse(broken.kept).setAside).toMatchObject([{ customerId: "b" }]);
    for (const shard of testTenant.store.shards) await testTenant.store.verify(shard);
    const mended = await bothLists(fixture);
    expect(mended).toMatchObject({ isKept: true, kept: mended.fresh });
    expect(JSON.parse(mended.kept).setAside).toEqual([]);
  });

  it("equals the computed one after any changes", async () => {
    const change = fc.oneof(
      fc.record({
        what: fc.constant("order" as const),
        customer: fc.constantFrom("a", "b", "c", "d"),
        back: fc.integer({ min: 0, max: 700 }),
        netMinor: fc.integer({ min: -20_000, max: 90_000 }),
        item: fc.constantFrom("item0", "item1", "item2"),
      }),
      fc.record({ what: fc.constant("profile" as const), customer: fc.constantFrom("a", "b"), name: fc.string() }),
      fc.record({ what: fc.constant("rebuild" as const) }),
      fc.record({ what: fc.constant("night" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const fixture = await aTenantAfterANight(["a", "b"]);
        const { store } = fixture.testTenant;
        for (const [i, one] of changes.entries()) {
          if (one.what === "order")
            await fixture.sales(one.customer, [
              {
                on: addDays(day(ASOF), -one.back),
                orderId: `o${i}`,
                type: one.netMinor < 0 ? "credit" : "sale",
                lines: [{ itemId: one.item, netMinor: one.netMinor, quantity: one.netMinor < 0 ? -1 : 3 }],
              },
            ]);
          else if (one.what === "profile")
            await store.imports.saveCustomers([{ customerId: idOf(one.customer), name: one.name }]);
          else if (one.what === "night") await fixture.nightly(ASOF);
          else for (const shard of store.shards) await store.rebuild(shard);
        }
        const { kept, fresh, isKept } = await bothLists(fixture);
        expect([isKept, kept]).toEqual([true, fresh]);
      }),
      { numRuns: 8 },
    );
  });
});
