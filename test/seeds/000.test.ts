import { describe, expect, it } from "vitest";
import { incompleteBeta } from "@regulars/core/platform/incomplete-beta";
import type { InsightKind } from "@regulars/core/insights/define";
import { type Evidence, checksHold, isInDigest, isSelected } from "@regulars/core/insights/finding";
import { formatsOf } from "@regulars/render/texts/formats";
import { writeText } from "@regulars/render/texts/write-text";
import { threeKinds } from "../fixtures/three-kinds.ts";
import { absenceTail } from "@regulars/core/insights/kinds/lost-items/rule";
import { addDays } from "@regulars/core/platform/period";
import { evaluateKind, measuresOfGap } from "@regulars/core/insights/testing";
import { type HistoryInput, aCustomer, aHistory, aReceivable, anOrder, daysFrom } from "@regulars/core/testing";
import {
  customerIdSchema,
  day,
  itemIdSchema,
  personIdSchema,
  toInstant,
  userIdSchema,
} from "@regulars/core/platform/values";
import { listFindings } from "@regulars/flows/insights/list-findings";
import { changeTenantPreferences } from "@regulars/flows/notifications/change-preferences";
import { runNightly } from "@regulars/flows/nightly/run-nightly";
import { all, aTenantStore } from "../fixtures/tenant.ts";

/** Sentences about insights; titles begin with the sentence's id. */

const AS_OF = "2026-11-22";
const [asUser, asCustomer] = [(id: string) => userIdSchema.parse(id), (id: string) => customerIdSchema.parse(id)];
const [asPerson, asItem] = [(id: string) => personIdSchema.parse(id), (id: string) => itemIdSchema.parse(id)];
const daysAgo = (days: number) => addDays(day(AS_OF), -days);

function kind(id: string): InsightKind {
  const found = threeKinds.kindOf(id);
  if (found === undefined) throw new Error(`there is no kind ${id}`);
  return found;
}

const overdue = kind("overdue-payments");
const churn = kind("churn-risk");
const lost = kind("lost-items");

/** The seed's own words: by default a lost item is also listed when its score finds it. */
const settingsOf = (of: InsightKind) => (of === lost ? { gate: "rule" } : {});

const countOn = (of: InsightKind, asOf: string, fixture: Partial<HistoryInput>) =>
  evaluateKind(of, aHistory({ ...fixture, asOf }), settingsOf(of))?.length ?? 0;

/** The only finding of a kind on a day; throws when none or several are found. */
function findingOn(of: InsightKind, asOf: string, fixture: Partial<HistoryInput>) {
  const history = aHistory({ ...fixture, asOf });
  const [finding, ...more] = evaluateKind(of, history, settingsOf(of), measuresOfGap(day(asOf), 20)) ?? [];
  if (finding === undefined || more.length > 0) throw new Error(`no single ${of.id} on ${asOf}`);
  return finding.assessment;
}

describe("overdue payments", () => {
  it("FY09 finds a customer whose invoice was due yesterday, and not one whose invoice is due today", () => {
    // The morning of 2026-11-23: the last completed day is 11-22.
    expect(countOn(overdue, AS_OF, { receivables: [{ dueOn: "2026-11-22" }] })).toBe(1);
    expect(countOn(overdue, AS_OF, { receivables: [{ dueOn: "2026-11-23" }] })).toBe(0);
  });

  it("FY09 finds nothing once the invoice is paid to the last cent", () => {
    const paid = (minor: number) => ({ receivables: [{ dueOn: "2026-11-01", paid: [{ on: AS_OF, minor }] }] });
    expect(countOn(overdue, AS_OF, paid(9_999))).toBe(1);
    expect(countOn(overdue, AS_OF, paid(10_000))).toBe(0);
  });

  it("FY10 neither lists nor nets credit memos", () => {
    const receivables = [
      { invoiceId: "A", dueOn: "2026-11-22", totalMinor: 10_000 },
      { invoiceId: "B", dueOn: "2026-11-23", totalMinor: 8_000 },
      { invoiceId: "C", dueOn: "2026-10-01", totalMinor: 5_000, paid: [{ on: "2026-10-01", minor: 5_000 }] },
      { invoiceId: "D", dueOn: "2026-10-01", totalMinor: 3_000, type: "credit" },
    ] as const;
    expect(findingOn(overdue, AS_OF, { receivables })).toMatchObject({
      evidence: { invoices: 1, openMinor: 10_000, unappliedCreditMinor: 3_000, documents: ["A"] },
    });
    expect(countOn(overdue, AS_OF, { receivables: receivables.filter((one) => one.invoiceId === "D") })).toBe(0);
  });
});

