import type { Order } from "@regulars/core/orders/order";
import {
  customerIdSchema,
  itemIdSchema,
  minor,
  orderIdSchema,
  toDay,
  toInstant,
  currencySchema,
} from "@regulars/core/platform/values";
import { seeded } from "@regulars/core/platform/random";

const EUR = currencySchema.parse("EUR");
const MS_PER_DAY = 86_400_000;
const FIRST_DAY = 20_500;

/**
 * The reference data of docs/benchmarks.md: 25 orders of 20 lines per customer in a year, quantities and prices as
 * measured on real wholesale data; one line in four differs from the list price.
 */
export function* wholesaleOrders(customers: number, seed: number): Generator<Order[]> {
  const random = seeded(seed);
  const prices = Array.from({ length: 4_000 }, () => minor(Math.round(55 * 12 ** random())));
  for (let c = 0; c < customers; c += 1) {
    const usual = Array.from({ length: 60 }, () => Math.floor(prices.length * random() ** 2));
    yield Array.from({ length: 25 }, (_, o) => {
      const day = FIRST_DAY + o * 14 + Math.floor(random() * 10);
      return {
        orderId: orderIdSchema.parse(`SO-${100_000 + c * 25 + o}`),
        customerId: customerIdSchema.parse(`C${10_000 + c}`),
        orderedAt: toInstant(day * MS_PER_DAY),
        orderedOn: toDay(day),
        type: "sale",
        status: "confirmed",
        currency: EUR,
        lines: Array.from({ length: 20 }, () => {
          const item = usual[Math.floor(random() * usual.length)] ?? 0;
          const quantity = 1 + Math.floor(24 * random() ** 2);
          const discount = random() < 0.25 ? 0.9 : 1;
          const netMinor = minor(Math.round(quantity * (prices[item] ?? minor(100)) * discount));
          return { itemId: itemIdSchema.parse(`I${20_000 + item}`), kind: "goods", quantity, netMinor };
        }),
      };
    });
  }
}
