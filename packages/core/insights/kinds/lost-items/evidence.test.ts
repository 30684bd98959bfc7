import { describe, expect, it } from "vitest";
import * as z from "zod";
import { checkValues, eachFinding } from "../../../../../test/fixtures/each-finding.ts";
import { addDays, daysBetween } from "../../../platform/period.ts";
import type { HistoryInput } from "../../../testing.ts";
import { type Day, day, daySchema } from "../../../platform/values.ts";
import { lostItems } from "./index.ts";
import { absenceTail } from "./rule.ts";

/** Evidence recomputed from its own operands, as a reader would do it by hand (docs/reference/insights.md G15). */
describe("evidence by hand", () => {
  const lostEvidence = z.object({
    lastOrderOn: daySchema,
    latestOrderOn: daySchema,
    windowOrders: z.number(),
    windowItemOrders: z.number(),
    itemOrders: z.number(),
    steps: z.number(),
    ordersWithout: z.number(),
    longestGapDays: z.number(),
    silentDays: z.number(),
    tail: z.number(),
    foundBy: z.array(z.string()),
  });

  it("every operand counted anew from the orders", () => {
    eachFinding(lostItems, ({ subject, assessment }, fixture, asOf) => {
      const { foundBy, ...given } = lostEvidence.parse(assessment.evidence);
      const orderedOn = daysOf(fixture, asOf);
      const within = (days: number) => (on: string) => on > addDays(asOf, -days);
      const itemOn = daysOf(fixture, asOf, subject?.id).filter(within(365));
      const gaps = itemOn.slice(1).map((on, i) => daysBetween(itemOn[i] ?? on, on));
      const last = itemOn.at(-1) ?? asOf;
      expect(given).toEqual({
        lastOrderOn: last,
        latestOrderOn: orderedOn.at(-1),
        windowOrders: orderedOn.filter(within(90)).length,
        windowItemOrders: itemOn.filter(within(90)).length,
        itemOrders: itemOn.length,
        steps: orderedOn.filter((on) => on > (itemOn[0] ?? asOf) && on <= last).length,
        ordersWithout: orderedOn.filter((on) => on > last).length,
        longestGapDays: Math.max(...gaps),
        silentDays: daysBetween(last, asOf),
        tail: absenceTail(given),
      });
      const byRule = {
        LI2: [given.windowItemOrders, 5],
        LI3: [given.ordersWithout * (given.itemOrders - 1), 2 * given.steps],
        LI4: [given.silentDays, given.longestGapDays],
        LI5: [given.lastOrderOn, given.latestOrderOn],
      };
      const byScore = { LS2: [given.itemOrders, 5], LS3: [given.tail, 0.01], LI6: [given.silentDays, 180] };
      expect(checkValues(assessment.evidence)).toEqual({
        LI1: [given.windowOrders, 10],
        ...(foundBy.includes("rule") ? byRule : {}),
        ...(foundBy.includes("score") ? byScore : {}),
      });
    });
  });
});

/** The distinct days up to `asOf` with a sale, or with a sale of the item, taken from the generated orders. */
function daysOf({ orders = [] }: Omit<HistoryInput, "asOf">, asOf: Day, itemId?: string): Day[] {
  const sales = orders.filter((order) => order.type !== "credit" && order.status !== "cancelled" && order.on <= asOf);
  const holding = sales.filter((order) => itemId === undefined || order.lines?.includes(itemId) === true);
  return [...new Set(holding.map((order) => day(order.on)))].toSorted();
}
