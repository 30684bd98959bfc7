import { ingestSchemas } from "@regulars/core/imports/ingest-schemas";
import type { ItemError } from "@regulars/core/platform/field-error";
import { readValidated, readRow } from "@regulars/core/imports/read-item";
import { type ImportedPayment, checkPayment } from "@regulars/core/imports/receivables";
import { paymentRowSchema } from "@regulars/core/imports/rows";
import type { PaymentCounts } from "@regulars/core/imports/import-store";
import { currencySchema } from "@regulars/core/platform/values";
import { checkRecord } from "./check-record.ts";
import { ingesting } from "./ingest-items.ts";
import type { ImportPipeline, Reject, SaveGroups } from "./import-kind.ts";

type UnnumberedPayment = Omit<ImportedPayment, "ordinal">;

const KEY_COLUMNS = ["invoiceId"];

/** Payments. Equal payments of one invoice and day are distinguished by their ordinal. */
export const paymentKind: ImportPipeline = {
  keyColumns: KEY_COLUMNS,
  save: savePayments(),
  ingest: ingesting<UnnumberedPayment>({
    keyColumns: KEY_COLUMNS,
    read: (item, tenant) => {
      const given = readRow(item, ingestSchemas.payments, paymentRowSchema);
      if (!given.ok) return given;
      const { row, cells } = given.value;
      const paidOn = readValidated(checkPayment(row, tenant));
      if (!paidOn.ok) return paidOn;
      const currency = currencySchema.safeParse(cells["currency"]).data;
      const doc = { row, paidOn: paidOn.value, ...(currency === undefined ? {} : { currency }) };
      return { ok: true, value: { doc, absent: [] } };
    },
    save: async (payments, store, _absent, note) => {
      const toNumber = numbering();
      const given = new Map(payments.map((payment) => [toNumber(payment), payment]));
      const counts = await store.savePayments([...given.keys()], (numbered, outcome) => {
        const payment = given.get(numbered);
        if (payment !== undefined) note(payment, outcome);
      });
      return new Map(
        [...given].flatMap(([numbered, payment]) => {
          const error = notApplied(numbered, counts);
          return error === undefined ? [] : [[payment, error] as const];
        }),
      );
    },
  }),
};

/** Numbers equal payments in the order in which they come. */
function numbering(): (payment: UnnumberedPayment) => ImportedPayment {
  const seen = new Map<string, number>();
  return (payment) => {
    const { invoiceId, amount } = payment.row;
    const equal = `${invoiceId} ${payment.paidOn} ${Number(amount.units) / 10 ** amount.scale}`;
    const ordinal = (seen.get(equal) ?? 0) + 1;
    seen.set(equal, ordinal);
    return { ...payment, ordinal };
  };
}

/** Why a payment has no invoice; `undefined` if it has one. */
function notApplied(
  payment: ImportedPayment,
  { unknownInvoices, otherCurrency }: PaymentCounts,
): ItemError | undefined {
  const { invoiceId } = payment.row;
  if (unknownInvoices.has(invoiceId))
    return { path: "invoiceId", code: "unknown-invoice", message: `invoice ${invoiceId} is not known: ${FIRST}` };
  const currency = otherCurrency.get(payment);
  if (currency === undefined) return undefined;
  return {
    path: "amount.currency",
    code: "other-currency",
    message: `invoice ${invoiceId} is in ${currency}: a payment is in its invoice's currency`,
  };
}

const FIRST = "import its invoice first";

function savePayments(): SaveGroups {
  return async (groups, tenant, store) => {
    const rejects: Reject[] = [];
    const lineOf = new Map<ImportedPayment, number>();
    const toNumber = numbering();
    for (const staged of groups.flat()) {
      const row = checkRecord(paymentRowSchema, staged);
      const paidOn = row.ok ? checkPayment(row.value, tenant) : row;
      if (row.ok && paidOn.ok) lineOf.set(toNumber({ row: row.value, paidOn: paidOn.value }), staged.line);
      else if (!paidOn.ok) rejects.push({ line: staged.line, reason: paidOn.message });
    }
    const { created, changed, unchanged, ...misses } = await store.savePayments([...lineOf.keys()]);
    for (const [payment, line] of lineOf) {
      const error = notApplied(payment, { created, changed, unchanged, ...misses });
      if (error !== undefined) rejects.push({ line, reason: error.message });
    }
    return { created, changed, unchanged, rejects };
  };
}
