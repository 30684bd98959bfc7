import { type Order, isEffective, isPlaced } from "@regulars/core/orders/order";
import { toDayNumber } from "@regulars/core/platform/values";
import type { ItemNumbers } from "../../catalog/item-numbers.ts";
import type { PackedYear, Projection } from "../projection.ts";
import { dayOfYear } from "../chunk.ts";
import { type ChunkDocument, encodeHistory } from "./history-chunk.ts";

/** Orders and credits with their lines; cancelled ones and drafts are left out. */
export const history: Projection = {
  name: "history",
  letters: { marker: "D", chunk: "H" },
  event: "order-changed",
  makesCustomer: true,
  yearsOf: ({ orders }, customerId) => orders.yearsOf(customerId),
  pack: async ({ orders, numbers }, customerId, year) => {
    const ofYear = [];
    for await (const order of orders.ofYear(customerId, year)) ofYear.push(order);
    return packedOrders(ofYear, numbers);
  },
};

/** A customer-year packed from its orders, in any order. */
export async function packedOrders(orders: readonly Order[], numbers: ItemNumbers) {
  const effective = orders.filter(isEffective);
  await numbers.intern(effective.flatMap((order) => order.lines));
  const documents = effective.map((order): ChunkDocument => ({
    id: order.orderId,
    day: toDayNumber(order.orderedOn),
    isCredit: order.type === "credit",
    lines: order.lines.map((line) => ({ ...line, itemNumber: numbers.numberOf(line) })),
  }));
  const lastDay = orders.reduce(
    (last, order) => (isPlaced(order) ? Math.max(last, dayOfYear(order.orderedOn)) : last),
    0,
  );
  return { bytes: encodeHistory(documents, numbers.unitPriceOf), lastDay } satisfies PackedYear;
}
