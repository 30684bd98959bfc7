import { readOrderItem } from "@regulars/core/imports/order-item";
import { assembleOrder, checkOrderLine } from "@regulars/core/imports/orders";
import type { RawRecord } from "@regulars/core/imports/file-format";
import { type OrderLineRow, itemRowSchema, orderLineRowSchema } from "@regulars/core/imports/rows";
import type { Order } from "@regulars/core/orders/order";
import type { ImportStore, StagedRecord } from "@regulars/core/imports/import-store";
import type { Intake } from "@regulars/core/imports/intake";
import { checkRecord } from "./check-record.ts";
import { ingesting } from "./ingest-items.ts";
import { type ImportPipeline, NOTHING, type Reject, type SaveGroups } from "./import-kind.ts";

const KEY_COLUMNS = ["orderId"];

/** Orders and credits: the rows of one id are one order; an item is an order with its lines. */
export const orderKind: ImportPipeline = {
  keyColumns: KEY_COLUMNS,
  save: saveOrders(),
  nameItems,
  ingest: ingesting<Order>({
    keyColumns: KEY_COLUMNS,
    read: (item, tenant) => {
      const order = readOrderItem(item, tenant);
      return order.ok ? { ok: true, value: { doc: order.value, key: order.value.orderId, absent: [] } } : order;
    },
    save: async (orders, store, _absent, note) => {
      await store.saveOrders(orders, undefined, note);
      return new Map();
    },
  }),
};

const NAMED_TOGETHER = 500;

/** What is known of an item stays as it is. */
async function nameItems(records: readonly RawRecord[], store: ImportStore): Promise<void> {
  const items = records.flatMap((record) => {
    const item = itemRowSchema.safeParse(record);
    return item.success ? [item.data] : [];
  });
  for (let i = 0; i < items.length; i += NAMED_TOGETHER)
    await store.saveItems(items.slice(i, i + NAMED_TOGETHER), Object.keys(itemRowSchema.shape));
}

/** An order that lacks a rejected row is imported without it, unless a whole one is stored already. */
function saveOrders(): SaveGroups {
  return async (groups, tenant, store) => {
    const assembled = groups.map((group) => orderOf(group, tenant));
    const orders = assembled.map(({ doc }) => doc).filter((doc) => doc !== undefined);
    const partial = new Set(assembled.flatMap(({ doc, rejects }) => (doc && rejects.length > 0 ? [doc.orderId] : [])));
    const counts = orders.length === 0 ? NOTHING : await store.saveOrders(orders, partial);
    return {
      ...counts,
      rejects: assembled.flatMap(({ rejects }) => rejects),
      affectedRows: assembled.flatMap(({ affectedRows }) => affectedRows),
    };
  };
}

/** Makes an order of its rows: an invalid row is left out; a contradicting row rejects the order. */
function orderOf(group: readonly StagedRecord[], tenant: Intake) {
  const rejects: Reject[] = [];
  const rows: OrderLineRow[] = [];
  for (const staged of group) {
    const row = checkRecord(orderLineRowSchema, staged);
    const checked = row.ok ? checkOrderLine(row.value, tenant) : row;
    if (checked.ok) rows.push(checked.value);
    else rejects.push({ line: staged.line, reason: checked.message });
  }
  if (rows.length === 0) return { rejects, affectedRows: [] };
  const order = assembleOrder(rows, tenant);
  if (!order.ok) return { rejects: group.map(({ line }) => ({ line, reason: order.message })), affectedRows: [] };
  return { doc: order.value, rejects, affectedRows: affectedRowsOf(group, rejects) };
}

function affectedRowsOf(group: readonly StagedRecord[], rejects: readonly Reject[]): Reject[] {
  const [first] = rejects;
  if (first === undefined) return [];
  const bad = new Set(rejects.map(({ line }) => line));
  const reason = `this row is fine; line ${first.line} of the same order is not, and an order is imported whole`;
  return group.filter(({ line }) => !bad.has(line)).map(({ line }) => ({ line, reason }));
}
