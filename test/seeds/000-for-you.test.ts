import { threeKinds } from "../fixtures/three-kinds.ts";
import { createHash } from "node:crypto";
import { addDays } from "@regulars/core/platform/period";
import { day, itemIdSchema, toInstant } from "@regulars/core/platform/values";
import { daysFrom } from "@regulars/core/testing";
import type { ForYouPage } from "@regulars/flows/insights/for-you";
import { forYouJson } from "@regulars/flows/insights/for-you-json";
import { giveFeedback, rulePrecision } from "@regulars/flows/insights/give-feedback";
import { listFindings } from "@regulars/flows/insights/list-findings";
import { listResolved } from "@regulars/flows/insights/list-resolved";
import { reopenFinding, snoozeFinding } from "@regulars/flows/insights/snooze-finding";
import { beforeAll, describe, expect, it } from "vitest";
import { RHYTHM } from "../fixtures/insight-nights.ts";
import { type InsightTenant, aManager, aRep, anInsightTenant, idOf, rankedIds } from "../fixtures/insight-tenant.ts";
import { all } from "../fixtures/tenant.ts";
import { valueOf } from "../fixtures/value-of.ts";

/** The For You page and the lifecycle of its findings. */

const AS_OF = "2026-09-25";

/** docs/reference/insights.md 2.3: an order every Monday and Thursday, rye on Mondays until 2026-10-19. */
const dropped = daysFrom("2026-08-03", 250)
  .filter((_, i) => i % 7 === 0 || i % 7 === 3)
  .map((on, i) => ({ on, lines: i % 2 === 0 && on <= "2026-10-19" ? ["rye", "wheat"] : ["wheat"] }));

/** Silent customers: two with a rep, one in the north without an owner, one of a manager's team without a rep. */
async function aHouse(given: Parameters<typeof anInsightTenant>[0] = {}): Promise<InsightTenant> {
  const fixture = anInsightTenant(given);
  const { imports } = fixture.testTenant.store;
  await imports.saveUsers([
    aRep("ria", { teamId: "red", territoryId: "north" }),
    aRep("sam", { teamId: "blue", territoryId: "south" }),
    aManager("max", { teamId: "red" }),
  ]);
  await fixture.customers({ "of-ria": "ria", "of-sam": "sam", "of-nobody": "gone" });
  await imports.saveCustomers([
    { customerId: idOf("of-nobody"), territoryId: "north" },
    { customerId: idOf("of-team"), teamId: "red" },
  ]);
  for (const id of ["of-ria", "of-sam", "of-nobody", "of-team"]) await fixture.orders(id, RHYTHM);
  return fixture;
}

