import type { Receivable } from "../invoices/receivable.ts";
import type { CustomerId } from "../platform/values.ts";
import type { Documents, History } from "./history.ts";

/**
 * Throws a `RangeError` when the customer's amounts together are more than a number holds exactly: whatever is added up
 * of them would be wrong (docs/operations.md, "Customers set aside").
 */
export function mustSumExactly({ customerId, documents, receivables }: Summed): void {
  mustBeExact(sizeOf(documents, documents.netMinor), "orders", customerId);
  mustBeExact(sizeOf(documents, documents.costMinor), "costs", customerId);
  mustBeExact(invoicesOf(receivables), "invoices", customerId);
}

type Summed = Pick<History, "customerId" | "documents" | "receivables">;

function mustBeExact(sum: number, what: string, customerId: CustomerId): void {
  if (sum > Number.MAX_SAFE_INTEGER)
    throw new RangeError(
      `the ${what} of customer ${customerId} come to more than ${Number.MAX_SAFE_INTEGER} minor units, too much to be summed exactly: correct their amounts`,
    );
}

/** Amounts of all lines without their signs; one that is not known is none. */
function sizeOf({ count, firstLine }: Documents, amounts: Float64Array): number {
  const lines = firstLine[count] ?? 0;
  let sum = 0;
  for (let line = 0; line < lines; line += 1) {
    const size = Math.abs(amounts[line] ?? 0);
    if (size > 0) sum += size;
  }
  return sum;
}

function invoicesOf(receivables: readonly Receivable[]): number {
  let sum = 0;
  for (const { totalMinor, payments } of receivables) {
    sum += Math.abs(totalMinor);
    for (const { amountMinor } of payments) sum += Math.abs(amountMinor);
  }
  return sum;
}
