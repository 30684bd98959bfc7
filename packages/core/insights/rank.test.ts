import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { currencySchema, customerIdSchema, day, itemIdSchema, minor } from "../platform/values.ts";
import { type Finding, type State, findingId } from "./finding.ts";
import { threeKinds } from "../../../test/fixtures/three-kinds.ts";
import { customerIdOf, linkSubject, subjectAt } from "./subject.ts";
import { builtInInsights } from "./catalog.ts";
import { compareFindings, rankFindings } from "./rank.ts";

interface Given {
  readonly kind?: string;
  readonly customer?: string;
  readonly item?: string;
  readonly stake?: number;
  readonly state?: State;
  readonly level?: Finding["level"];
  readonly rank?: readonly number[];
}

function aFinding({
  kind = "overdue-payments",
  customer = "acme",
  item,
  stake = 0,
  state = "open",
  level = "high",
  rank = [],
}: Given) {
  const part = item === undefined ? undefined : ({ type: "item", id: itemIdSchema.parse(item) } as const);
  const subject = subjectAt(customerIdSchema.parse(customer), part);
  return {
    id: findingId({ kind, subject }),
    kind,
    subject,
    level,
    state,
    atStakeMinor: minor(stake),
    currency: currencySchema.parse("EUR"),
    since: day("2026-11-22"),
    rank,
    evidence: { rule: "r/1", checks: [], documents: [] },
  } satisfies Finding;
}

const lost = (given: Given) => aFinding({ kind: "lost-items", item: "rye", ...given });
const silence = (given: Given = {}) => aFinding({ kind: "churn-risk", ...given });
const idsOf = (given: readonly Finding[]) => rankFindings(given, threeKinds).ranked.map(({ finding }) => finding.id);

describe("the ranked list", () => {
  it("AC02 goes by money, then level, then the greater chance, then ids", () => {
    const list = [
      aFinding({ customer: "b", stake: 5, level: "medium" }),
      aFinding({ customer: "a", stake: 5, level: "medium" }),
      silence({ customer: "c", stake: 5, level: "medium" }),
      aFinding({ customer: "d", stake: 5 }),
      silence({ customer: "f", stake: 5, level: "medium", rank: [-0.4] }),
      silence({ customer: "g", stake: 5, level: "medium", rank: [-0.5] }),
      aFinding({ customer: "e", stake: 9, level: "medium" }),
    ];
    const order = [
      "overdue-payments:e",
      "overdue-payments:d",
      "churn-risk:g",
      "churn-risk:f",
      "overdue-payments:a",
      "overdue-payments:b",
      "churn-risk:c",
    ];
    expect(idsOf(list)).toEqual(order);
    expect(list.toSorted(compareFindings).map(({ id }) => id)).toEqual(order);
  });

  it("is the same whatever order the findings come in, and loses none", () => {
    const all = ["a", "b", "c"].flatMap((customer) => [
      aFinding({ customer, stake: 3 }),
      silence({ customer, stake: 3, state: customer === "b" ? "lapsed" : "open" }),
      lost({ customer, stake: 3 }),
      lost({ customer, item: "oats", stake: 3, state: customer === "c" ? "dismissed" : "open" }),
      lost({ customer, item: "spelt", stake: 3, level: "watch" }),
    ]);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        const list = rankFindings(shuffled, threeKinds);
        expect(list).toEqual(rankFindings(all, threeKinds));
        const cards = [...list.ranked, ...list.toWatch, ...list.winBack, ...list.setAside];
        expect(cards.flatMap(({ folded }) => [1, ...folded]).length).toBe(all.length);
      }),
    );
  });

  it("AC02 has to act on what is high or medium; what is only watched stands below in the same order", () => {
    const { ranked, toWatch } = rankFindings(
      [
        aFinding({ customer: "a", stake: 1, level: "medium" }),
        aFinding({ customer: "b", stake: 2, level: "watch" }),
        lost({ customer: "c", stake: 3, level: "watch" }),
        lost({ customer: "c", item: "oats", stake: 4 }),
        silence({ customer: "d", stake: 9, level: "watch" }),
      ],
      threeKinds,
    );
    const given = (cards: typeof ranked) => cards.map(({ finding, atStakeMinor }) => [finding.id, atStakeMinor]);
    expect(given(ranked)).toEqual([
      ["lost-items:c:oats", 4],
      ["overdue-payments:a", 1],
    ]);
    expect(given(toWatch)).toEqual([
      ["churn-risk:d", 9],
      ["lost-items:c:rye", 3],
      ["overdue-payments:b", 2],
    ]);
  });

  it("lists lapsed customers to win back separately, and disputed, on hold or dismissed findings too", () => {
    const list = rankFindings(
      [
        silence({ customer: "a", state: "lapsed" }),
        silence({ customer: "b", state: "credit_hold" }),
        aFinding({ customer: "c", state: "disputed" }),
        aFinding({ customer: "d", state: "dismissed" }),
        aFinding({ customer: "e" }),
      ],
      threeKinds,
    );
    const customers = (cards: typeof list.ranked) => cards.map(({ finding }) => customerIdOf(finding.subject));
    expect([customers(list.ranked), customers(list.winBack), customers(list.setAside)]).toEqual([
      ["e"],
      ["a"],
      ["b", "c", "d"],
    ]);
  });
});