describe("the page", () => {
  it("FY01 lists a rep's own customers, and those without an owner in the rep's territory, and no others", async () => {
    const fixture = await aHouse();
    await fixture.nightly(AS_OF);
    const listed = async (ask: Parameters<InsightTenant["page"]>[1]) =>
      (await fixture.page(AS_OF, ask)).forYou.ranked.map(({ finding }) => finding.subject.id).toSorted();
    expect(await listed({ rep: "sam" })).toEqual(["of-sam"]);
    expect(await listed({ rep: "ria" })).toEqual(["of-nobody", "of-ria", "of-team"]);
    expect(await listed({ rep: "max" })).toEqual(["of-ria", "of-team"]);
    expect(await listed({ team: "blue" })).toEqual(["of-sam"]);
    expect(await listed({ territory: "north" })).toEqual(["of-nobody", "of-ria"]);
    expect(await listed({})).toEqual(["of-nobody", "of-ria", "of-sam", "of-team"]);
    expect(await fixture.refusal(AS_OF, { rep: "nobody" })).toBe("unknown-user");
    expect(await fixture.refusal(AS_OF, { team: "green" })).toBe("unknown-team");
    expect(await fixture.refusal(AS_OF, { territory: "west" })).toBe("unknown-territory");
  });

  it("FY03 is for the editions pro and enterprise: basic is refused, and its nightly runs send nothing", async () => {
    const basic = await aHouse({ edition: "basic" });
    expect((await basic.nightly(AS_OF)).messagesQueued).toBe(0);
    expect(await basic.refusal(AS_OF, { rep: "ria" })).toBe("feature-not-in-edition");
    await expect(basic.ordersOn("2026-09-26T09:00:00Z")).rejects.toThrow("editions pro and enterprise");
    const { tenant, store } = basic.testTenant;
    const now = toInstant(Date.parse("2026-09-26T09:00:00Z"));
    const asked = {
      tenant,
      catalog: threeKinds,
      store: store.nightly,
      review: store.review,
      findingId: "churn-risk:of-sam",
      now,
    };
    for (const refused of [
      await listFindings({ tenant, catalog: threeKinds, store: store.nightly, filter: {}, now }),
      await listFindings({ tenant, catalog: threeKinds, store: store.nightly, filter: {}, asOf: day(AS_OF), now }),
      await snoozeFinding(asked),
      await giveFeedback({ ...asked, verdict: "useful" }),
      await rulePrecision(tenant, store.review),
      await listResolved(tenant, store.nightly, day(AS_OF)),
    ])
      expect(refused).toMatchObject({ ok: false, reason: "feature-not-in-edition" });
    for (const edition of ["pro", "enterprise"]) {
      const fixture = await aHouse({ edition });
      expect((await fixture.nightly(AS_OF)).messagesQueued).toBeGreaterThan(0);
      expect(await fixture.refusal(AS_OF, { rep: "ria" })).toBe("none");
    }
  });

  it("FY08 has two sections, For You and Insights", async () => {
    const fixture = await aHouse();
    await fixture.nightly(AS_OF);
    const page = forYouJson(await fixture.page(AS_OF, { rep: "ria" }));
    expect(Object.keys(page)).toEqual(["asOf", "scope", "forYou", "insights"]);
    expect(page).toMatchObject({ asOf: AS_OF, scope: "rep ria", forYou: { budget: 10, winBack: [], setAside: [] } });
    expect(Object.keys(page.insights)).toEqual(["weeklySales", "lowestPerformers"]);
    expect(page.forYou.ranked[0]).toMatchObject({ rank: 1, isWithinBudget: true, kind: "churn-risk", level: "high" });
  });
});