/** docs/reference/insights.md 2.2: gaps of 14, 16, 13, 20 and 7 days. */
const silent = {
  orderedOn: ["2026-06-01", "2026-06-15", "2026-07-01", "2026-07-14", "2026-08-03", "2026-08-10"],
};

describe("churn risk", () => {
  it("FY11 waits until the customer has been ordering for exactly 3 months", () => {
    expect(countOn(churn, "2026-08-31", silent)).toBe(0);
    expect(countOn(churn, "2026-09-01", silent)).toBe(1);
  });

  it("FY11 counts 3 months from the 30th of November to the end of February", () => {
    const fixture = { orderedOn: ["2025-11-30", "2025-12-10", "2025-12-20", "2025-12-30", "2026-01-05"] };
    expect(countOn(churn, "2026-02-27", fixture)).toBe(0);
    expect(countOn(churn, "2026-02-28", fixture)).toBe(1);
  });

  it("FY12 needs 5 orders, of which two on one day are one", () => {
    const found = (...orderedDaysAgo: number[]) => evaluateKind(churn, aCustomer({ orderedDaysAgo }))?.length ?? 0;
    expect(found(150, 120, 90, 60)).toBe(0);
    expect(found(150, 120, 90, 60, 60)).toBe(0);
    expect(found(150, 120, 90, 60, 45)).toBe(1);
  });

  it("FY12 does not count a draft, a cancelled order or a return", () => {
    const fixture = { orderedOn: [150, 120, 90, 60].map(daysAgo) };
    const fifth = { on: daysAgo(45) };
    expect(countOn(churn, AS_OF, { ...fixture, orders: [fifth] })).toBe(1);
    expect(countOn(churn, AS_OF, { ...fixture, orders: [{ ...fifth, status: "draft" }] })).toBe(0);
    expect(countOn(churn, AS_OF, { ...fixture, orders: [{ ...fifth, status: "cancelled" }] })).toBe(0);
    expect(countOn(churn, AS_OF, { ...fixture, orders: [{ ...fifth, type: "credit" }] })).toBe(0);
  });

  it("FY13 finds nothing when the silence equals the previous gap, and a risk one day later", () => {
    const tenDaysApart = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
    const silentFor = (days: number) => aCustomer({ orderedDaysAgo: tenDaysApart.map((ago) => ago + days) });
    expect(evaluateKind(churn, silentFor(10))).toEqual([]);
    expect(evaluateKind(churn, silentFor(11))).toHaveLength(1);
  });

  it("FY13 compares with the gap before this silence, not with the longest", () => {
    expect(findingOn(churn, "2026-09-01", silent).evidence).toMatchObject({
      silentDays: 22,
      previousGapDays: 7,
      longestGapDays: 20,
    });
  });
});

/** Orders of "rye" and of something else, given as days before 2026-11-22. */
const bought = ({ rye, other }: { readonly rye: readonly number[]; readonly other: readonly number[] }) => ({
  orders: [
    ...rye.map((days) => ({ on: daysAgo(days), orderId: `rye-${days}`, lines: ["rye"] })),
    ...other.map((days) => ({ on: daysAgo(days), orderId: `other-${days}`, lines: ["wheat"] })),
  ],
});
const isRyeLost = (fixture: Partial<HistoryInput>, asOf = AS_OF) =>
  evaluateKind(lost, aHistory({ ...fixture, asOf }), settingsOf(lost))?.some(
    (finding) => finding.subject?.id === "rye",
  ) === true;

/** docs/reference/insights.md 2.3: an order every Monday and Thursday, with rye on Mondays until 2026-10-19. */
const dropped = {
  orders: daysFrom("2026-08-03", 250)
    .filter((_, i) => i % 7 === 0 || i % 7 === 3)
    .map((on, i) => ({ on, lines: i % 2 === 0 && on <= "2026-10-19" ? ["rye", "wheat"] : ["wheat"] })),
};

