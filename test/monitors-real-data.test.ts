import { beforeAll, describe, expect, it } from "vitest";
import { compileCriteria } from "@regulars/core/monitors/compile";
import type { Subject } from "@regulars/core/monitors/condition";
import type { Criterion } from "@regulars/core/monitors/criteria";
import { ownerFacts } from "@regulars/core/monitors/owner-facts";
import { companyInput, healthTermsOf } from "@regulars/core/monitors/snapshot-facts";
import { statusesOf } from "@regulars/core/monitors/status-book";
import { TEST_FIELDS, on } from "@regulars/core/monitors/testing";
import type { OrderInput } from "@regulars/core/testing";
import { historiesOn, wholesaleAnswers, wholesaleOrders } from "./fixtures/online-retail.ts";
import { hasRealData } from "./fixtures/real-data.ts";

/** Criteria on a year of a real wholesaler's orders, against independently computed answers. */

const isThere = hasRealData(import.meta.url);

interface Expected {
  readonly saint: Readonly<Record<"noSaleIn" | "olderThan2MonthsAndMoreThan", Readonly<Record<string, number>>>>;
}

const expectedOn = (asOf: string): Expected["saint"] => wholesaleAnswers<Expected>(asOf).saint;

/** A sale exactly so many days ago is neither: it has left the period, and is not older than it. */
const olderThan = (days: number): Criterion => ({
  field: "sale.sold.last",
  op: "olderThan",
  value: days,
  unit: "days",
});
const noneIn = (period: number): Criterion => ({ field: `sale.sold.totalIn${period}`, op: "=", value: 0 });

const olderAndMoreThan = (sales: number): Criterion => ({
  all: [
    { field: "sale.sold.last", op: "olderThan", value: 2, unit: "months" },
    { field: "sale.sold.total", op: ">", value: sales },
  ],
});

describe.skipIf(!isThere)("criteria on a real wholesaler's orders", () => {
  let orders: ReadonlyMap<string, readonly OrderInput[]>;

  beforeAll(() => {
    orders = wholesaleOrders();
  });

  const subjectsOn = (asOf: string) =>
    historiesOn(orders, asOf)
      .filter(({ orderDayCount }) => orderDayCount > 0)
      .map((history) => {
        const { customerId } = history;
        const records = () => ({ activities: [], sales: [], requests: [], projects: [] });
        const snapshot = { customer: { customerId }, history, findings: [], records, outPersons: new Set<string>() };
        const input = companyInput(snapshot, TEST_FIELDS.settings, healthTermsOf(snapshot, {}));
        return statusesOf({ criteria: new Map() }, ownerFacts(input));
      });

  const counting = (subjects: readonly Subject[], asOf: string) => (criterion: Criterion) => {
    const { truth } = compileCriteria(criterion, TEST_FIELDS);
    return subjects.filter((subject) => truth(subject, on(asOf)) === true).length;
  };

  it.each(["2011-09-30", "2011-11-11", "2011-12-09"])("SA16, SA07: counts those expected on %s", (asOf) => {
    const subjects = subjectsOn(asOf);
    const count = counting(subjects, asOf);
    const { noSaleIn: silent, olderThan2MonthsAndMoreThan: former } = expectedOn(asOf);
    expect({ 30: count(olderThan(30)), 60: count(olderThan(60)), 90: count(olderThan(90)) }).toEqual(silent);
    expect({ 4: count(olderAndMoreThan(4)), 9: count(olderAndMoreThan(9)), 19: count(olderAndMoreThan(19)) }).toEqual(
      former,
    );
  });

  it("SA15: customers whose last sale is exactly 30 or 60 days old have none in the period and are not older", () => {
    const asOf = "2011-12-09";
    const subjects = subjectsOn(asOf);
    const count = counting(subjects, asOf);
    expect([1, 2, 3].map((period) => count(noneIn(period)))).toEqual([1303, 927, 675]);
    expect([30, 60, 90].map((days) => count({ all: [noneIn(days / 30), { not: olderThan(days) }] }))).toEqual([
      21, 18, 0,
    ]);
  });
});