describe("the ranked list", () => {
  it("BX05 is one list over all kinds by money at stake", async () => {
    const fixture = anInsightTenant();
    await fixture.testTenant.store.imports.saveUsers([aRep("ria")]);
    await fixture.customers({ silent: "ria", owes: "ria", owesLess: "ria", drops: "ria" });
    await fixture.orders(
      "silent",
      RHYTHM.map((on) => addDays(day(on), 58)),
    );
    await fixture.invoice("owes", "I-1", "2026-11-01");
    await fixture.sales("drops", dropped);
    await fixture.nightly("2026-11-22");
    const { forYou } = await fixture.page("2026-11-22", { rep: "ria" });
    const stakes = forYou.ranked.map(({ atStakeMinor }) => atStakeMinor);
    expect(rankedIds(forYou)).toEqual(["lost-items:drops:rye", "overdue-payments:owes", "churn-risk:silent"]);
    expect(stakes).toEqual(stakes.toSorted((a, b) => b - a));
    expect(stakes.slice(0, 2)).toEqual([8_981, 5_000]);
  });

  it("BX05 alerts a rep at most up to the day's budget, the most money at stake first; the rest stay in the list", async () => {
    const fixture = anInsightTenant({ maxAlertsPerRepPerDay: 3 });
    await fixture.testTenant.store.imports.saveUsers([aRep("ria"), aRep("sam")]);
    const ids = Array.from({ length: 7 }, (_, i) => `c-${i}`);
    await fixture.customers({ ...Object.fromEntries(ids.map((id) => [id, "ria"])), other: "sam" });
    for (const [i, id] of ids.entries())
      for (let n = 0; n <= i; n += 1) await fixture.invoice(id, `${id}-${n}`, "2026-08-01");
    await fixture.invoice("other", "O-1", "2026-08-01");
    await fixture.nightly(AS_OF);
    const alerts = Object.keys(await fixture.outbox()).filter((id) => id.startsWith("alert:"));
    const alertOf = (id: string) => `alert:overdue-payments:${id}:2026-08-01`;
    expect(alerts).toEqual(["c-4", "c-5", "c-6", "other"].map(alertOf));
    const { forYou } = await fixture.page(AS_OF, { rep: "ria" });
    expect(forYou.budget).toBe(3);
    expect(forYou.ranked.map(({ finding }) => finding.subject.id)).toEqual(ids.toReversed());
    // Findings beyond the budget are not alerted on the next day either.
    await fixture.nightly(addDays(day(AS_OF), 1));
    expect(Object.keys(await fixture.outbox()).filter((id) => id.startsWith("alert:"))).toEqual(alerts);
  });

  it("BX05 counts alerts that a nightly run has already sent when it runs again after new data", async () => {
    const fixture = anInsightTenant({ maxAlertsPerRepPerDay: 2 });
    await fixture.testTenant.store.imports.saveUsers([aRep("ria"), aRep("sam")]);
    await fixture.customers({ early: "ria", soon: "sam", dear: "ria", dearest: "ria", also: "sam" });
    const owe = async (id: string, invoices: number) => {
      for (let n = 0; n < invoices; n += 1) await fixture.invoice(id, `${id}-${n}`, "2026-08-01");
    };
    await owe("early", 1);
    await owe("soon", 1);
    await fixture.nightly(AS_OF);
    await owe("dear", 2);
    await owe("dearest", 3);
    await owe("also", 4);
    await fixture.nightly(AS_OF);
    const given = Object.keys(await fixture.outbox()).filter((id) => id.startsWith("alert:"));
    const alertOf = (id: string) => `alert:overdue-payments:${id}:2026-08-01`;
    expect(given).toEqual(["also", "dearest", "early", "soon"].map(alertOf));
  });

  it("BX05 groups a silent customer's lost items under its churn risk, and several lost items in one card", async () => {
    const fixture = anInsightTenant();
    await fixture.testTenant.store.imports.saveUsers([aRep("ria")]);
    await fixture.customers({ drops: "ria" });
    const both = dropped
      .filter(({ on }) => on <= "2026-11-19")
      .map((order) => ({
        ...order,
        lines: order.lines.flatMap((line) => (line === "rye" ? ["rye", "oats"] : [line])),
      }));
    await fixture.sales("drops", both);
    await fixture.nightly("2026-11-21");
    const before = (await fixture.page("2026-11-21")).forYou;
    expect(rankedIds(before)).toEqual(["lost-items:drops:oats > lost-items:drops:rye"]);
    // 12 orders of 10.00 in 90 days, times how likely it stays away.
    expect(before.ranked[0]?.atStakeMinor).toBe(2 * 8_980);
    // Silent for longer than the 3 days before, as it often is: what is lost is told all the same.
    await fixture.nightly("2026-11-24");
    const silent = (await fixture.page("2026-11-24")).forYou;
    expect(rankedIds(silent)).toEqual(rankedIds(before));
    expect(silent.toWatch.map(({ finding }) => finding.id)).toEqual(["churn-risk:drops"]);
    // A silence to act on: the items are grouped under the churn risk.
    await fixture.nightly("2026-12-09");
    const after = (await fixture.page("2026-12-09")).forYou;
    expect(rankedIds(after)).toEqual(["churn-risk:drops > lost-items:drops:oats > lost-items:drops:rye"]);
  });
});

/** Lost items as the seed's words have them. */
const byRule = { insights: { "lost-items": { gate: "rule" } } };
const openOf = ({ ranked, toWatch }: ForYouPage["forYou"]) => [...ranked, ...toWatch];

