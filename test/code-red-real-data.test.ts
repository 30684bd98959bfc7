import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CodeRedBacktest, CodeRedWalk } from "@regulars/core/backtests/code-red-backtest";
import { BookSums } from "@regulars/core/code-red/book";
import type { Column } from "@regulars/core/code-red/columns";
import { countPairs, type Baskets, type PairCount } from "@regulars/core/code-red/pairs";
import { planComparisons } from "@regulars/core/code-red/plan";
import { type ItemRow, itemRows } from "@regulars/core/code-red/items";
import { compareCustomer } from "@regulars/core/code-red/row";
import { codeRedSettingsSchema } from "@regulars/core/code-red/settings";
import type { OrderInput } from "@regulars/core/testing";
import type { History } from "@regulars/core/snapshots/history";
import { day } from "@regulars/core/platform/values";
import { historiesOn, wholesaleAnswers, wholesaleOrders } from "./fixtures/online-retail.ts";
import { groceryBaskets, hasRealData } from "./fixtures/real-data.ts";

/** Code Red on a year of a real wholesaler's orders and on a month of a grocer's baskets. */

const isThere = hasRealData(import.meta.url);

interface ExpectedLights extends Readonly<Record<string, unknown>> {
  readonly redIds?: readonly string[];
}

interface Expected {
  readonly codeRed: Readonly<Record<string, ExpectedLights>>;
  readonly links: {
    readonly invoices: number;
    readonly items: number;
    readonly supportAtLeast1Pct: number;
    readonly confidence30Joint50: number;
    readonly confidence50Joint50: number;
    readonly top: readonly Readonly<Record<"a" | "b" | "joint" | "nA" | "nB", string | number>>[];
  };
}

const expectedOn = (on: string): Expected => wholesaleAnswers(on);

interface Compared {
  readonly customerId: string;
  readonly columns: readonly Column[];
}

const comparedOf = (histories: readonly History[], on: string, percent: number): Compared[] => {
  const plan = planComparisons(day(on), codeRedSettingsSchema.parse({ percent }));
  return histories.flatMap((history) => {
    const one = compareCustomer(history, plan, []);
    return one === undefined ? [] : [{ customerId: history.customerId, columns: one.columns }];
  });
};

const columnOf = ({ columns }: Compared, months: number): Column | undefined =>
  columns.find((column) => column.months === months);

function counted(customers: readonly Compared[], months: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const customer of customers) {
    const light = columnOf(customer, months)?.light.light ?? "none";
    counts[light] = (counts[light] ?? 0) + 1;
  }
  return counts;
}