describe("lost items", () => {
  it("FY14 needs more than 10 orders in 90 days; the day 90 days ago does not count", () => {
    const rye = [85, 80, 75, 70, 65];
    expect(isRyeLost(bought({ rye, other: [89, 55, 45, 35, 25, 15] }))).toBe(true);
    expect(isRyeLost(bought({ rye, other: [90, 55, 45, 35, 25, 15] }))).toBe(false);
    expect(isRyeLost(bought({ rye, other: [55, 45, 35, 25, 15] }))).toBe(false);
  });

  it("FY15 needs the item in 5 orders of 90 days", () => {
    const other = Array.from({ length: 12 }, (_, i) => 5 + i * 5);
    expect(isRyeLost(bought({ rye: [89, 80, 75, 70, 65], other }))).toBe(true);
    expect(isRyeLost(bought({ rye: [90, 80, 75, 70, 65], other }))).toBe(false);
    expect(isRyeLost(bought({ rye: [80, 75, 70, 65], other }))).toBe(false);
  });

  it("FY16 needs more than twice the usual orders without it: 5, where 4 are twice the usual 2", () => {
    expect(isRyeLost(dropped, "2026-11-04")).toBe(false);
    expect(isRyeLost(dropped, "2026-11-05")).toBe(true);
    expect(findingOn(lost, "2026-11-05", dropped).evidence).toMatchObject({
      ordersWithout: 5,
      steps: 22,
      itemOrders: 12,
    });
  });

  it("FY16 holds from 2026-11-05 to 2026-12-19, until fewer than 5 orders with it are left in the window", () => {
    expect(daysFrom("2026-08-03", 250).filter((asOf) => isRyeLost(dropped, asOf))).toEqual(daysFrom("2026-11-05", 45));
  });

  it("FY17 needs a longer absence than the item's longest gap: 20 days are not enough, 21 are", () => {
    const absent = (days: number) =>
      bought({
        rye: [35, 15, 10, 5, 0].map((before) => days + before),
        other: Array.from({ length: 9 }, (_, i) => days - 2 - i * 2),
      });
    expect(isRyeLost(absent(20))).toBe(false);
    expect(isRyeLost(absent(21))).toBe(true);
  });

  it("FY18 needs an order after the last one with the item: another order of the same day is not later", () => {
    const rye = [80, 75, 70, 65, 60];
    const before = [89, 88, 87, 86, 85, 84, 83, 82, 81];
    expect(isRyeLost(bought({ rye, other: before }))).toBe(false);
    expect(isRyeLost(bought({ rye, other: [...before, 60] }))).toBe(false);
    expect(isRyeLost(bought({ rye, other: [...before, 59, 58, 57] }))).toBe(true);
  });
});

/** A customer with a finding of each of the three kinds on 2026-11-22. */
const troubled = {
  orders: [
    ...dropped.orders.filter((order) => order.on <= "2026-11-16"),
    { on: "2026-11-17", orderId: "closing", lines: ["wheat"] },
  ],
  receivables: [
    { invoiceId: "A", dueOn: "2026-10-01", paid: [{ on: "2026-10-05", minor: 4_000 }] },
    { invoiceId: "B", dueOn: AS_OF },
  ],
};

describe("evidence", () => {
  it("BX01 gives every finding its rule, operands, thresholds and source documents", () => {
    for (const each of [overdue, churn, lost]) {
      const { evidence } = findingOn(each, AS_OF, troubled);
      expect(evidence.rule).toBe(`${each.id}/${each.version}`);
      expect(checksHold(evidence)).toBe(true);
      expect(evidence.documents.length).toBeGreaterThan(0);
      expect(evidence.documents.length).toBeLessThanOrEqual(20);
    }
  });

  it("BX01 no longer holds when any operand is moved to its threshold", () => {
    for (const each of [overdue, churn, lost]) {
      const { checks } = findingOn(each, AS_OF, troubled).evidence;
      const strict = checks.filter((check) => check.op === ">" || check.op === "<");
      for (const check of strict) {
        const moved: Pick<Evidence, "checks"> = { checks: [{ ...check, value: check.threshold }] };
        expect(checksHold(moved)).toBe(false);
      }
    }
  });

  it("BX01 lets the chance that nothing comes be computed again from the evidence", () => {
    const { evidence, level } = findingOn(churn, "2026-09-25", silent);
    const { gapCount, meanGapDays, gapVariance, silentDays } = evidence;
    expect({ gapCount, meanGapDays, gapVariance, silentDays, level }).toEqual({
      gapCount: 5,
      meanGapDays: 14,
      gapVariance: 22.5,
      silentDays: 46,
      level: "high",
    });
    const operand = (name: string): number => Number(evidence[name]);
    const longer = (days: number) =>
      incompleteBeta(operand("B") / (operand("B") + days), operand("A"), operand("kappa"));
    const empty = (days: number) => operand("pi") + (1 - operand("pi")) * longer(days);
    expect(operand("q")).toBe(empty(46 + operand("H")) / empty(46));
    expect(operand("q")).toBeCloseTo(0.504_199_21, 7);
  });

  it("BX01 lets the lost item's score be computed again from the evidence", () => {
    const { evidence } = findingOn(lost, AS_OF, dropped);
    const { itemOrders, steps, ordersWithout, tail } = evidence;
    expect({ itemOrders, steps, ordersWithout }).toEqual({ itemOrders: 12, steps: 22, ordersWithout: 9 });
    expect(tail).toBe(absenceTail({ itemOrders: 12, steps: 22, ordersWithout: 9 }));
    expect(tail).toBeCloseTo(0.0062, 4);
  });

  it("BX01 lists every overdue invoice with its open amount", () => {
    const { evidence } = findingOn(overdue, AS_OF, troubled);
    expect(evidence).toMatchObject({
      openMinor: 16_000,
      documents: ["A", "B"],
      overdue: [
        { invoiceId: "A", dueOn: "2026-10-01", openMinor: 6_000 },
        { invoiceId: "B", dueOn: "2026-11-22", openMinor: 10_000 },
      ],
    });
  });
});