describe("a lost item", () => {
  const fixture = async (): Promise<InsightTenant> => {
    const made = anInsightTenant(byRule);
    await made.testTenant.store.imports.saveUsers([aRep("ria")]);
    await made.customers({ drops: "ria" });
    return made;
  };
  const isOpen = async (made: InsightTenant, asOf: string, fromSource = false) =>
    openOf((await made.page(asOf, { rep: "ria", fromSource })).forYou).some(({ finding, folded }) =>
      [finding, ...folded].some(({ id, state }) => id === "lost-items:drops:rye" && state === "open"),
    );
  const outcomes = async (made: InsightTenant) =>
    valueOf(await listResolved(made.testTenant.tenant, made.testTenant.store.nightly, day("2026-01-01"))).map(
      ({ id, resolvedOn, outcome }) => [id, resolvedOn, outcome],
    );

  describe("in 120 nightly runs", () => {
    let made: InsightTenant;
    /** The days of those that found it. */
    const found: string[] = [];

    beforeAll(async () => {
      made = await fixture();
      await made.sales("drops", dropped);
      for (const asOf of daysFrom("2026-11-01", 120)) {
        const { findings } = await made.nightly(asOf, { isOnHold: true });
        if (findings.added + findings.ongoing === 1) found.push(asOf);
      }
    });

    it("BX04 stays open, though by the rule alone it would end on 2026-12-20", async () => {
      expect(found).toEqual(daysFrom("2026-11-05", 116));
      expect(await isOpen(made, "2027-02-28")).toBe(true);
    });

    it("BX04 says at the end since when, for how long by the rule alone, and by which checks", async () => {
      const [card] = (await made.page("2027-02-28")).forYou.ranked;
      expect(card?.finding).toMatchObject({
        since: "2026-11-05",
        ruleHeldUntil: "2026-12-19",
        state: "open",
        level: "high",
      });
      const checks = ["LI1", "LI2", "LI3", "LI4", "LI5", "LS2", "LS3", "LI6"];
      expect(card?.finding.evidence.checks.map(({ id }) => id)).toEqual(checks);
    });
  });

  it("BX04 is written once when it is found, changes and is held, and not by a second nightly run of the day", async () => {
    const made = await fixture();
    await made.sales("drops", dropped);
    let firstWrites = 0;
    for (const asOf of ["2026-11-04", "2026-11-05", "2026-11-06", "2026-12-19", "2026-12-20", "2027-02-28"]) {
      firstWrites += await made.testTenant.writesOf(() => made.nightly(asOf, { isOnHold: true }));
      expect([asOf, await made.testTenant.writesOf(() => made.nightly(asOf, { isOnHold: true }))]).toEqual([asOf, 0]);
      expect([asOf, await isOpen(made, asOf)]).toEqual([asOf, asOf !== "2026-11-04"]);
    }
    expect(firstWrites).toBeGreaterThan(0);
  });

  it("BX04 is won back by the next order with it, already on the day of that order", async () => {
    const made = await fixture();
    await made.sales("drops", dropped);
    await made.nightly("2027-01-10");
    expect(await isOpen(made, "2027-01-10")).toBe(true);
    await made.sales("drops", [{ on: "2027-01-11", orderId: "back", lines: ["rye"] }]);
    expect(await isOpen(made, "2027-01-10")).toBe(false);
    await made.nightly("2027-01-11");
    expect(await outcomes(made)).toEqual([["lost-items:drops:rye", "2027-01-11", "won_back"]]);
  });

  it("BX04 is dismissed until a day, and shown again on that day's morning", async () => {
    const made = await fixture();
    await made.sales("drops", dropped);
    await made.nightly("2026-11-22");
    const { tenant, store } = made.testTenant;
    const now = toInstant(Date.parse("2026-11-23T09:00:00Z"));
    const input = {
      tenant,
      catalog: threeKinds,
      store: store.nightly,
      review: store.review,
      findingId: "lost-items:drops:rye",
      now,
    };
    expect(await snoozeFinding({ ...input, until: day("2026-11-23") })).toMatchObject({
      ok: false,
      reason: "not-later",
    });
    expect(await snoozeFinding({ ...input, findingId: "lost-items:drops:oats" })).toMatchObject({
      reason: "unknown-finding",
    });
    expect(await snoozeFinding({ ...input, until: day("2026-11-26") })).toMatchObject({
      ok: true,
      value: { state: "dismissed", until: "2026-11-26" },
    });
    const stateOn = async (asOf: string) => {
      if (asOf > "2026-11-22") await made.nightly(asOf);
      const { ranked, setAside } = (await made.page(asOf)).forYou;
      return [ranked.length, setAside.map(({ finding }) => [finding.state, finding.dismissedUntil])];
    };
    for (const asOf of ["2026-11-22", "2026-11-23", "2026-11-24"])
      expect(await stateOn(asOf)).toEqual([0, [["dismissed", "2026-11-26"]]]);
    // On the morning of the 26th the last completed day is the 25th.
    expect(await stateOn("2026-11-25")).toEqual([1, []]);
    const alerts = (await all(store.outbox.list())).filter(({ message }) => message.type === "alert");
    expect(alerts).toHaveLength(1);
  });

  it("BX04 is dismissed for the rest of the episode, or until the dismissal is undone", async () => {
    const made = await fixture();
    await made.sales("drops", dropped);
    await made.nightly("2026-11-22");
    const { tenant, store } = made.testTenant;
    const input = {
      tenant,
      catalog: threeKinds,
      store: store.nightly,
      review: store.review,
      findingId: "lost-items:drops:rye",
      now: toInstant(Date.parse("2026-11-23T09:00:00Z")),
    };
    await snoozeFinding(input);
    await made.nightly("2027-02-01");
    expect((await made.page("2027-02-01")).forYou.setAside).toHaveLength(1);
    await reopenFinding({ ...input, now: toInstant(Date.parse("2027-02-02T09:00:00Z")) });
    expect(await isOpen(made, "2027-02-01")).toBe(true);
  });

  it("BX04 is substituted once its replacement item is ordered", async () => {
    const made = await fixture();
    await made.sales("drops", dropped);
    await made.nightly("2026-11-22");
    const [rye, spelt] = ["rye", "spelt"].map((id) => itemIdSchema.parse(id));
    if (rye !== undefined) await made.testTenant.store.imports.saveItems([{ itemId: rye, replacedBy: spelt }]);
    await made.sales("drops", [{ on: "2026-11-24", orderId: "spelt", lines: ["spelt"] }]);
    const later = made.testTenant.another();
    await made.nightly("2026-11-24", { store: later.store.nightly });
    expect(await outcomes(made)).toEqual([["lost-items:drops:rye", "2026-11-24", "substituted"]]);
  });

  it("BX04 expires when it has been missed for more than 180 days", async () => {
    const made = await fixture();
    await made.sales(
      "drops",
      daysFrom("2026-08-03", 300)
        .filter((_, i) => i % 7 === 0 || i % 7 === 3)
        .map((on, i) => ({ on, lines: i % 2 === 0 && on <= "2026-10-19" ? ["rye", "wheat"] : ["wheat"] })),
    );
    await made.nightly("2026-11-22");
    // 2026-10-19 and 180 days.
    await made.nightly("2027-04-17");
    expect(await isOpen(made, "2027-04-17")).toBe(true);
    await made.nightly("2027-04-18");
    expect(await isOpen(made, "2027-04-18")).toBe(false);
    expect(await outcomes(made)).toEqual([["lost-items:drops:rye", "2027-04-18", "expired"]]);
  });
});