describe.skipIf(!isThere)("Code Red on a real wholesaler's orders", () => {
  let orders: ReadonlyMap<string, readonly OrderInput[]>;

  beforeAll(() => {
    orders = wholesaleOrders();
  });

  /** Made once for each day: making them takes longer than all that is asked of them. */
  const histories = new Map<string, readonly History[]>();
  const historiesOf = (on: string): readonly History[] => {
    const made = histories.get(on) ?? historiesOn(orders, on);
    histories.set(on, made);
    return made;
  };
  const compared = (on: string, percent: number) => comparedOf(historiesOf(on), on, percent);
  afterAll(() => histories.clear());

  const walked = (first: string, months: 1 | 3): CodeRedBacktest => {
    const span = { first: day(first), last: day("2011-12-08") };
    const walk = new CodeRedWalk(span, months, codeRedSettingsSchema.parse({}), []);
    for (const history of historiesOf(span.last)) walk.add(history);
    return walk.report({ seed: 1, resamples: 200 });
  };
  const countsOf = ({ groups }: CodeRedBacktest): Record<string, number[]> =>
    Object.fromEntries(groups.map(({ group, right, cases }) => [group, [right, cases]]));

  it.each(["2011-09-30", "2011-11-11", "2011-12-09"])("CR02: has the expected lights on %s", (on) => {
    const expected = expectedOn(on).codeRed;
    for (const percent of [10, 20, 50]) {
      const customers = compared(on, percent);
      for (const months of [1, 3, 6]) {
        const { redIds: _, ...lights } = expected[`${months}v${months}@${percent}`] ?? {};
        expect({ on, percent, months, ...counted(customers, months) }).toEqual({ on, percent, months, ...lights });
      }
    }
  });

  it.each(["2011-09-30", "2011-11-11", "2011-12-09"])("CR02: has the expected red customers on %s", (on) => {
    const customers = compared(on, 20);
    for (const months of [1, 3, 6])
      expect(
        customers.filter((one) => columnOf(one, months)?.light.light === "red").map(({ customerId }) => customerId),
      ).toEqual(expectedOn(on).codeRed[`${months}v${months}@20`]?.redIds);
  });

  it("BX06: confirms 25 of 281 red customers of the last three months", () => {
    const red = compared("2011-12-09", 20)
      .map((one) => columnOf(one, 3))
      .filter((column) => column?.light.light === "red");
    expect(red).toHaveLength(281);
    expect(red.filter((column) => column?.confirmation?.isConfirmed === true)).toHaveLength(25);
  });

  it.each([
    [1, 948, 937, 1],
    [2, 333, 324, 5],
    [3, 114, 105, 8],
    [4, 49, 42, 5],
  ])(
    "CR09: has with a floor of %d orders items of %d customers, red for %d, and confirmed for %d",
    (minInvoices, withItem, red, confirmed) => {
      const plan = planComparisons(day("2011-12-09"), codeRedSettingsSchema.parse({ minInvoices }));
      const customers = historiesOf("2011-12-09").map((history) => itemRows(history, plan));
      const count = (of: (row: ItemRow) => boolean): number => customers.filter((rows) => rows.some(of)).length;
      expect([count(({ isCompared }) => isCompared), count(({ isRed }) => isRed)]).toEqual([withItem, red]);
      expect(count(({ isConfirmed }) => isConfirmed)).toBe(confirmed);
    },
  );

  it("adds up the book of all comparable customers", () => {
    const sums = new BookSums();
    for (const { columns } of compared("2011-12-09", 20)) sums.add(columns);
    expect(sums.book().map(({ customers }) => customers)).toEqual([483, 673, 41, 0]);
  });

  it("BX06: is right more often when confirmed: the next three months stay below 80 percent of the compared ones", () => {
    const report = walked("2011-03-01", 3);
    expect(report.judgedOn).toEqual(["2011-08-31"]);
    expect(countsOf(report)).toEqual({
      compared: [180, 472],
      red: [133, 271],
      confirmed: [11, 17],
      beyondMarket: [11, 17],
    });
    expect(report.groups.find(({ group }) => group === "beyondMarket")).toMatchObject({
      precision: { value: 0.6471, low: expect.any(Number), high: expect.any(Number) },
      againstRed: { value: 1.3184 },
    });
  });

  it("BX06: assesses every month end with whole months before and after it", () => {
    const report = walked("2010-12-01", 3);
    expect(report.judgedOn).toEqual(["2011-05-31", "2011-06-30", "2011-07-31", "2011-08-31"]);
    const [all = [], red = []] = Object.values(countsOf(report));
    expect(red[1]).toBeLessThan(all[1] ?? 0);
  });

  it.each(["2011-09-30", "2011-11-11", "2011-12-09"])("CR31: has the expected pairs up to %s", (on) => {
    const { links } = expectedOn(on);
    const { baskets, names } = orderBaskets(orders, on);
    const pairs = [...countPairs(baskets, 2)];
    expect({ invoices: baskets.count, items: names.length }).toEqual({ invoices: links.invoices, items: links.items });
    expect(pairs.filter(({ joint }) => joint * 100 >= baskets.count)).toHaveLength(links.supportAtLeast1Pct);
    expect(directions(pairs, 30, 50)).toHaveLength(links.confidence30Joint50);
    expect(directions(pairs, 50, 50)).toHaveLength(links.confidence50Joint50);
    expect(mostFrequent(pairs, names, links.top.length)).toEqual(links.top);
  });
});

