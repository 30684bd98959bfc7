import * as fc from "fast-check";
import { builtInInsights } from "@regulars/core/insights/catalog";
import { findingId } from "@regulars/core/insights/finding";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { memoByKey } from "@regulars/core/platform/memo";
import { addDays } from "@regulars/core/platform/period";
import { type UserId, day, itemIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { describe, expect, it } from "vitest";
import { copyOf, pasteTo } from "../../../test/fixtures/copied-tenant.ts";
import { type InsightTenant, aManager, aRep, anInsightTenant, idOf } from "../../../test/fixtures/insight-tenant.ts";
import { indexesCaughtUp } from "../../../test/fixtures/unkind-table.ts";
import { forYou } from "./for-you.ts";
import { forYouJson } from "./for-you-json.ts";
import { listFindings } from "./list-findings.ts";
import type { FindingFilter } from "./list-input.ts";
import { readWorklists } from "./worklists.ts";

const ASOF = day("2026-09-20");
const NIGHT = { catalog: builtInInsights };
const MORNING = toInstant(Date.parse("2026-09-21T05:00:00Z"));
const users = [
  aRep("anna", { teamId: "north", territoryId: "skane" }),
  aRep("bob"),
  aManager("mia", { teamId: "north" }),
];
const SCOPES = [{ repId: userIdSchema.parse("anna") }, { repId: userIdSchema.parse("bob") }, { teamId: "north" }, {}];

const [anna, bob] = [userIdSchema.parse("anna"), userIdSchema.parse("bob")];
/** What is asked of the stored findings. */
const QUESTIONS: readonly (FindingFilter & { readonly reps?: readonly UserId[] })[] = [
  {},
  { reps: [anna] },
  { reps: [bob], withCarried: true },
  { repId: anna },
  { repId: bob, kind: "churn-risk" },
  { customerId: idOf("c1") },
];

/** Every list as the night has left it and as it is evaluated from the histories; and whether the first read any. */
async function bothLists(fixture: InsightTenant, tenant: Tenant = fixture.testTenant.tenant, now = MORNING) {
  // Customers and findings of a rep are listed from an index, which shows a change soon.
  await indexesCaughtUp();
  const { store } = fixture.testTenant.another();
  let read = 0;
  const counting: NightlyStore = {
    ...store.nightly,
    snapshots: (...given) => ((read += 1), store.nightly.snapshots(...given)),
    snapshotOf: (...given) => ((read += 1), store.nightly.snapshotOf(...given)),
  };
  const fresh: NightlyStore = {
    ...store.nightly,
    findingLists: { ...store.nightly.findingLists, read: () => Promise.resolve(undefined) },
  };
  const listsOf = async (nightly: NightlyStore, stored = nightly): Promise<string> => {
    const input = { tenant, catalog: builtInInsights, store: nightly, now };
    const pages = await Promise.all(SCOPES.map((scopeFilter) => forYou({ ...input, scopeFilter })));
    const shown = pages.map((page) => (page.ok ? forYouJson(page.value) : page.reason));
    const worklists = await readWorklists(input);
    const found = await Promise.all(
      QUESTIONS.map(async ({ reps, ...filter }) => {
        const list = await listFindings({ ...input, store: stored, filter, reps: reps && new Set(reps) });
        return list.ok ? [list.value.asOf, list.value.findings, list.value.customersSetAside] : list.reason;
      }),
    );
    return JSON.stringify({ shown, found, all: worklists?.all, own: users.map((user) => worklists?.ofUser(user)) });
  };
  return { kept: await listsOf(counting, store.nightly), read, fresh: await listsOf(fresh) };
}

const afterNight = memoByKey(async (customers: number) => {
  const fixture = anInsightTenant();
  const { store } = fixture.testTenant;
  await store.imports.saveUsers(users);
  await fixture.customers({ c0: "anna", c1: "anna", c2: "bob", c3: "bob", c4: "nobody", c5: "anna" });
  for (let i = 0; i < customers; i += 1) {
    await fixture.sales(
      `c${i}`,
      Array.from({ length: 20 }, (_, n) => ({
        on: addDays(ASOF, -45 - 13 * i - 20 * n - (n % 3)),
        lines: [
          { itemId: "staple", netMinor: 9000 + 100 * i, quantity: 4 },
          ...(n > 3 ? [{ itemId: `given-up-${i % 2}`, netMinor: 4000, quantity: 2 }] : []),
        ],
      })),
    );
    if (i % 2 === 0) await fixture.invoice(`c${i}`, `inv-${i}`, addDays(ASOF, -40 - i));
  }
  await fixture.nightly(ASOF, NIGHT);
  return copyOf(fixture.testTenant.tenant);
});

/** Customers that buy every 20 days and then stop, some with an invoice overdue and an item that they gave up. */
async function aTenantAfterANight(customers = 6): Promise<InsightTenant> {
  const fixture = anInsightTenant();
  pasteTo(fixture.testTenant.tenant, await afterNight(customers));
  return fixture;
}

async function dismiss({ testTenant: { store } }: InsightTenant, nth: number, isBack: boolean): Promise<void> {
  const found = [];
  for (const rep of ["anna", "bob", undefined])
    for await (const one of store.nightly.ofRep(rep === undefined ? undefined : userIdSchema.parse(rep)))
      found.push(one);
  found.sort((a, b) => (findingId(a) < findingId(b) ? -1 : 1));
  const finding = found[nth % Math.max(1, found.length)];
  if (finding === undefined) return;
  const { kind, subject, episode, dismissal: _before, ...rest } = finding;
  const dismissal = { kind, subject, episode, at: MORNING, until: addDays(ASOF, 9) };
  if (isBack) await store.review.saveDismissal({ kind, subject, episode, ...rest, state: "open" }, undefined);
  else await store.review.saveDismissal({ ...finding, state: "dismissed", dismissal }, dismissal);
}

const staple = itemIdSchema.parse("staple");

describe("FY01: the lists that a nightly run leaves", () => {
  it("are read without any history, and equal those that are evaluated from them", async () => {
    const fixture = await aTenantAfterANight();
    const { kept, fresh, read } = await bothLists(fixture);
    expect([read, kept === fresh]).toEqual([0, true]);
    expect(JSON.parse(kept).all.ranked.length).toBeGreaterThan(3);
  });

  it("have the findings that are listed, of whoever has not changed themselves", async () => {
    const fixture = await aTenantAfterANight();
    const { tenant, another, store } = fixture.testTenant;
    const readBy = async (question: FindingFilter & { readonly reps?: ReadonlySet<UserId> }) => {
      const { nightly } = another().store;
      const read: string[] = [];
      const counting: NightlyStore = {
        ...nightly,
        ofRep: (...given) => (read.push(`rep ${given[0] ?? ""}`), nightly.ofRep(...given)),
        snapshotOf: (...given) => (read.push(given[0]), nightly.snapshotOf(...given)),
      };
      const { reps, ...filter } = question;
      const list = await listFindings({
        tenant,
        catalog: builtInInsights,
        store: counting,
        filter,
        reps,
        now: MORNING,
      });
      return { read: read.toSorted(), found: list.ok ? list.value.findings.length : 0 };
    };
    const { read, found } = await readBy({ reps: new Set([anna]) });
    expect([read, found > 3]).toEqual([[], true]);
    // An order clears a finding of For You; the night's findings are listed until the next.
    await fixture.sales("c0", [{ on: "2026-09-21", orderId: "live", lines: [{ itemId: "staple", netMinor: 9000 }] }]);
    expect(await readBy({ reps: new Set([anna]) })).toEqual({ read: [], found });
    await store.imports.saveCustomers([{ customerId: idOf("c1"), name: "C1", repId: bob }]);
    expect((await readBy({ reps: new Set([anna]) })).read).toEqual(["c1"]);
    expect((await readBy({ repId: bob })).read).toEqual(["c1"]);
  });

  it("clear what was settled since, for nobody but the customer's own", async () => {
    const fixture = await aTenantAfterANight();
    const changes = [
      () => fixture.sales("c0", [{ on: "2026-09-21", orderId: "live", lines: [{ itemId: "staple", netMinor: 9000 }] }]),
      () => fixture.payment("inv-2", "2026-09-21"),
      () => dismiss(fixture, 4, false),
      () => dismiss(fixture, 4, true),
    ];
    let before = (await bothLists(fixture)).kept;
    for (const [i, change] of changes.entries()) {
      await change();
      const { kept, fresh, read } = await bothLists(fixture);
      expect([i, kept === fresh, kept === before]).toEqual([i, true, false]);
      // One customer more has changed each time, and is in the lists of their owner, of the team and of all.
      expect(read).toBeLessThanOrEqual(4 * SCOPES.length);
      before = kept;
    }
  });

  it("move with a customer to another rep at once", async () => {
    const fixture = await aTenantAfterANight();
    const { store } = fixture.testTenant;
    await store.imports.saveCustomers([{ customerId: idOf("c1"), name: "C1", repId: userIdSchema.parse("bob") }]);
    const { kept, fresh } = await bothLists(fixture);
    expect(kept === fresh).toBe(true);
    const [annas, bobs] = JSON.parse(kept).shown.map((page: unknown) => JSON.stringify(page).includes('"c1"'));
    expect([annas, bobs]).toEqual([false, true]);
  });

  it("are evaluated anew with other settings, users, items or links, on another day, and when a customer cannot be read", async () => {
    const fixture = await aTenantAfterANight();
    const { tenant, store } = fixture.testTenant;
    const others: readonly (readonly [Tenant, string])[] = [
      [{ ...tenant, closures: [{ from: "09-01", to: "09-10" }] }, MORNING],
      [{ ...tenant, insights: { "overdue-payments": { graceDays: 60 } } }, MORNING],
      [tenant, "2026-09-22T05:00:00Z"],
    ];
    for (const [other, now] of others) {
      const { kept, fresh, read } = await bothLists(fixture, other, toInstant(Date.parse(now)));
      expect([read > 0, kept === fresh]).toEqual([true, true]);
    }
    const changes = [
      () => store.imports.saveItems([{ itemId: staple, name: "Staple", discontinuedOn: day("2026-09-01") }]),
      () => store.imports.saveUsers([{ ...aRep("nobody"), territoryId: "skane" }]),
    ];
    for (const change of changes) {
      await change();
      const { kept, fresh, read } = await bothLists(fixture);
      expect([read > 0, kept === fresh]).toEqual([true, true]);
      // A store reads items and users once.
      await fixture.nightly(ASOF, { ...NIGHT, store: fixture.testTenant.another().store.nightly });
      expect((await bothLists(fixture)).read).toBe(0);
    }
    const key = fixture.testTenant.keys.snapshotPart(idOf("c2"), { part: "year", letter: "H", year: 2026 });
    await fixture.testTenant.operations.put({
      ...key,
      ...(await fixture.testTenant.item(key)),
      v: new Uint8Array([1]),
    });
    await fixture.nightly(ASOF, NIGHT);
    const broken = await bothLists(fixture);
    expect([broken.read > 0, broken.kept === broken.fresh]).toEqual([true, true]);
  });

  it("are written once a day: a second run of the day writes nothing", async () => {
    const fixture = await aTenantAfterANight();
    expect(await fixture.testTenant.writesOf(() => fixture.nightly(ASOF, NIGHT))).toBe(0);
  });

  it("equal what is evaluated, after any changes", async () => {
    const customer = fc.integer({ min: 0, max: 6 });
    const change = fc.oneof(
      fc.record({
        what: fc.constant("order" as const),
        customer,
        back: fc.integer({ min: -20, max: 300 }),
        netMinor: fc.integer({ min: -20_000, max: 90_000 }),
        item: fc.constantFrom("staple", "given-up-0", "given-up-1", "other"),
      }),
      fc.record({ what: fc.constant("invoice" as const), customer, back: fc.integer({ min: -5, max: 90 }) }),
      fc.record({ what: fc.constant("payment" as const), customer, back: fc.integer({ min: -1, max: 50 }) }),
      fc.record({
        what: fc.constant("profile" as const),
        customer,
        repId: fc.constantFrom("anna", "bob", "gone"),
        creditHold: fc.boolean(),
      }),
      fc.record({ what: fc.constant("dismiss" as const), nth: fc.nat(20), isBack: fc.boolean() }),
      fc.record({
        what: fc.constant("item" as const),
        item: fc.constantFrom("staple", "given-up-0"),
        ended: fc.boolean(),
      }),
      fc.record({ what: fc.constant("user" as const), userId: fc.constantFrom("gone", "nobody") }),
      fc.record({ what: fc.constant("rebuild" as const) }),
      fc.record({ what: fc.constant("night" as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const fixture = await aTenantAfterANight(4);
        const { store } = fixture.testTenant;
        for (const [i, one] of changes.entries()) {
          if (one.what === "order")
            await fixture.sales(`c${one.customer}`, [
              {
                on: addDays(ASOF, -one.back),
                orderId: `o${i}`,
                type: one.netMinor < 0 ? "credit" : "sale",
                lines: [{ itemId: one.item, netMinor: one.netMinor, quantity: one.netMinor < 0 ? -1 : 3 }],
              },
            ]);
          else if (one.what === "invoice")
            await fixture.invoice(`c${one.customer}`, `new-${i}`, addDays(ASOF, -one.back));
          else if (one.what === "payment") await fixture.payment(`inv-${one.customer}`, addDays(ASOF, -one.back));
          else if (one.what === "profile")
            await store.imports.saveCustomers([
              {
                customerId: idOf(`c${one.customer}`),
                name: "Changed",
                repId: userIdSchema.parse(one.repId),
                creditHold: one.creditHold,
              },
            ]);
          else if (one.what === "dismiss") await dismiss(fixture, one.nth, one.isBack);
          else if (one.what === "item")
            await store.imports.saveItems([
              {
                itemId: itemIdSchema.parse(one.item),
                name: one.item,
                ...(one.ended ? { discontinuedOn: day("2026-08-01") } : {}),
              },
            ]);
          else if (one.what === "user") await store.imports.saveUsers([aRep(one.userId)]);
          else if (one.what === "night") await fixture.nightly(ASOF, NIGHT);
          else for (const shard of store.shards) await store.rebuild(shard);
        }
        const { kept, fresh } = await bothLists(fixture);
        expect(kept === fresh).toBe(true);
      }),
      { numRuns: 6 },
    );
  });
});