const sha = (value: unknown): string => createHash("sha256").update(JSON.stringify(value)).digest("hex");

describe("the same input", () => {
  it("BX04 gives the same bytes night by night, in a single nightly run, and from the histories", async () => {
    const [nightly, single] = [await aHouse(byRule), await aHouse(byRule)];
    for (const made of [nightly, single]) {
      await made.customers({ drops: "ria" });
      await made.sales("drops", dropped);
    }
    for (const asOf of daysFrom("2026-12-01", 45)) await nightly.nightly(asOf, { isOnHold: true });
    await single.nightly("2027-01-14");
    const hashOf = async (made: InsightTenant, fromSource = false) =>
      sha(forYouJson(await made.page("2027-01-14", { rep: "ria", fromSource })));
    const hash = await hashOf(nightly);
    expect(JSON.stringify((await nightly.page("2027-01-14", { rep: "ria" })).forYou)).toContain("ruleHeldUntil");
    expect(await hashOf(nightly)).toBe(hash);
    expect(await hashOf(single)).toBe(hash);
    expect(await hashOf(nightly, true)).toBe(hash);
    for (const shard of nightly.testTenant.store.shards)
      expect(await nightly.testTenant.store.verify(shard)).toMatchObject({ mended: 0 });
  });
});

describe("reasons not to call", () => {
  it("BX04 an upcoming order, a credit hold, a closure and a lapse are shown as such, and not as a risk", async () => {
    const fixture = anInsightTenant();
    const { imports } = fixture.testTenant.store;
    await imports.saveUsers([aRep("ria")]);
    const customers = ["plain", "standing", "blocked", "seasonal", "gone"];
    await fixture.customers(Object.fromEntries(customers.map((id) => [id, "ria"])));
    const repId = aRep("ria").userId;
    await imports.saveCustomers([
      { customerId: idOf("blocked"), repId, creditHold: true },
      { customerId: idOf("seasonal"), repId, closedFrom: "08-11", closedTo: "10-31" },
    ]);
    for (const id of customers.slice(0, 4)) await fixture.orders(id, RHYTHM);
    await fixture.orders(
      "gone",
      RHYTHM.map((on) => on.replace("2026", "2025")),
    );
    // The order is dated next week and known on the morning after the as-of day.
    await fixture.sales("standing", [{ on: "2026-10-02", orderId: "standing-order" }]);
    await fixture.nightly(AS_OF);
    const { forYou } = await fixture.page(AS_OF, { rep: "ria" });
    expect(rankedIds(forYou)).toEqual(["churn-risk:plain"]);
    expect(forYou.winBack.map(({ finding }) => [finding.subject.id, finding.state])).toEqual([["gone", "lapsed"]]);
    expect(forYou.setAside.map(({ finding }) => [finding.subject.id, finding.state])).toEqual([
      ["blocked", "credit_hold"],
    ]);
  });

  it("BX04 an order on the live day clears a risk at once, and raises none", async () => {
    const fixture = await aHouse();
    await fixture.nightly(AS_OF);
    expect((await fixture.page(AS_OF, { rep: "sam" })).forYou.ranked).toHaveLength(1);
    await fixture.orders("of-sam", ["2026-09-26"]);
    expect((await fixture.page(AS_OF, { rep: "sam" })).forYou.ranked).toEqual([]);
    expect((await fixture.page(AS_OF, {})).forYou.ranked).toHaveLength(3);
    await fixture.orders("new", RHYTHM);
    expect((await fixture.page(AS_OF, {})).forYou.ranked).toHaveLength(3);
  });
});