describe("folding", () => {
  it("puts a customer's lost items under its silence, whatever state that is in", () => {
    const { ranked, winBack } = rankFindings(
      [
        silence({ customer: "a", stake: 1, state: "lapsed" }),
        lost({ customer: "a", stake: 2 }),
        silence({ customer: "b", stake: 1 }),
        lost({ customer: "b", item: "oats", stake: 2 }),
        lost({ customer: "b", stake: 3 }),
      ],
      threeKinds,
    );
    const given = (cards: typeof ranked) =>
      cards.map((card) => [card.finding.id, card.atStakeMinor, card.folded.map(({ id }) => id)]);
    expect(given(winBack)).toEqual([["churn-risk:a", 1, ["lost-items:a:rye"]]]);
    expect(given(ranked)).toEqual([["churn-risk:b", 1, ["lost-items:b:rye", "lost-items:b:oats"]]]);
  });

  it("makes one card of a customer's lost items, of all their money; what is set aside is another", () => {
    const { ranked, setAside } = rankFindings(
      [lost({ stake: 2 }), lost({ item: "oats", stake: 7 }), lost({ item: "wheat", stake: 99, state: "dismissed" })],
      threeKinds,
    );
    expect(ranked).toMatchObject([
      { finding: { subject: { id: "oats" } }, folded: [{ subject: { id: "rye" } }], atStakeMinor: 9 },
    ]);
    expect(setAside).toMatchObject([{ finding: { subject: { id: "wheat" } }, folded: [], atStakeMinor: 99 }]);
  });

  it("keeps lost items of a silent customer out of messages", () => {
    const list = [lost({}), silence(), aFinding({})];
    expect(idsOf(list).toSorted()).toEqual(["churn-risk:acme", "overdue-payments:acme"]);
    expect(idsOf(list.slice(0, 1))).toEqual(["lost-items:acme:rye"]);
    // A silence that is only watched tells nobody anything: the lost item does.
    expect(idsOf([lost({}), silence({ level: "watch" })])).toEqual(["lost-items:acme:rye"]);
    expect(threeKinds.kinds.filter(({ groupsItems }) => groupsItems).map(({ id }) => id)).toEqual(["churn-risk"]);
  });

  const fallen = (given: Given = {}) => aFinding({ kind: "falling-value", ...given });
  const dropped = (given: Given = {}) => aFinding({ kind: "dropped-items", item: "rye", level: "medium", ...given });
  const listed = (given: readonly Finding[]) =>
    rankFindings(given, builtInInsights).ranked.map((card) => [card.finding.id, card.folded.map(({ id }) => id)]);

  it("puts a customer's falling value, dropped items and links under its silence, because that is the same news", () => {
    expect(listed([fallen({ stake: 9 }), dropped({ stake: 5 }), linked(3), silence({ stake: 1 })])).toEqual([
      ["churn-risk:acme", ["falling-value:acme", "dropped-items:acme:rye", "linked-products:acme:link:gun~0023bullet"]],
    ]);
  });

  it("tells an item that is lost and bought less only once, as what is sent at once, and counts its money once", () => {
    const findings = [dropped({ stake: 9 }), lost({ stake: 5 }), lost({ item: "oats", stake: 3 })];
    const [entry, ...others] = rankFindings(findings, builtInInsights).ranked;
    expect([entry?.finding.id, entry?.atStakeMinor, others]).toEqual(["lost-items:acme:rye", 8, []]);
    expect(entry?.folded.map(({ id }) => id)).toEqual(["lost-items:acme:oats", "dropped-items:acme:rye"]);
    // A loss that is only watched leaves the item to act on, and another customer's is another.
    expect(listed([dropped(), lost({ level: "watch" })])).toEqual([["dropped-items:acme:rye", []]]);
    expect(listed([dropped({ customer: "b" }), lost({})])).toHaveLength(2);
  });

  it("BX05: lists them by money at stake among all kinds, a customer's links as one, where nobody is silent", () => {
    const overdue = aFinding({ stake: 6 });
    const findings = [fallen({ stake: 9 }), dropped({ stake: 5 }), linked(3), linked(4, "box"), overdue];
    expect(listed(findings)).toEqual([
      ["falling-value:acme", []],
      ["linked-products:acme:link:box~0023bullet", ["linked-products:acme:link:gun~0023bullet"]],
      ["overdue-payments:acme", []],
      ["dropped-items:acme:rye", []],
    ]);
    expect(listed([...findings, silence({ level: "watch" })])).toHaveLength(4);
  });
});

function linked(stake: number, item = "gun"): Finding {
  const [itemId, linkedItemId] = [itemIdSchema.parse(item), itemIdSchema.parse("bullet")];
  const kind = "linked-products";
  const subject = subjectAt(customerIdSchema.parse("acme"), linkSubject(itemId, linkedItemId));
  return { ...aFinding({ kind, stake, level: "medium" }), id: findingId({ kind, subject }), subject };
}
