import type { Receivable } from "@regulars/core/invoices/receivable";
import type { Projection } from "../projection.ts";
import { encodeReceivables } from "./receivables-chunk.ts";

/** Invoices and credit memos with their payments; void ones are left out. */
export const receivables: Projection = {
  name: "receivables",
  letters: { marker: "Q", chunk: "R" },
  event: "invoice-changed",
  makesCustomer: true,
  yearsOf: ({ invoices }, customerId) => invoices.yearsOf(customerId),
  pack: async ({ invoices, base }, customerId, year) => {
    const valid: Receivable[] = [];
    for await (const one of invoices.ofYear(customerId, year)) if (one.isVoid !== true) valid.push(one);
    return { bytes: encodeReceivables(valid, base) };
  },
};
