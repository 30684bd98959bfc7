import { saleStatuses } from "@regulars/core/customers/sale";
import { type Currency, dayNumber, minor, projectIdSchema } from "@regulars/core/platform/values";
import type { SaleView } from "@regulars/core/snapshots/sale-view";
import { ByteReader, ByteWriter, CorruptChunkError } from "../../engine/bytes.ts";
import { idAt, readCurrency, readIds, writeCurrency, writeIds } from "../packed-fields.ts";

const VERSION = 1;
const STATUSES = 4;
const Flag = { amount: 4, foreign: 8 } as const;

/**
 * Packs a customer-year: version; the project ids; then for each sale, in day order, the days since the previous one, a
 * byte for its status and what follows, the position of its project (0: none), its amount, and its currency unless that
 * is the base currency; a checksum.
 */
export function encodeSales(sales: readonly SaleView[], base: Currency): Uint8Array {
  const writer = new ByteWriter();
  writer.byte(VERSION);
  const placeOf = writeIds(
    writer,
    sales.map(({ projectId }) => projectId),
  );
  let day = 0;
  for (const sale of sales.toSorted((a, b) => bySortKey(sortKey(a, placeOf), sortKey(b, placeOf)))) {
    writer.varint(sale.day - day);
    writer.byte(headOf(sale, base));
    writer.varint(placeOf(sale.projectId));
    if (sale.amountMinor !== undefined) writer.signed(sale.amountMinor);
    if (sale.currency !== undefined && sale.currency !== base) writeCurrency(writer, sale.currency);
    ({ day } = sale);
  }
  return writer.finish();
}

const headOf = ({ status, amountMinor, currency }: SaleView, base: Currency): number =>
  saleStatuses.indexOf(status) |
  (amountMinor === undefined ? 0 : Flag.amount) |
  (currency === undefined || currency === base ? 0 : Flag.foreign);

type SortKey = readonly (number | string)[];

/** Everything of a sale, so that the order of equal days does not depend on the order of reading. */
const sortKey = (sale: SaleView, placeOf: (id: string | undefined) => number): SortKey => [
  sale.day,
  saleStatuses.indexOf(sale.status),
  placeOf(sale.projectId),
  sale.amountMinor ?? 0,
  sale.currency ?? "",
];

function bySortKey(a: SortKey, b: SortKey): number {
  for (const [i, one] of a.entries()) {
    const other = b[i] ?? 0;
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

/** The sales of a chunk, in day order. */
export function decodeSales(bytes: Uint8Array, base: Currency): SaleView[] {
  const reader = new ByteReader(bytes, VERSION);
  const projects = readIds(reader).map((id) => projectIdSchema.parse(id));
  const sales: SaleView[] = [];
  let day = 0;
  while (reader.hasMore) {
    day += reader.varint();
    const head = reader.byte();
    const projectId = idAt(projects, reader.varint());
    const hasAmount = (head & Flag.amount) !== 0;
    const amountMinor = hasAmount ? minor(reader.signed()) : undefined;
    const currency = (head & Flag.foreign) === 0 ? base : readCurrency(reader);
    sales.push({
      day: dayNumber(day),
      status: statusOf(head),
      ...(amountMinor === undefined ? {} : { amountMinor, currency }),
      ...(projectId === undefined ? {} : { projectId }),
    });
  }
  return sales;
}

function statusOf(head: number): SaleView["status"] {
  const status = saleStatuses[head % STATUSES];
  if (status === undefined) throw new CorruptChunkError(`the chunk has a sale of unknown status ${head % STATUSES}`);
  return status;
}
