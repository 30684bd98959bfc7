import { readOrderItem } from "@regulars/core/imports/order-item";
import { assembleOrder, checkOrderLine } from "@regulars/core/imports/orders";
import type { RawRecord } from "@regulars/core/imports/file-format";
import { type OrderLineRow, itemRowSchema, orderLineRowSchema } from "@regulars/core/imports/rows";
import type { Order } from "@regulars/core/orders/order";
import type { ImportStore, RecordGrouper, StagedRecord } from "@regulars/core/imports/import-store";
import type { Intake } from "@regulars/core/imports/intake";
import type { SaveCounts } from "@regulars/core/platform/save-counts";
import { checkRecord } from "./check-record.ts";
import { ingesting } from "./ingest-items.ts";
import {
  type Groups,
  type ImportOutcome,
  type ImportPipeline,
  NOTHING,
  type Reject,
  type SavedGroups,
} from "./import-kind.ts";

const KEY_COLUMNS = ["orderId"];

/** Orders and credits: the rows of one id are one order; an item is an order with its lines. */
export const orderKind: ImportPipeline = {
  keyColumns: KEY_COLUMNS,
  save: saveOrders,
  saveFile: saveByCustomer,
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
async function saveOrders(groups: Groups, tenant: Intake, store: ImportStore): Promise<ImportOutcome> {
  const { read, ...told } = ordersOf(groups, tenant);
  return { ...(await saveRead(read, store.saveOrders)), ...told };
}

/** Most orders that are saved together, unless one customer has more. */
const SAVED_TOGETHER = 500;

/** A file's orders, those of each customer together, so that the histories of new customers are stored with them. */
async function* saveByCustomer(
  batches: AsyncIterable<Groups>,
  tenant: Intake,
  store: ImportStore,
  another: RecordGrouper["another"],
): AsyncGenerator<SavedGroups> {
  const byCustomer = another<ReadOrder>();
  for await (const groups of batches) {
    const { read, ...told } = ordersOf(groups, tenant);
    for (const one of read) {
      const added = byCustomer.add(one.order.customerId, one);
      if (added !== undefined) await added;
    }
    yield { groups, outcome: { ...NOTHING, ...told } };
  }
  for await (const customers of byCustomer.batches()) {
    let waiting: ReadOrder[] = [];
    for (const [i, orders] of customers.entries()) {
      waiting.push(...orders);
      if (waiting.length < SAVED_TOGETHER && i < customers.length - 1) continue;
      const counts = await saveRead(waiting, store.saveOrdersOfCustomers);
      yield { groups: [], outcome: { ...counts, rejects: [] } };
      waiting = [];
    }
  }
}

/** An order as it was read; partial if one of its rows was rejected. */
interface ReadOrder {
  readonly order: Order;
  readonly isPartial: boolean;
}

function saveRead(read: readonly ReadOrder[], save: ImportStore["saveOrdersOfCustomers"]): Promise<SaveCounts> {
  if (read.length === 0) return Promise.resolve(NOTHING);
  const partial = new Set(read.filter(({ isPartial }) => isPartial).map(({ order }) => order.orderId));
  return save(
    read.map(({ order }) => order),
    partial,
  );
}

function ordersOf(groups: Groups, tenant: Intake) {
  const assembled = groups.map((group) => orderOf(group, tenant));
  return {
    read: assembled.flatMap(({ doc, rejects }): ReadOrder[] =>
      doc === undefined ? [] : [{ order: doc, isPartial: rejects.length > 0 }],
    ),
    rejects: assembled.flatMap(({ rejects }) => rejects),
    affectedRows: assembled.flatMap(({ affectedRows }) => affectedRows),
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
