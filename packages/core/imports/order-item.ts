import type { Order } from "../orders/order.ts";
import type { RawRecord } from "./file-format.ts";
import { type OrderItem, orderItemSchema } from "./fields/order-item-schema.ts";
import type { Zone } from "./intake.ts";
import { cellsOf } from "./item-cells.ts";
import { type ItemError, type ReadItem, failedItem } from "../platform/field-error.ts";
import { assembleOrder, checkOrderLine } from "./orders.ts";
import { readValidated } from "./read-item.ts";
import { type OrderLineRow, orderLineRowSchema } from "./rows.ts";
import { itemErrors } from "../platform/schema-errors.ts";

type LineItem = OrderItem["lines"][number];

/** An order from its JSON item: an error in any line refuses the whole order. */
export function readOrderItem(item: unknown, tenant: Zone): ReadItem<Order> {
  const parsed = orderItemSchema.safeParse(item);
  if (!parsed.success) return failedItem(itemErrors(parsed.error.issues, item));
  const { lines, ...head } = parsed.data;
  const shared = cellsOf(head, []);
  if (!shared.ok) return shared;
  const currency = head.currency ?? currencyOf(lines);
  const read = lines.map((line, i) => readLine(line, `lines[${i}].`, { cells: shared.value.cells, currency, tenant }));
  const errors = read.flatMap((line) => (line.ok ? [] : line.errors));
  // Errors in fields of the whole order are reported once instead of once per line.
  if (errors.length > 0) return failedItem([...new Map(errors.map((error) => [error.path, error])).values()]);
  const rows = read.flatMap((line) => (line.ok ? [line.value] : []));
  return readValidated(assembleOrder(rows, tenant));
}

/** The currency of the first amount in minor units: an order has one currency. */
function currencyOf(lines: readonly LineItem[]): string | undefined {
  for (const { unitPrice, unitCost } of lines)
    for (const price of [unitPrice, unitCost]) if (typeof price === "object" && price !== null) return price.currency;
  return undefined;
}

function readLine(
  line: LineItem,
  at: string,
  order: {
    readonly cells: RawRecord;
    readonly currency: string | undefined;
    readonly tenant: Zone;
  },
): ReadItem<OrderLineRow> {
  const own = cellsOf(line, [], { currency: order.currency, at });
  if (!own.ok) return own;
  const cells = { ...order.cells, ...own.value.cells };
  const row = orderLineRowSchema.safeParse(cells);
  const checked: ReadItem<OrderLineRow> = row.success
    ? readValidated(checkOrderLine(row.data, order.tenant))
    : failedItem(itemErrors(row.error.issues, line, cells));
  if (checked.ok) return checked;
  const placed = ({ path, ...rest }: ItemError): ItemError => ({ path: path in line ? `${at}${path}` : path, ...rest });
  return failedItem(checked.errors.map(placed));
}