describe("feedback", () => {
  it("BX22 is stored for each episode, and gives each rule's precision with its Wilson interval", async () => {
    const fixture = await aHouse();
    await fixture.invoice("of-sam", "I-1", "2026-08-01");
    await fixture.nightly(AS_OF);
    const { tenant, store } = fixture.testTenant;
    const now = toInstant(Date.parse("2026-09-26T09:00:00Z"));
    const notify = (findingId: string, verdict: "useful" | "known_reason" | "wrong", note?: string) =>
      giveFeedback({
        tenant,
        catalog: threeKinds,
        store: store.nightly,
        review: store.review,
        findingId,
        verdict,
        note,
        now,
      });
    await notify("churn-risk:of-ria", "wrong");
    expect(await notify("churn-risk:of-ria", "useful", "ordered at once")).toMatchObject({
      ok: true,
      value: { rule: "churn-risk/2", level: "high", episode: "2026-08-10", note: "ordered at once" },
    });
    await notify("churn-risk:of-sam", "useful");
    await notify("churn-risk:of-nobody", "wrong", "they moved");
    await notify("churn-risk:of-team", "known_reason");
    expect(await notify("overdue-payments:of-sam", "known_reason")).toMatchObject({ ok: true });
    expect(await notify("churn-risk:nobody", "useful")).toMatchObject({ ok: false, reason: "unknown-finding" });
    const [churn, overdue] = valueOf(await rulePrecision(tenant, store.review));
    expect(churn).toMatchObject({ rule: "churn-risk/2", useful: 2, wrong: 1, knownReason: 1, precision: 2 / 3 });
    // Computed by hand: centre (2/3 + 1.9208/3) / (1 + 3.8415/3), and the half width likewise.
    expect(churn?.interval?.[0]).toBeCloseTo(0.2077, 4);
    expect(churn?.interval?.[1]).toBeCloseTo(0.9385, 4);
    expect(overdue).toEqual({ rule: "overdue-payments/2", useful: 0, knownReason: 1, wrong: 0 });
  });
});