/** Pairs and directions that hold `percent` of the first item's baskets, with at least `joint` of both. */
const directions = (pairs: readonly PairCount[], percent: number, joint: number): readonly PairCount[] =>
  pairs
    .filter((pair) => pair.joint >= joint)
    .flatMap((pair) => [pair, { ...pair, withA: pair.withB, withB: pair.withA }])
    .filter((pair) => pair.joint * 100 >= percent * pair.withA);

/** The most frequent pairs, and of those as frequent the first by name. Naming all would take longer than finding them. */
function mostFrequent(pairs: readonly PairCount[], names: readonly string[], count: number): object[] {
  const least =
    Int32Array.from(pairs, ({ joint }) => joint)
      .toSorted()
      .at(-count) ?? 0;
  return pairs
    .filter(({ joint }) => joint >= least)
    .map(({ a, b, joint, withA, withB }) => {
      const first = { id: names[a] ?? "", n: withA };
      const second = { id: names[b] ?? "", n: withB };
      const [x, y] = first.id < second.id ? [first, second] : [second, first];
      return { a: x.id, b: y.id, joint, nA: x.n, nB: y.n };
    })
    .toSorted((p, q) => q.joint - p.joint || (`${p.a} ${p.b}` < `${q.a} ${q.b}` ? -1 : 1))
    .slice(0, count);
}

function basketsOf(given: Iterable<ReadonlySet<string>>): { readonly baskets: Baskets; readonly names: string[] } {
  const numbers = new Map<string, number>();
  const firstItem = [0];
  const items: number[] = [];
  for (const basket of given) {
    for (const name of basket) {
      const number = numbers.get(name) ?? numbers.size;
      numbers.set(name, number);
      items.push(number);
    }
    firstItem.push(items.length);
  }
  return {
    baskets: { count: firstItem.length - 1, firstItem: Int32Array.from(firstItem), items: Int32Array.from(items) },
    names: [...numbers.keys()],
  };
}

function orderBaskets(orders: ReadonlyMap<string, readonly OrderInput[]>, until: string) {
  const baskets = [...orders.values()].flat().flatMap(({ on, type, lines = [] }) => {
    if (type === "credit" || on > until) return [];
    const basket = new Set<string>();
    for (const line of lines)
      if (typeof line !== "string" && line.kind === "goods" && (line.quantity ?? 0) > 0 && line.itemId !== undefined)
        basket.add(line.itemId);
    return basket.size === 0 ? [] : [basket];
  });
  return basketsOf(baskets);
}

describe.skipIf(!isThere)("pairs of items on a grocer's baskets", () => {
  let pairs: readonly PairCount[];
  let count: number;

  beforeAll(() => {
    const { baskets } = basketsOf([...groceryBaskets().values()].map((items) => new Set(items)));
    pairs = [...countPairs(baskets, 2)];
    ({ count } = baskets);
  });

  it.each([
    [10, 0],
    [5, 3],
    [3, 19],
    [2, 61],
    [1, 213],
  ])("CR31: finds at %d percent support %d pairs", (percent, expected) => {
    expect(pairs.filter(({ joint }) => joint * 100 >= percent * count)).toHaveLength(expected);
  });

  it("CR31: finds 1,452 rules at 10 percent confidence and 20 baskets with both, 227 of them below lift 1.2", () => {
    const rules = directions(pairs, 10, 20);
    expect(rules).toHaveLength(1452);
    expect(rules.filter(({ joint, withA, withB }) => (joint * count) / (withA * withB) < 1.2)).toHaveLength(227);
  });
});
