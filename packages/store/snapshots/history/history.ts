import { isEffective, isPlaced } from "@regulars/core/orders/order";
import { toDayNumber } from "@regulars/core/platform/values";
import type { Projection } from "../projection.ts";
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
    const effective = [];
    let lastDay = 0;
    for await (const order of orders.ofYear(customerId, year)) {
      if (isEffective(order)) effective.push(order);
      if (isPlaced(order)) lastDay = dayOfYear(order.orderedOn);
    }
    await numbers.intern(effective.flatMap((order) => order.lines));
    const documents: ChunkDocument[] = effective.map((order) => ({
      id: order.orderId,
      day: toDayNumber(order.orderedOn),
      isCredit: order.type === "credit",
      lines: order.lines.map((line) => ({ ...line, itemNumber: numbers.numberOf(line) })),
    }));
    return { bytes: encodeHistory(documents, numbers.unitPriceOf), lastDay };
  },
};
