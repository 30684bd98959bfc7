import type { Mapped } from "../file-format.ts";

/** An invoice of an accounting program, as its cells say. */
interface InvoiceCells {
  readonly invoiceId: string;
  readonly customerId: string;
  readonly invoiceDate: string;
  readonly dueDate: string;
  readonly total: string;
  readonly currency: string;
  readonly isCredit: boolean;
  readonly isPaid: boolean;
}

/**
 * A row of our own invoices. The export of an accounting program says that an invoice is paid and not when: it then
 * counts as paid on its due date, or on its own date without one, so that nobody is asked for money that came.
 */
export function invoiceRow({ isCredit, isPaid, ...cells }: InvoiceCells): Mapped {
  if (cells.invoiceId === "") return { skip: "noNumber" };
  if (cells.customerId === "") return { skip: "noCustomer" };
  const settledAt = !isPaid || isCredit ? "" : cells.dueDate === "" ? cells.invoiceDate : cells.dueDate;
  return { record: { ...cells, type: isCredit ? "credit" : "invoice", settledAt } };
}

/** Whether an amount that is still to be paid is none. */
export const isNothing = (amount: string): boolean => amount !== "" && Number(amount) === 0;
