import { noteOf } from "@regulars/core/platform/save-counts";
import { ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import type { ItemError } from "@regulars/core/platform/field-error";
import { readValidated, readRow } from "@regulars/core/imports/read-item";
import { type ImportedPayment, checkPayment } from "@regulars/core/imports/receivables";
import { type PaymentRow, paymentRowSchema } from "@regulars/core/imports/rows";
import type { PaymentCounts } from "@regulars/core/imports/import-store";
import type { Day } from "@regulars/core/platform/values";
import { checkRecord } from "./check-record.ts";
import { ingesting } from "./ingest-items.ts";
import type { ImportPipeline, Reject, SaveGroups } from "./import-kind.ts";

type UnnumberedPayment = Omit<ImportedPayment, "ordinal">;

const KEY_COLUMNS = ["invoiceId"];

/** Payments. Equal payments of one invoice and day are distinguished by their id, else by their ordinal. */
export const paymentKind: ImportPipeline = {
  keyColumns: KEY_COLUMNS,
  save: savePayments(),
  ingest: ingesting<UnnumberedPayment>({
    keyColumns: KEY_COLUMNS,
    isNumbered: true,
    read: (item, tenant) => {
      const given = readRow(item, ingestSchemas.payments, paymentRowSchema);
      if (!given.ok) return given;
      const { row } = given.value;
      const paidOn = readValidated(checkPayment(row, tenant));
      return paidOn.ok ? { ok: true, value: { doc: made(row, paidOn.value), key: idOf(row), absent: [] } } : paidOn;
    },
    save: async (payments, store, _absent, note) => {
      const toNumber = numbering();
      const given = new Map(payments.map((payment) => [toNumber(payment), payment]));
      const counts = await store.savePayments(
        [...given.keys()],
        noteOf(note, (numbered) => given.get(numbered)),
      );
      return new Map(
        [...given].flatMap(([numbered, payment]) => {
          const error = notApplied(numbered, counts);
          return error === undefined ? [] : [[payment, error] as const];
        }),
      );
    },
  }),
};

const made = (row: PaymentRow, paidOn: Day): UnnumberedPayment => ({
  row,
  paidOn,
  ...(row.currency === undefined ? {} : { currency: row.currency }),
});

/** What tells a payment with an id from all others. */
const idOf = ({ invoiceId, paymentId }: PaymentRow): string | undefined =>
  paymentId === undefined ? undefined : `${invoiceId}\u0000${paymentId}`;

/** Numbers equal payments in the order in which they come; one with an id is the only one. */
function numbering(): (payment: UnnumberedPayment) => ImportedPayment {
  const seen = new Map<string, number>();
  return (payment) => {
    const { invoiceId, paymentId, amount } = payment.row;
    if (paymentId !== undefined) return { ...payment, ordinal: 1 };
    const equal = `${invoiceId} ${payment.paidOn} ${Number(amount.units) / 10 ** amount.scale}`;
    const ordinal = (seen.get(equal) ?? 0) + 1;
    seen.set(equal, ordinal);
    return { ...payment, ordinal };
  };
}

/** Why a payment was not saved; `undefined` if it was. */
function notApplied(payment: ImportedPayment, { unknownInvoices, refused }: PaymentCounts): ItemError | undefined {
  const { invoiceId } = payment.row;
  if (unknownInvoices.has(invoiceId))
    return { path: "invoiceId", code: "unknown-invoice", message: `invoice ${invoiceId} is not known: ${FIRST}` };
  return refused.get(payment);
}

const FIRST = "import its invoice first";

function savePayments(): SaveGroups {
  return async (groups, tenant, store) => {
    const rejects: Reject[] = [];
    const read = new Map<string | symbol, { readonly payment: UnnumberedPayment; readonly line: number }>();
    for (const staged of groups.flat()) {
      const row = checkRecord(paymentRowSchema, staged);
      const paidOn = row.ok ? checkPayment(row.value, tenant) : row;
      // Of two rows with one id the later one counts.
      if (row.ok && paidOn.ok)
        read.set(idOf(row.value) ?? Symbol("without an id"), {
          payment: made(row.value, paidOn.value),
          line: staged.line,
        });
      else if (!paidOn.ok) rejects.push({ line: staged.line, reason: paidOn.message });
    }
    const toNumber = numbering();
    const lineOf = new Map([...read.values()].map(({ payment, line }) => [toNumber(payment), line]));
    const { created, changed, unchanged, takenForSame, ...misses } = await store.savePayments([...lineOf.keys()]);
    for (const [payment, line] of lineOf) {
      const error = notApplied(payment, { created, changed, unchanged, takenForSame, ...misses });
      if (error !== undefined) rejects.push({ line, reason: error.message });
    }
    return { created, changed, unchanged, rejects, ...(takenForSame === 0 ? {} : { takenForSame }) };
  };
}
