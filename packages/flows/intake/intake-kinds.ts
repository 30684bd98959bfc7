import { assembleOrder, checkOrderLine } from "@regulars/core/intake/orders";
import { type IntakePayment, assembleInvoice, checkPayment } from "@regulars/core/intake/receivables";
import {
  type ImportKind,
  type OrderLineRow,
  customerRowSchema,
  invoiceRowSchema,
  itemRowSchema,
  orderLineRowSchema,
  paymentRowSchema,
  personRowSchema,
  userRowSchema,
} from "@regulars/core/intake/rows";
import type { IntakeStore, SaveCounts, StagedRecord } from "@regulars/core/ports";
import type { Tenant } from "@regulars/core/tenant";
import type { User } from "@regulars/core/people";
import type { Result } from "@regulars/core/result";
import { ok } from "@regulars/core/result";
import { checkRecord } from "./check-record.ts";

/** A line that cannot be used, and why. */
export interface Reject {
  readonly line: number;
  readonly reason: string;
}

/** What became of the records of some keys. */
export interface IntakeOutcome extends SaveCounts {
  readonly rejects: readonly Reject[];
  /** Rows that were imported, but belong to a document that lacks a rejected one: to be repaired, it is needed whole. */
  readonly beside?: readonly Reject[];
}

type Save = (
  groups: readonly (readonly StagedRecord[])[],
  tenant: Tenant,
  store: IntakeStore,
  absentColumns: readonly string[],
) => Promise<IntakeOutcome>;

/** How one kind of file becomes documents: by which column records belong together, and how they are saved. */
export interface IntakeKind {
  readonly keyColumn: string;
  readonly save: Save;
}

interface Assembled<Doc> {
  readonly doc?: Doc | undefined;
  readonly rejects: readonly Reject[];
}

const NOTHING: SaveCounts = { created: 0, changed: 0, unchanged: 0 };

function saving<Doc>(
  assemble: (group: readonly StagedRecord[], tenant: Tenant) => Assembled<Doc>,
  save: (docs: readonly Doc[], store: IntakeStore, absentColumns: readonly string[]) => Promise<SaveCounts>,
): Save {
  return async (groups, tenant, store, absentColumns) => {
    const assembled = groups.map((group) => assemble(group, tenant));
    const docs = assembled.map(({ doc }) => doc).filter((doc) => doc !== undefined);
    const counts = docs.length === 0 ? NOTHING : await save(docs, store, absentColumns);
    return { ...counts, rejects: assembled.flatMap(({ rejects }) => rejects) };
  };
}

/** A record of its own: a key's last usable row is what it says. */
function lastOf<Row, Doc>(
  check: (staged: StagedRecord) => Result<Row>,
  assemble: (row: Row, tenant: Tenant) => Result<Doc>,
): (group: readonly StagedRecord[], tenant: Tenant) => Assembled<Doc> {
  return (group, tenant) => {
    const rejects: Reject[] = [];
    let doc: Doc | undefined;
    for (const staged of group) {
      const row = check(staged);
      const made = row.ok ? assemble(row.value, tenant) : row;
      if (made.ok) doc = made.value;
      else rejects.push({ line: staged.line, reason: made.message });
    }
    return { doc, rejects };
  };
}

/** All rows of an order together; one that cannot be used is left out, one that contradicts takes the order with it. */
function orderOf(group: readonly StagedRecord[], tenant: Tenant) {
  const rejects: Reject[] = [];
  const rows: OrderLineRow[] = [];
  for (const staged of group) {
    const row = checkRecord(orderLineRowSchema, staged);
    const checked = row.ok ? checkOrderLine(row.value, tenant) : row;
    if (checked.ok) rows.push(checked.value);
    else rejects.push({ line: staged.line, reason: checked.message });
  }
  if (rows.length === 0) return { rejects, beside: [] };
  const order = assembleOrder(rows, tenant);
  if (!order.ok) return { rejects: group.map(({ line }) => ({ line, reason: order.message })), beside: [] };
  return { doc: order.value, rejects, beside: besideOf(group, rejects) };
}

