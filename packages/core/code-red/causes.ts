import type { BookColumn } from "./book.ts";
import type { Column } from "./columns.ts";
import { type PeriodValue, netOf } from "./customer-values.ts";
import type { PlannedColumn } from "./plan.ts";

/**
 * Why a value fell: parts of `previous - current` in whole minor units that add up exactly. A negative part is a gain
 * (docs/reference/code-red.md 4).
 */
export interface Causes {
  /** Fewer working days. */
  readonly workingDays: number;
  /** As all comparable customers, apart from the working days. */
  readonly market: number;
  /** Fewer orders than the book's change explains. */
  readonly orders: number;
  /** A lower value of an order than the book's change explains. */
  readonly orderValue: number;
  /** More credits. */
  readonly credits: number;
  /** What is left: sales without an order event, and rounding. */
  readonly rest: number;
}

export const causeNames = ["workingDays", "market", "orders", "orderValue", "credits", "rest"] as const;
export type CauseName = (typeof causeNames)[number];

/** Splits what a column lost into its causes. */
export function causesOf(
  column: Pick<Column, "current" | "previous">,
  planned: Pick<PlannedColumn, "workingDays">,
  book: BookColumn | undefined,
): Causes {
  const { current, previous } = column;
  const lost = netOf(previous) - netOf(current);
  const kept = changeOf(book);
  const days = share(planned.workingDays.current, planned.workingDays.previous);
  const workingDays = Math.round(netOf(previous) * (1 - days));
  const market = Math.round(netOf(previous) * (1 - kept.value)) - workingDays;
  const expectedOrders = previous.orders * kept.orders;
  const expectedValue = previous.orders === 0 ? 0 : (previous.salesMinor / previous.orders) * kept.orderValue;
  const orders = Math.round((expectedOrders - current.orders) * expectedValue);
  const orderValue = current.orders === 0 ? 0 : Math.round(current.orders * expectedValue) - current.salesMinor;
  const credits = current.creditsMinor - Math.round(previous.creditsMinor * kept.value);
  const rest = lost - workingDays - market - orders - orderValue - credits;
  return { workingDays, market, orders, orderValue, credits, rest };
}

/** The causes, the largest part first. */
export const largestFirst = (causes: Causes): readonly CauseName[] =>
  causeNames.toSorted((a, b) => causes[b] - causes[a]);

/** The cause with the largest part; the first of equal ones. */
export function mainCause(causes: Causes): CauseName {
  return causeNames.reduce((largest, name) => (causes[name] > causes[largest] ? name : largest));
}

interface Kept {
  readonly value: number;
  readonly orders: number;
  readonly orderValue: number;
}

/** How much of its value, orders and value an order the book kept: 1 for no change. */
function changeOf(book: BookColumn | undefined): Kept {
  if (book === undefined || netOf(book.previous) <= 0) return { value: 1, orders: 1, orderValue: 1 };
  const value = netOf(book.current) / netOf(book.previous);
  const orders = share(book.current.orders, book.previous.orders);
  return { value, orders, orderValue: orders === 0 ? 1 : salesShare(book.current, book.previous) / orders };
}

const salesShare = (current: PeriodValue, previous: PeriodValue): number =>
  share(current.salesMinor, previous.salesMinor);

const share = (part: number, whole: number): number => (whole > 0 ? part / whole : 1);