describe("severity", () => {
  it("BX03 takes the chance that nothing comes next: .19708538 after 22 days, .50419921 after 46", () => {
    const chanceOn = (asOf: string) => Number(findingOn(churn, asOf, silent).evidence["q"]).toFixed(7);
    expect(["2026-09-01", "2026-09-25"].map(chanceOn)).toEqual(["0.1970854", "0.5041992"]);
  });

  it("BX03 is watch from 2026-09-01, medium from 09-18 and high from 09-25", () => {
    const levelOn = (asOf: string) => findingOn(churn, asOf, silent).level;
    expect(["2026-09-01", "2026-09-17"].map(levelOn)).toEqual(["watch", "watch"]);
    expect(["2026-09-18", "2026-09-24"].map(levelOn)).toEqual(["medium", "medium"]);
    expect(["2026-09-25", "2026-12-31"].map(levelOn)).toEqual(["high", "high"]);
  });

  it("BX03 alerts high only, puts medium into the digest and leaves watch on the page", () => {
    const [watch, medium, high] = ["2026-09-17", "2026-09-18", "2026-09-25"].map((on) => findingOn(churn, on, silent));
    expect([watch, medium, high].map((one) => one && isSelected(one))).toEqual([false, false, true]);
    expect([watch, medium, high].map((one) => one && isInDigest(one))).toEqual([false, true, true]);
  });

  it("BX03 never alerts about a customer that lapsed half a year ago", () => {
    const lapsed = findingOn(churn, "2027-02-07", silent);
    expect(lapsed).toMatchObject({ level: "high", state: "lapsed" });
    expect(isSelected(lapsed)).toBe(false);
    expect(isSelected(findingOn(churn, "2027-02-06", silent))).toBe(true);
  });
});