function besideOf(group: readonly StagedRecord[], rejects: readonly Reject[]): Reject[] {
  const [first] = rejects;
  if (first === undefined) return [];
  const bad = new Set(rejects.map(({ line }) => line));
  const reason = `this row is fine; line ${first.line} of the same order is not, and an order is imported whole`;
  return group.filter(({ line }) => !bad.has(line)).map(({ line }) => ({ line, reason }));
}

/** An order that lacks a rejected row is imported without it, unless a whole one is stored already. */
async function saveOrders(
  groups: readonly (readonly StagedRecord[])[],
  tenant: Tenant,
  store: IntakeStore,
): Promise<IntakeOutcome> {
  const assembled = groups.map((group) => orderOf(group, tenant));
  const orders = assembled.map(({ doc }) => doc).filter((doc) => doc !== undefined);
  const partial = new Set(assembled.flatMap(({ doc, rejects }) => (doc && rejects.length > 0 ? [doc.orderId] : [])));
  const counts = orders.length === 0 ? NOTHING : await store.saveOrders(orders, partial);
  return {
    ...counts,
    rejects: assembled.flatMap(({ rejects }) => rejects),
    beside: assembled.flatMap(({ beside }) => beside),
  };
}

/** Payments of one invoice, each told from its equals of the same day by an ordinal. */
async function savePayments(
  groups: readonly (readonly StagedRecord[])[],
  tenant: Tenant,
  store: IntakeStore,
): Promise<IntakeOutcome> {
  const rejects: Reject[] = [];
  const payments: (IntakePayment & { readonly line: number })[] = [];
  for (const group of groups) {
    const seen = new Map<string, number>();
    for (const staged of group) {
      const row = checkRecord(paymentRowSchema, staged);
      const paidOn = row.ok ? checkPayment(row.value, tenant) : row;
      if (!row.ok || !paidOn.ok) {
        rejects.push({ line: staged.line, reason: row.ok ? (paidOn.ok ? "" : paidOn.message) : row.message });
        continue;
      }
      const { amount } = row.value;
      const equal = `${paidOn.value} ${Number(amount.units) / 10 ** amount.scale}`;
      const ordinal = (seen.get(equal) ?? 0) + 1;
      seen.set(equal, ordinal);
      payments.push({ row: row.value, paidOn: paidOn.value, ordinal, line: staged.line });
    }
  }
  const { unknownInvoices, created, changed, unchanged } = await store.savePayments(payments);
  for (const { row, line } of payments)
    if (unknownInvoices.has(row.invoiceId))
      rejects.push({ line, reason: `invoice ${row.invoiceId} is not known: import its invoice first` });
  return { created, changed, unchanged, rejects };
}

const userOf = (row: ReturnType<typeof userRowSchema.parse>): Result<User> =>
  ok({ ...row, name: row.name ?? row.userId, role: row.role ?? "rep" });

/** Every kind of file that can be imported. */
export const intakeKinds: Readonly<Record<ImportKind, IntakeKind>> = {
  users: {
    keyColumn: "userId",
    save: saving(
      lastOf((staged) => checkRecord(userRowSchema, staged), userOf),
      (docs, store, absent) => store.saveUsers(docs, absent),
    ),
  },
  customers: {
    keyColumn: "customerId",
    save: saving(
      lastOf((staged) => checkRecord(customerRowSchema, staged), ok),
      (docs, store, absent) => store.saveCustomers(docs, absent),
    ),
  },
  persons: {
    keyColumn: "personId",
    save: saving(
      lastOf((staged) => checkRecord(personRowSchema, staged), ok),
      (docs, store, absent) => store.savePersons(docs, absent),
    ),
  },
  items: {
    keyColumn: "itemId",
    save: saving(
      lastOf((staged) => checkRecord(itemRowSchema, staged), ok),
      (docs, store, absent) => store.saveItems(docs, absent),
    ),
  },
  orders: { keyColumn: "orderId", save: saveOrders },
  invoices: {
    keyColumn: "invoiceId",
    save: saving(
      lastOf((staged) => checkRecord(invoiceRowSchema, staged), assembleInvoice),
      (docs, store) => store.saveInvoices(docs),
    ),
  },
  payments: { keyColumn: "invoiceId", save: savePayments },
};
