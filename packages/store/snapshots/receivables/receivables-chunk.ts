import type { Receivable } from "@regulars/core/invoices/receivable";
import {
  type Currency,
  type CustomerId,
  invoiceIdSchema,
  minor,
  toDay,
  toDayNumber,
} from "@regulars/core/platform/values";
import { ByteReader, ByteWriter } from "../../engine/bytes.ts";

const VERSION = 1;
const Flag = { credit: 1, disputed: 2, due: 4, foreign: 8 } as const;

/** Packs a customer-year of invoices with their payments, in day order, followed by a checksum. */
export function encodeReceivables(receivables: readonly Receivable[], base: Currency): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  let day = 0;
  let id = "";
  for (const one of receivables.toSorted(byDayAndId)) {
    const invoicedOn = toDayNumber(one.invoicedOn);
    writer.varint(invoicedOn - day);
    writer.textAfter(id, one.invoiceId);
    writeReceivable(writer, one, invoicedOn, base);
    day = invoicedOn;
    id = one.invoiceId;
  }
  return writer.finish();
}

function byDayAndId(a: Receivable, b: Receivable): number {
  if (a.invoicedOn !== b.invoicedOn) return a.invoicedOn < b.invoicedOn ? -1 : 1;
  return a.invoiceId < b.invoiceId ? -1 : 1;
}

function writeReceivable(writer: ByteWriter, one: Receivable, invoicedOn: number, base: Currency): void {
  writer.byte(
    (one.type === "credit" ? Flag.credit : 0) |
      (one.disputed ? Flag.disputed : 0) |
      (one.dueOn === undefined ? 0 : Flag.due) |
      (one.currency === base ? 0 : Flag.foreign),
  );
  if (one.dueOn !== undefined) writer.signed(toDayNumber(one.dueOn) - invoicedOn);
  if (one.currency !== base) for (let i = 0; i < 3; i += 1) writer.byte(one.currency.charCodeAt(i));
  writer.signed(one.totalMinor);
  writer.varint(one.payments.length);
  for (const payment of one.payments) {
    writer.signed(toDayNumber(payment.paidOn) - invoicedOn);
    writer.signed(payment.amountMinor);
  }
}

/**
 * The invoices of a chunk up to `until`, each with its payments up to `paidUntil`: what was known on that day. Both are
 * day numbers and included.
 */
export function decodeReceivables(
  bytes: Uint8Array,
  customerId: CustomerId,
  base: Currency,
  until = Infinity,
  paidUntil = until,
): Receivable[] {
  const reader = new ByteReader(bytes, VERSION);
  const receivables: Receivable[] = [];
  let day = 0;
  let id = "";
  while (reader.hasMore) {
    day += reader.varint();
    id = reader.textAfter(id);
    const one = readReceivable(reader, customerId, day, id, base, paidUntil);
    if (day <= until) receivables.push(one);
  }
  return receivables;
}

function readReceivable(
  reader: ByteReader,
  customerId: CustomerId,
  day: number,
  id: string,
  base: Currency,
  paidUntil: number,
): Receivable {
  const flags = reader.byte();
  const dueOn = (flags & Flag.due) === 0 ? undefined : toDay(day + reader.signed());
  const currency = (flags & Flag.foreign) === 0 ? base : readCurrency(reader);
  const totalMinor = minor(reader.signed());
  const payments: Receivable["payments"][number][] = [];
  for (let left = reader.varint(); left > 0; left -= 1) {
    const paidOn = day + reader.signed();
    const amountMinor = minor(reader.signed());
    if (paidOn <= paidUntil) payments.push({ paidOn: toDay(paidOn), amountMinor });
  }
  return {
    invoiceId: invoiceIdSchema.parse(id),
    customerId,
    invoicedOn: toDay(day),
    ...(dueOn === undefined ? {} : { dueOn }),
    totalMinor,
    currency,
    type: (flags & Flag.credit) === 0 ? "invoice" : "credit",
    disputed: (flags & Flag.disputed) !== 0,
    payments,
  };
}

const readCurrency = (reader: ByteReader): Currency =>
  String.fromCharCode(reader.byte(), reader.byte(), reader.byte()) as Currency;