describe("a nightly run", () => {
  const now = toInstant(Date.parse("2026-11-23T06:00:00Z"));
  const links = {
    finding: ({ findingId }: { readonly findingId: string }) => `https://regulars.example/findings/${findingId}`,
    rep: (_tenant: string, userId: string) => `https://regulars.example/for-you/${userId}`,
    introductions: (_tenant: string, userId: string) => `https://regulars.example/introductions/${userId}`,
  };

  /** A wholesaler with one rep and two customers: one falls silent, owes money and misses an item, the other does not. */
  async function aWholesaler() {
    const { store, tenant } = aTenantStore();
    const { imports } = store;
    await imports.saveUsers([{ userId: asUser("r1"), name: "Ria", email: "ria@acme.example", role: "rep" }]);
    await imports.saveCustomers(
      ["cafe", "bar"].map((id) => ({ customerId: asCustomer(id), name: `The ${id}`, repId: asUser("r1") })),
    );
    await imports.savePersons([
      { personId: asPerson("p1"), customerId: asCustomer("cafe"), name: "Ana", phone: "+4512345678" },
    ]);
    await imports.saveItems([{ itemId: asItem("BUN"), name: "Cardamom bun" }]);
    return { store, tenant };
  }

  const sixOf = (itemId: string) => ({ itemId, quantity: 6, netMinor: 1_200 });

  const ordersOn = (
    customerId: string,
    days: readonly string[],
    itemsOf: (nth: number) => readonly string[] = () => ["COFFEE"],
  ) =>
    days.map((on, nth) => anOrder({ orderId: `${customerId}-${nth}`, customerId, on, lines: itemsOf(nth).map(sixOf) }));

  /** Weekly until 50 days ago, then nothing. */
  const silentDays = Array.from({ length: 20 }, (_, i) => daysAgo(50 + 7 * (19 - i)));

  const runNightlyOf = ({ store, tenant }: Awaited<ReturnType<typeof aWholesaler>>, asOf = AS_OF) =>
    runNightly({
      tenant,
      catalog: threeKinds,
      asOf: day(asOf),
      now,
      store: store.nightly,
      links,
      isScheduled: false,
      isOnHold: false,
    });

  const findingsOf = async ({ store, tenant }: Awaited<ReturnType<typeof aWholesaler>>, asOf?: string) => {
    const at = asOf === undefined ? undefined : day(asOf);
    const list = await listFindings({
      tenant,
      catalog: threeKinds,
      store: store.nightly,
      filter: {},
      asOf: at,
      now,
    });
    if (!list.ok) throw new Error(list.message);
    return list.value.findings;
  };

  it("FY02 uses purchase history only up to the day, and answers for a past day as that day's nightly run did", async () => {
    const house = await aWholesaler();
    await house.store.imports.saveOrders(ordersOn("cafe", silentDays));
    await runNightlyOf(house, daysAgo(20));
    const then = JSON.stringify(await findingsOf(house));
    expect(then).toContain('"silentDays":30');
    await house.store.imports.saveOrders([anOrder({ orderId: "back", customerId: "cafe", on: daysAgo(10) })]);
    expect(JSON.stringify(await findingsOf(house, daysAgo(20)))).toBe(then);
    expect(await findingsOf(house, daysAgo(10))).toEqual([]);
  });

  it("FY04 queues one alert and one mail when a churn risk is high, however often the nightly run runs", async () => {
    const house = await aWholesaler();
    await house.store.imports.saveOrders(ordersOn("cafe", silentDays));
    expect((await runNightlyOf(house)).messagesQueued).toBe(2);
    expect((await runNightlyOf(house)).messagesQueued).toBe(0);
    const queued = await all(house.store.outbox.list());
    expect(queued.map(({ id, state }) => [id, state])).toEqual([
      [`alert:churn-risk:cafe:${daysAgo(50)}`, "due"],
      ["digest:r1:2026-11-22", "due"],
    ]);
  });

  it("FY06 names the invoices of an overdue payment and links to the finding that shows them", async () => {
    const house = await aWholesaler();
    const { payments: _none, ...invoice } = aReceivable({ invoiceId: "INV-7", customerId: "cafe", dueOn: daysAgo(40) });
    await house.store.imports.saveInvoices([{ invoice }]);
    await runNightlyOf(house);
    const [finding] = await findingsOf(house);
    expect(finding?.evidence.documents).toEqual(["INV-7"]);
    const [alert] = await all(house.store.outbox.list());
    expect(alert?.message).toMatchObject({ line: { link: "https://regulars.example/findings/overdue-payments:cafe" } });
  });

  it("FY07 shows a lost item's name, last order day and usual quantity", async () => {
    const house = await aWholesaler();
    const days = Array.from({ length: 24 }, (_, i) => daysAgo(70 - 3 * i));
    const boughtUntil = 14;
    const items = (nth: number) => (nth < boughtUntil ? ["COFFEE", "BUN"] : ["COFFEE"]);
    await house.store.imports.saveOrders(ordersOn("cafe", days, items));
    const inDigests = { kinds: { "lost-items": { high: "digest" } } } as const;
    const setAt = toInstant(Date.parse("2026-11-22T12:00:00Z"));
    await changeTenantPreferences({ store: house.store, patch: inDigests, by: "operator", now: setAt });
    await runNightlyOf(house);
    const digest = (await all(house.store.outbox.list()))
      .map(({ message }) => message)
      .find(({ type }) => type === "digest");
    const lines = digest?.type === "digest" ? digest.lines : [];
    expect(lines.map(({ why }) => writeText(why, threeKinds.textOf, formatsOf("en")))).toEqual([
      "Cardamom bun: not in the last 10 orders, usually in every order; last Oct 22, 2026, usual quantity 6",
    ]);
    expect(lines[0]).toMatchObject({ customerName: "The cafe", contact: { name: "Ana", phone: "+4512345678" } });
  });

  it("BX02 gives the same bytes for the same input: two runs, a past day, and another store", async () => {
    const [one, two] = [await aWholesaler(), await aWholesaler()];
    for (const { store } of [one, two]) {
      await store.imports.saveOrders(ordersOn("cafe", silentDays));
      await store.imports.saveOrders(ordersOn("bar", silentDays.slice(3)));
    }
    const past = JSON.stringify(await findingsOf(one, AS_OF));
    expect(past).toContain("churn-risk:bar");
    expect(JSON.stringify(await findingsOf(one, AS_OF))).toBe(past);
    expect(JSON.stringify(await findingsOf(two, AS_OF))).toBe(past);
    await runNightlyOf(one);
    expect(JSON.stringify(await findingsOf(one))).toBe(past);
  });
});
