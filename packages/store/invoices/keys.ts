import { keyOfId } from "@regulars/core/platform/id-text";
import type { CustomerId, Day, InvoiceId } from "@regulars/core/platform/values";
import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

const invoiceSort = (on: Day, invoiceId: InvoiceId): string => `${on}#${keyOfId(invoiceId)}`;

export function invoicesKeys(inFamily: InFamily) {
  const invoices = (customerId: CustomerId): string => inFamily(`V#${keyOfId(customerId)}`);
  return {
    invoices,
    invoice: (customerId: CustomerId, on: Day, invoiceId: InvoiceId): Key => ({
      pk: invoices(customerId),
      sk: invoiceSort(on, invoiceId),
    }),
    /** In the partition of its invoice, so that one Query reads a customer-year of receivables. */
    payment: (customerId: CustomerId, on: Day, invoiceId: InvoiceId, paymentId: string): Key => ({
      pk: invoices(customerId),
      sk: `${invoiceSort(on, invoiceId)}#${paymentId}`,
    }),
  };
}

export const invoicesFates = {
  V: { kind: "invoices and payments", fate: "of-customer" },
} as const satisfies FamilyFates;
