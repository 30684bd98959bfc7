import type { History } from "@regulars/core/snapshots/history";
import { seeded } from "@regulars/core/platform/random";
import {
  type Day,
  currencySchema,
  customerIdSchema,
  dayNumber,
  itemIdSchema,
  toDayNumber,
} from "@regulars/core/platform/values";

/** Order lines of made-up customers as parallel arrays, by customer and day. */
export interface Lines {
  readonly count: number;
  readonly customer: Int32Array;
  readonly day: Int32Array;
  readonly isCredit: Uint8Array;
  readonly netMinor: Float64Array;
}

const ORDERS = 20;
export const LINES = 5;
const SPAN_DAYS = 760;
const CREDIT_SHARE = 0.03;

/** Customers with 20 orders of 5 lines in the 25 months up to a day; some order less and less. */
export function madeUpLines(customers: number, until: Day): Lines {
  const random = seeded(11);
  const count = customers * ORDERS * LINES;
  const lines = {
    count,
    customer: new Int32Array(count),
    day: new Int32Array(count),
    isCredit: new Uint8Array(count),
    netMinor: new Float64Array(count),
  };
  let at = 0;
  for (let c = 0; c < customers; c += 1) {
    const skew = random() < 0.3 ? 1.6 : 1;
    const days = Array.from(
      { length: ORDERS },
      () => toDayNumber(until) - Math.floor(SPAN_DAYS * random() ** (1 / skew)),
    );
    for (const on of days.toSorted((a, b) => a - b)) {
      const isCredit = random() < CREDIT_SHARE ? 1 : 0;
      for (let l = 0; l < LINES; l += 1, at += 1) {
        const netMinor = 100 + Math.floor(random() * 50_000);
        lines.customer[at] = c;
        lines.day[at] = on;
        lines.isCredit[at] = isCredit;
        lines.netMinor[at] = isCredit === 1 ? -netMinor : netMinor;
      }
    }
  }
  return lines;
}

const EUR = currencySchema.parse("EUR");
const card = { itemId: itemIdSchema.parse("item"), isGoods: true };
const itemOf = () => card;

/** The same lines as histories, as a nightly run has them decoded. */
export function historiesOf(lines: Lines, until: Day): History[] {
  const perCustomer = ORDERS * LINES;
  return Array.from({ length: lines.count / perCustomer }, (_, c) => {
    const from = c * perCustomer;
    const first = Array.from({ length: ORDERS }, (__, o) => from + o * LINES);
    return {
      customerId: customerIdSchema.parse(`C${c}`),
      currency: EUR,
      closures: [],
      asOf: dayNumber(toDayNumber(until)),
      documents: {
        count: ORDERS,
        day: Int32Array.from(first, (line) => lines.day[line] ?? 0),
        isCredit: Uint8Array.from(first, (line) => lines.isCredit[line] ?? 0),
        firstLine: Int32Array.from({ length: ORDERS + 1 }, (__, o) => o * LINES),
        ids: [],
        item: new Int32Array(perCustomer),
        quantity: Float64Array.from({ length: perCustomer }, (__, l) => (lines.isCredit[from + l] === 1 ? -1 : 1)),
        netMinor: lines.netMinor.subarray(from, from + perCustomer),
        costMinor: new Float64Array(perCustomer),
      },
      orderDays: new Int32Array(),
      orderDayCount: 0,
      receivables: [],
      itemOf,
    };
  });
}
