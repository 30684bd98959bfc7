import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explain } from "@regulars/render/insights/explain";
import { formatsOf } from "@regulars/render/texts/formats";
import { describeFindings } from "../../../../../test/fixtures/describe-findings.ts";
import { addDays } from "../../../platform/period.ts";
import { day, itemIdSchema } from "../../../platform/values.ts";
import { type HistoryInput, aHistory } from "../../../testing.ts";
import { evaluateKind } from "../../testing.ts";
import { checksHold } from "../../finding.ts";
import { insightCatalog } from "../../insight-catalog.ts";
import { itemNameOf, subjectAt } from "../../subject.ts";
import { linkedProducts } from "./index.ts";

const ASOF = "2026-11-15";
const gunLink = { itemId: "gun", linkedItemId: "bullet", ratio: 1, linkedRatio: 24 };

/** Guns and bullets of one order on a day of September; a bullet costs 0.50, a gun 100.00. */
const bought = (guns: number, bullets: number, on = "2026-09-05") => ({
  orders: [
    {
      on,
      lines: [
        { itemId: "gun", quantity: guns, netMinor: guns * 10_000 },
        ...(bullets === 0 ? [] : [{ itemId: "bullet", quantity: bullets, netMinor: bullets * 50 }]),
      ],
    },
  ],
  links: [gunLink],
});

function found(given: Partial<HistoryInput>, settings: unknown = {}) {
  const kind = linkedProducts.configure({}, settings);
  const history = aHistory({ asOf: ASOF, ...given });
  const asOf = day(given.asOf ?? ASOF);
  const { currency, closures } = history;
  return kind
    .detect(history, asOf)
    ?.map(({ facts, subject }) => ({ subject, ...kind.assess(facts, { asOf, currency, closures }) }));
}

describe("3 guns that expect 72 bullets", () => {
  it("CR02, CR08: are a shortfall to act on with 57, and none with 58", () => {
    expect(found(bought(3, 57))).toMatchObject([
      {
        subject: { type: "link", id: "gun#bullet" },
        level: "medium",
        since: "2026-09-30",
        atStakeMinor: 15 * 50,
        evidence: { expectedQuantity: 72, missingQuantity: 15, difference: "shortfall", lastMonth: "2026-10" },
      },
    ]);
    expect(found(bought(3, 58))).toEqual([]);
  });

  it("are a surplus to watch with 87, worth the gun that is bought elsewhere", () => {
    expect(found(bought(3, 87))).toMatchObject([
      { level: "watch", atStakeMinor: Math.round((15 / 24) * 10_000), evidence: { difference: "surplus" } },
    ]);
    expect(found(bought(3, 86))).toEqual([]);
    expect(found(bought(3, 87), { linkDirection: "shortfall" })).toEqual([]);
  });

  it("BX01: show both sides, and the documents of both items", () => {
    const [one] = found(bought(3, 57)) ?? [];
    const evidence = one?.evidence;
    if (evidence === undefined) throw new Error("nothing found");
    expect(checksHold(evidence)).toBe(true);
    expect(evidence.checks).toMatchObject([{ id: "LP1", value: 1_500e6, op: ">=", threshold: 1_440e6 }]);
    expect(evidence.documents).toEqual(["order-2026-09-05-given-0"]);
  });

  it("say why in numbers, with the names of both items", () => {
    const [one] = found(bought(3, 57)) ?? [];
    const formats = { ...formatsOf("en"), money: String, day: String, number: String };
    const names = new Map([[itemIdSchema.parse("gun"), "Air gun"]]);
    const { customerId } = aHistory({ asOf: ASOF });
    const name = itemNameOf(subjectAt(customerId, one?.subject), names);
    expect(name).toBe("Air gun with bullet");
    expect(
      explain(
        { kind: linkedProducts.id, evidence: one?.evidence ?? { rule: "", checks: [], documents: [] } },
        name ?? "",
        insightCatalog([linkedProducts]),
        formats,
      ),
    ).toBe("Air gun with bullet: 3 and 57 in the last 3 months, fewer than the 72 expected");
  });

  it("BX02: are the same each time they are asked", () => {
    expect(JSON.stringify(found(bought(3, 57)))).toBe(JSON.stringify(found(bought(3, 57))));
  });

  it("are worth nothing that is known when the customer never bought a bullet", () => {
    expect(found(bought(3, 0))).toMatchObject([{ level: "medium", atStakeMinor: 0 }]);
  });
});

describe("a link", () => {
  it("is not eligible where none of its items was bought, or there are no links", () => {
    expect(found({ ...bought(3, 57), links: [] })).toBeUndefined();
    expect(found({ ...bought(3, 57), links: [{ itemId: "table", linkedItemId: "chair" }] })).toBeUndefined();
  });

  it("whose linked item comes later is assessed once that time is over", () => {
    const lagged = {
      orders: [
        { on: "2026-10-20", lines: [{ itemId: "gun", quantity: 3 }] },
        { on: "2026-11-20", lines: [{ itemId: "bullet", quantity: 72 }] },
      ],
      links: [{ ...gunLink, lagDays: 30 }],
    };
    expect(found({ ...lagged, asOf: "2026-11-15" })).toBeUndefined();
    expect(found({ ...lagged, asOf: "2026-11-30" })).toEqual([]);
    const late = { ...lagged, orders: lagged.orders.slice(0, 1) };
    expect(found({ ...late, asOf: "2026-11-29" })).toBeUndefined();
    expect(found({ ...late, asOf: "2026-11-30" })).toMatchObject([{ since: "2026-11-30" }]);
  });

  it("shares the tenant's settings", () => {
    expect(found(bought(3, 57), { percent: 21 })).toEqual([]);
    expect(linkedProducts.faultsOf({ percent: 21 })).toEqual([expect.stringContaining("percent")]);
    expect(evaluateKind(linkedProducts, aHistory({ asOf: ASOF, ...bought(3, 57) }))).toHaveLength(1);
  });
});

/** Customers who buy guns and bullets on random days. */
const shooters = fc
  .record({
    orders: fc.array(
      fc.record({
        daysAgo: fc.integer({ min: 0, max: 300 }),
        guns: fc.integer({ min: 0, max: 4 }),
        bullets: fc.integer({ min: 0, max: 80 }),
      }),
      { minLength: 4, maxLength: 12 },
    ),
    lagDays: fc.constantFrom(0, 0, 14, 40),
  })
  .map(({ orders, lagDays }) => ({
    orders: orders.map(({ daysAgo, guns, bullets }, i) => ({
      on: addDays(day("2026-11-22"), -daysAgo),
      orderId: `order-${i}`,
      lines: [
        { itemId: "gun", quantity: guns },
        { itemId: "bullet", quantity: bullets },
      ],
    })),
    links: [{ ...gunLink, lagDays }],
  }));

describeFindings(linkedProducts, shooters);
