import { beforeEach, describe, expect, it } from "vitest";
import { aRep, anInsightTenant, idOf, type InsightTenant } from "../../../test/fixtures/insight-tenant.ts";
import type { Activity } from "@regulars/core/customers/activity";
import type { CodeRedSettings } from "@regulars/core/code-red/settings";
import type { IgnoreTarget } from "@regulars/core/code-red/ignore";
import { type OrderInput, aReceivable } from "@regulars/core/testing";
import { scopeOf } from "@regulars/core/customers/visible-customers";
import { addDays } from "@regulars/core/platform/period";
import { activityIdSchema, day, itemIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { ignoreRow } from "./ignore-row.ts";
import { type CodeRedFilter, type CodeRedList, listCodeRed } from "./list-code-red.ts";
import { readCodeRedCustomer } from "./read-customer.ts";

const ASOF = "2026-11-15";
const HOUR_MS = 3_600_000;
let fixture: InsightTenant;

const anna = aRep("anna", { teamId: "north", territoryId: "t1" });
const bob = aRep("bob", { teamId: "south", territoryId: "t2" });
const boss = { ...aRep("boss"), role: "admin" as const };

beforeEach(async () => {
  fixture = anInsightTenant();
  await fixture.testTenant.store.imports.saveUsers([anna, bob, boss]);
});

/** A weekly order of this value from one day to another. */
function weekly(from: string, to: string, netMinor: number, itemId = "item"): OrderInput[] {
  const orders: OrderInput[] = [];
  for (let on = day(from); on <= day(to); on = addDays(on, 7)) orders.push({ on, lines: [{ itemId, netMinor }] });
  return orders;
}

const steady = (netMinor = 10_000) => weekly("2025-08-04", "2026-11-15", netMinor);
const fallen = (netMinor = 5000) => [
  ...weekly("2025-08-04", "2026-07-31", 10_000),
  ...weekly("2026-08-03", ASOF, netMinor),
];

const saveCustomer = (customerId: string, owner: Record<string, string> = {}) =>
  fixture.testTenant.store.imports.saveCustomers([
    { customerId: idOf(customerId), name: customerId.toUpperCase(), ...ownerOf(owner) },
  ]);

const ownerOf = ({ repId, assignedUserId, ...rest }: Record<string, string>) => ({
  ...rest,
  ...(repId === undefined ? {} : { repId: userIdSchema.parse(repId) }),
  ...(assignedUserId === undefined ? {} : { assignedUserId: userIdSchema.parse(assignedUserId) }),
});

const saveActivity = (customer: string, on: string, given: Partial<Activity> = {}) =>
  fixture.testTenant.store.imports.saveActivities([
    {
      activityId: activityIdSchema.parse(`${customer} ${on}`),
      customerId: idOf(customer),
      type: "call",
      direction: "out",
      occurredAt: toInstant(Date.parse(`${on}T10:00:00Z`)),
      occurredOn: day(on),
      completed: true,
      ...given,
    },
  ]);

interface Question {
  readonly asOf?: string;
  readonly now?: string;
  readonly filter?: CodeRedFilter;
  readonly settings?: Partial<CodeRedSettings>;
  readonly as?: typeof anna | typeof boss;
  readonly ignoreCustomerDays?: number;
}

async function list({
  asOf = ASOF,
  now,
  filter = {},
  settings,
  as = boss,
  ...view
}: Question = {}): Promise<CodeRedList> {
  const { tenant, store } = fixture.testTenant;
  const read = await listCodeRed({
    tenant,
    store: store.nightly,
    codeRed: store.codeRed,
    scope: scopeOf({ type: "user", user: as }, await store.nightly.users()),
    filter,
    view,
    settings,
    asOf: day(asOf),
    now: toInstant(Date.parse(now ?? asOf) + 29 * HOUR_MS),
  });
  if (!read.ok) throw new Error(read.message);
  return read.value;
}

const ids = async (question: Question = {}): Promise<string[]> =>
  (await list(question)).rows.map(({ customerId }) => customerId);

async function ignore(customerId: string, on: string, target: IgnoreTarget = { type: "customer" }, days?: number) {
  const { tenant, store } = fixture.testTenant;
  const stamp = await ignoreRow({
    tenant,
    store: store.nightly,
    codeRed: store.codeRed,
    scope: scopeOf({ type: "user", user: boss }, await store.nightly.users()),
    customerId: idOf(customerId),
    target,
    days,
    by: boss.userId,
    note: "seasonal",
    now: toInstant(Date.parse(on) + 10 * HOUR_MS),
  });
  if (!stamp.ok) throw new Error(stamp.message);
  return stamp.value;
}

describe("the call list", () => {
  it("CR01, CR03: has customers with changed habits first, by what was lost beyond the market", async () => {
    await fixture.sales("same", steady());
    await fixture.sales("half", fallen());
    await fixture.sales("gone", fallen(500));
    const { rows, counts } = await list();
    expect(rows.map(({ customerId, isRed, isConfirmed }) => [customerId, isRed, isConfirmed])).toEqual([
      ["gone", true, true],
      ["half", true, true],
      ["same", false, false],
    ]);
    expect(counts).toEqual({ customers: 3, red: 2, confirmed: 2, ignored: 0, recentlyContacted: 0 });
    expect((await list({ filter: { onlyConfirmed: true } })).counts).toEqual(counts);
  });

  it("CR27: shows only customers with a red light, and not one whose only red row is ignored", async () => {
    const withRye = [...steady(), ...weekly("2026-05-05", "2026-07-31", 1000, "rye")];
    await fixture.sales("same", steady());
    await fixture.sales("rye", withRye);
    // The value is green at 90 percent; only the item is red.
    const question = { filter: { onlyRed: true }, settings: { percent: 50 } };
    expect(await ids(question)).toEqual(["rye"]);
    await ignore("rye", "2026-11-16", { type: "item", itemId: itemIdSchema.parse("rye") });
    expect(await ids(question)).toEqual([]);
  });

  it("CR13: turns the items' light off when the item is ignored, and keeps the row with its stamp", async () => {
    await fixture.sales("rye", [...steady(), ...weekly("2026-05-05", "2026-07-31", 1000, "rye")]);
    const target = { type: "item", itemId: itemIdSchema.parse("rye") } as const;
    await ignore("rye", "2026-11-16", target);
    const [row] = (await list({ now: "2026-11-16" })).rows;
    expect(row?.lights.items).toBe("green");
    expect(row?.items.find(({ itemId }) => itemId === "rye")?.ignored).toMatchObject({ by: "boss", note: "seasonal" });
  });

  /** Which of three customers a filter finds: they have each a rep, a user, a team or a territory of their own. */
  async function foundBy(filter: CodeRedFilter): Promise<string[]> {
    for (const id of ["a", "b", "c"]) await fixture.sales(id, fallen());
    await saveCustomer("a", { repId: "anna", assignedUserId: "bob" });
    await saveCustomer("b", { repId: "bob", assignedUserId: "bob" });
    await saveCustomer("c", { territoryId: "t9", teamId: "west" });
    return (await ids({ filter })).toSorted();
  }

  it("CR15: filters by assigned user, and by all filters together", async () => {
    expect(await foundBy({ assignedUserIds: ["bob"] })).toEqual(["a", "b"]);
    expect(await ids({ filter: { assignedUserIds: ["bob"], teamIds: ["south"] } })).toEqual(["b"]);
  });

  it("CR16: filters by rep, any of them", async () => {
    expect(await foundBy({ repIds: ["anna", "bob"] })).toEqual(["a", "b"]);
  });

  it("CR17: filters by team, any of them", async () => {
    expect(await foundBy({ teamIds: ["north", "west"] })).toEqual(["a", "c"]);
  });

  it("CR18: filters by territory", async () => {
    expect(await foundBy({ territoryIds: ["t2"] })).toEqual(["b"]);
  });

  it("CR19: leaves out a customer with a completed activity in the last days, and counts them", async () => {
    await fixture.sales("called", fallen());
    await fixture.sales("quiet", fallen());
    await saveActivity("called", "2026-10-25");
    expect(await ids({ settings: { excludeActivityDays: 22 } })).toEqual(["called", "quiet"]);
    const { rows, counts } = await list({ settings: { excludeActivityDays: 23 } });
    expect(rows.map(({ customerId }) => customerId)).toEqual(["quiet"]);
    expect(counts.recentlyContacted).toBe(1);
  });

  it("scenario 9: takes neither a newsletter to all customers nor a program's task nor a planned call for a contact", async () => {
    for (const id of ["a", "b", "c", "d"]) await fixture.sales(id, fallen());
    await saveActivity("a", "2026-11-15", { type: "email", mass: true });
    await saveActivity("b", "2026-11-15", { type: "email", attendees: 500 });
    await saveActivity("c", "2026-11-14", { type: "task", automatic: true });
    await saveActivity("d", "2026-11-15", { completed: false });
    const question = { settings: { excludeActivityDays: 30 } };
    expect(await ids(question)).toEqual(["a", "b", "c", "d"]);
    await saveActivity("a", "2026-11-01");
    expect(await ids(question)).toEqual(["b", "c", "d"]);
  });

  it("CR19, CR21, CR22: leaves out who was called, ordered or got an invoice this morning, and not by a credit memo", async () => {
    for (const id of ["called", "credited", "invoiced", "ordered"]) await fixture.sales(id, fallen(500));
    const today = "2026-11-16";
    await saveActivity("called", today);
    await fixture.sales("ordered", [{ on: today, lines: [{ netMinor: 90_000 }] }]);
    const { imports } = fixture.testTenant.store;
    const memo = { customerId: "credited", type: "credit" } as const;
    await imports.saveInvoices(
      [
        aReceivable({ invoiceId: "bill", customerId: "invoiced", invoicedOn: today }),
        aReceivable({ ...memo, invoicedOn: today }),
        aReceivable({ ...memo, invoicedOn: "2026-11-10" }),
      ].map(({ payments: _payments, ...invoice }) => ({ invoice })),
    );
    const all = ["called", "credited", "invoiced", "ordered"];
    const left = async (settings: Partial<CodeRedSettings>) => (await ids({ settings })).toSorted();
    expect(await left({})).toEqual(all);
    expect(await left({ excludeActivityDays: 1 })).toEqual(all.filter((id) => id !== "called"));
    expect(await left({ excludeInvoiceDays: 30 })).toEqual(all.filter((id) => id !== "invoiced"));
    expect(await left({ excludeOrderDays: 1 })).toEqual(all.filter((id) => id !== "ordered"));
    // What was ordered this morning changes no light of yesterday's list.
    expect((await list()).counts).toMatchObject({ red: 4, confirmed: 4 });
  });

  it("CR20, CR21: leaves out a customer with a quote or an order in the last days", async () => {
    await fixture.sales("a", fallen());
    await fixture.sales("q", [...fallen(), { on: "2026-11-01", orderId: "quote", status: "quote" }]);
    expect(await ids({ settings: { excludeQuoteDays: 15 } })).toEqual(["a", "q"]);
    expect(await ids({ settings: { excludeQuoteDays: 16 } })).toEqual(["a"]);
    expect(await ids({ settings: { excludeOrderDays: 30 } })).toEqual([]);
  });

  it("CR23, CR24: hides an ignored customer for 180 days, and shows it on the last one", async () => {
    await fixture.sales("a", fallen());
    const stamp = await ignore("a", "2026-11-16");
    expect(stamp).toMatchObject({ on: "2026-11-16", days: 180, by: "boss", lost: { months: 3 } });
    expect(await ids({ asOf: "2026-11-16", now: "2026-11-17" })).toEqual([]);
    expect(await ids({ asOf: "2026-11-16", now: "2026-11-17", filter: { showIgnored: true } })).toEqual(["a"]);
    expect(await ids({ asOf: "2026-11-16", now: "2026-11-17", ignoreCustomerDays: 1 })).toEqual(["a"]);
    await ignore("a", "2026-11-17", { type: "customer" }, 0);
    expect(await ids({ asOf: "2026-11-16", now: "2026-11-17" })).toEqual(["a"]);
  });

  it("scenario 10: shows a customer again who was ignored for 180 days and has lost more than twice as much on day 40", async () => {
    await fixture.sales("steady", steady(100_000));
    const months = { "05": 33_400, "06": 33_300, "07": 33_300, "08": 33_400, "09": 23_300, "10": 23_300 };
    const bought = Object.entries(months).map(([month, netMinor]) => ({
      on: `2026-${month}-01`,
      lines: [{ netMinor }],
    }));
    const credit = { on: "2026-11-20", type: "credit", lines: [{ quantity: -1, netMinor: -36_600 }] } as const;
    await fixture.sales("a", [...bought, credit]);
    // May to July 1,000.00, August to October 800.00.
    expect(await ignore("a", "2026-11-16")).toMatchObject({ days: 180, lost: { months: 3, lostMinor: 20_000 } });
    const rowOn = async (asOf: string, settings: Partial<CodeRedSettings> = {}) =>
      (await list({ asOf, settings })).rows.find(({ customerId }) => customerId === "a");
    expect(await rowOn("2026-11-25")).toBeUndefined();
    // June to August 1,000.00, September to November 100.00; back with who had ignored it and why.
    const back = await rowOn("2026-12-25");
    expect(back).toMatchObject({ isBackEarly: true, lostMinor: 90_000, ignored: { by: "boss", note: "seasonal" } });
    expect(await rowOn("2026-12-25", { untilWorse: false })).toBeUndefined();
  });

  it("CR23: shows a customer again who was ignored while no column was red, once one has lost twice as much", async () => {
    await fixture.sales("steady", steady(100_000));
    const months = { "05": 33_400, "06": 33_300, "07": 33_300, "08": 30_000, "09": 30_000, "10": 30_000 };
    const bought = Object.entries(months).map(([month, netMinor]) => ({
      on: `2026-${month}-01`,
      lines: [{ netMinor }],
    }));
    await fixture.sales("a", bought);
    const stamp = await ignore("a", "2026-11-16");
    expect(stamp.lost).toBeUndefined();
    expect(stamp.lostUnred).toContainEqual({ months: 3, lostMinor: 10_000 });
    const rowOn = async (asOf: string) => (await list({ asOf })).rows.find(({ customerId }) => customerId === "a");
    expect(await rowOn("2026-11-20")).toBeUndefined();
    // June to August 966.00, September to November 600.00.
    expect(await rowOn("2026-12-05")).toMatchObject({ isRed: true, isBackEarly: true, ignored: { by: "boss" } });
  });

  it("CR25: hides an item that was ignored while it was not red until it is, and not when it has grown", async () => {
    const item = itemIdSchema.parse("rye");
    const bought = (on: string, quantity: number): OrderInput => ({ on, lines: [{ itemId: "rye", quantity }] });
    const days = ["2026-05-04", "2026-06-04", "2026-07-06", "2026-07-20", "2026-08-03", "2026-09-03"];
    const grown = [bought("2026-09-05", 20), bought("2026-10-05", 20), bought("2026-10-06", 20)];
    await fixture.sales("a", [...days.map((on) => bought(on, 10)), ...grown]);
    const light = async (asOf: string) => {
      const [row] = (await list({ asOf, filter: { showIgnored: true } })).rows;
      const found = row?.items.find(({ itemId }) => itemId === "rye");
      return [row?.lights.items, found?.ignored !== undefined, found?.isBackEarly === true];
    };
    expect(await light(ASOF)).toEqual(["green", false, false]);
    // 40 from May to July, 80 from August to October.
    expect((await ignore("a", "2026-11-16", { type: "item", itemId: item })).offUnits).toBeUndefined();
    expect(await light("2026-11-16")).toEqual(["green", true, false]);
    // 80, then none: a fall of less than twice what it had grown.
    expect(await light("2027-01-31")).toEqual(["red", false, true]);
  });

  it("CR25: hides an ignored link for its days, and shows it earlier when it is twice as far off", async () => {
    const [gun, bullet] = [itemIdSchema.parse("gun"), itemIdSchema.parse("bullet")];
    const guns = (on: string, count: number, bullets: number): OrderInput => ({
      on,
      lines: [{ itemId: "gun", quantity: count }, ...(bullets === 0 ? [] : [{ itemId: "bullet", quantity: bullets }])],
    });
    await fixture.sales("a", [{ on: "2025-01-05", lines: [{ itemId: "oil" }] }, guns("2026-09-10", 3, 48)]);
    await fixture.testTenant.store.imports.saveLinks([
      { itemId: gun, linkedItemId: bullet, ratio: 1, linkedRatio: 24 },
    ]);
    const light = async (asOf: string, settings: Partial<CodeRedSettings> = {}) => {
      const { rows } = await list({ asOf, filter: { showIgnored: true }, settings });
      return [rows[0]?.lights.links, rows[0]?.links[0]?.isBackEarly === true];
    };
    expect(await light(ASOF)).toEqual(["red", false]);
    const target = { type: "link", itemId: gun, linkedItemId: bullet } as const;
    expect(await ignore("a", "2026-11-16", target, 30)).toMatchObject({ by: "boss", note: "seasonal", offUnits: 24 });
    expect(await light("2026-12-14")).toEqual(["green", false]);
    expect(await light("2026-12-15")).toEqual(["red", false]);
    await fixture.sales("a", [guns("2026-11-20", 1, 1)]);
    expect(await light("2026-12-05")).toEqual(["green", false]);
    await fixture.sales("a", [guns("2026-11-21", 1, 23)]);
    await fixture.sales("a", [guns("2026-11-22", 1, 0)]);
    expect(await light("2026-12-05")).toEqual(["red", true]);
    expect(await light("2026-12-05", { untilWorse: false })).toEqual(["green", false]);
    expect(await light(ASOF)).toEqual(["green", false]);
    await ignore("a", "2026-12-06", target, 0);
    expect(await light("2026-12-05")).toEqual(["red", false]);
  });

  it("CR25: hides an ignored item for its days, and shows it earlier when it has fallen twice as far", async () => {
    const item = itemIdSchema.parse("rye");
    const bought = (on: string, quantity: number): OrderInput => ({ on, lines: [{ itemId: "rye", quantity }] });
    const days = ["2026-05-04", "2026-06-04", "2026-07-06", "2026-07-20", "2026-08-03", "2026-09-03"];
    const last = [bought("2026-09-05", 6), bought("2026-10-05", 4)];
    await fixture.sales("a", [...days.map((on) => bought(on, 10)), ...last]);
    const light = async (asOf: string) => {
      const [row] = (await list({ asOf, filter: { showIgnored: true }, settings: { itemMonths: 3 } })).rows;
      return [row?.lights.items, row?.items.find(({ itemId }) => itemId === "rye")?.isBackEarly === true];
    };
    // 40 from May to July, 30 from August to October, then none.
    expect(await light(ASOF)).toEqual(["red", false]);
    expect(await ignore("a", "2026-11-16", { type: "item", itemId: item })).toMatchObject({ days: 180, offUnits: 10 });
    expect(await light("2026-11-16")).toEqual(["green", false]);
    expect(await light("2027-01-31")).toEqual(["red", true]);
  });

  it("BX02: scenario 13, shows a past day byte for byte as it was shown then, after five ignores since", async () => {
    const customers = ["a", "b", "c", "d", "e"];
    for (const [i, id] of customers.entries()) await fixture.sales(id, fallen(4000 + 100 * i));
    const shown = async (now: string): Promise<string> => {
      const { compared: _, ...answer } = await list({ now });
      return JSON.stringify(answer);
    };
    const then = await shown("2026-11-15");
    for (const id of customers) await ignore(id, "2026-11-17");
    expect(await shown("2026-11-20")).toBe(then);
    expect(await ids({ asOf: "2026-11-17", now: "2026-11-20" })).toEqual([]);
  });

  it("scenario 14: shows a customer to its rep of today, also for past days, and no more to the one before", async () => {
    await fixture.sales("a", fallen());
    await saveCustomer("a", { repId: "anna" });
    expect([await ids({ as: anna }), await ids({ as: bob })]).toEqual([["a"], []]);
    await saveCustomer("a", { repId: "bob" });
    expect([await ids({ as: anna }), await ids({ as: bob })]).toEqual([[], ["a"]]);
  });
});

describe("a customer of the call list", () => {
  it("CR10: opens with its items and links", async () => {
    const { tenant, store } = fixture.testTenant;
    const [gun, bullet] = [itemIdSchema.parse("gun"), itemIdSchema.parse("bullet")];
    await fixture.sales("a", [
      { on: "2026-01-05", lines: [{ itemId: "gun" }] },
      {
        on: "2026-09-05",
        lines: [
          { itemId: "gun", quantity: 3 },
          { itemId: "bullet", quantity: 57 },
        ],
      },
    ]);
    await store.imports.saveLinks([{ itemId: gun, linkedItemId: bullet, ratio: 1, linkedRatio: 24 }]);
    const read = await readCodeRedCustomer({
      tenant,
      store: store.nightly,
      codeRed: store.codeRed,
      scope: scopeOf({ type: "user", user: boss }, await store.nightly.users()),
      customerId: idOf("a"),
      view: {},
      asOf: day(ASOF),
      now: toInstant(Date.parse(ASOF) + 29 * HOUR_MS),
    });
    if (!read.ok) throw new Error(read.message);
    expect(read.value.row.links).toMatchObject([{ anchor: 3, linked: 57, expected: 72, light: { light: "red" } }]);
    expect(read.value.row.lights.links).toBe("red");
    expect(read.value.row.items.map(({ itemId }) => itemId).toSorted()).toEqual(["bullet", "gun"]);
  });
});
