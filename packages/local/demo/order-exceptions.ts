import type { DemoOrder } from "./demo-order.ts";
import type { Random } from "./random.ts";
import type { DemoPlan } from "./story.ts";

const RETURNED_SHARE = 0.025;
const CANCELLED_SHARE = 0.008;

/** Occasional returns; a story's credit memo belongs to the fourth order from the end. */
export function creditsOf(sales: readonly DemoOrder[], plan: DemoPlan, random: Random): DemoOrder[] {
  const planted = plan.unappliedCredit === true ? sales.slice(-4, -3) : [];
  const returned = sales.filter((order) => random.chance(RETURNED_SHARE) && !planted.includes(order));
  return [...planted, ...returned].map((order) => creditOf(order, random));
}

/** A credit for a part of an order's first lines, a few days later. */
function creditOf(order: DemoOrder, random: Random): DemoOrder {
  const returned = order.lines.filter((line) => line.kind === "goods").slice(0, random.int(1, 2));
  const lines = returned.map((line) => ({ ...line, quantity: Math.ceil(line.quantity / 3) }));
  const [day, minute] = [order.day + random.int(2, 5), random.int(9 * 60, 14 * 60)];
  return { ...order, day, minute, type: "credit", returns: order, lines };
}

/** An order that was entered a second time by mistake, and cancelled. */
export const cancelledOf = (sales: readonly DemoOrder[], random: Random): DemoOrder[] =>
  sales
    .filter(() => random.chance(CANCELLED_SHARE))
    .map((order): DemoOrder => ({ ...order, minute: order.minute + 4, status: "cancelled" }));

/** A draft: the next order of a busy customer, begun on the evening of its last one. */
export const draftsOf = (sales: readonly DemoOrder[], everyDays: number): DemoOrder[] =>
  sales
    .slice(everyDays > 0 && everyDays < 7 ? -1 : sales.length)
    .map((order): DemoOrder => ({ ...order, minute: 16 * 60 + 20, status: "draft", lines: order.lines.slice(0, 3) }));
