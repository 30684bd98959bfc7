import { TEST_NOW } from "@regulars/core/testing";
import type { RawRecord } from "@regulars/core/imports/file-format";
import { ownFormat } from "@regulars/core/imports/formats/formats";
import { type ImportKind, importKinds } from "@regulars/core/imports/rows";
import { importRecords } from "@regulars/flows/imports/import-records";
import { ingestBatch } from "@regulars/flows/imports/ingest-batch";
import { memoryGrouper } from "@regulars/flows/imports/memory-grouper";
import { dryStore } from "@regulars/flows/imports/stores-of-new-tenants";
import { describe, expect, it } from "vitest";
import { type TestTenant, aTenant, aTenantStore } from "../fixtures/tenant.ts";
import { recordReaders } from "./record-readers.ts";
import * as sample from "./samples/records.ts";
import { at } from "./samples/values.ts";

type Json = Readonly<Record<string, unknown>>;

/** One record of a kind as a row of a file and as a JSON item, and what is stored of it. */
interface Imported {
  readonly row: RawRecord;
  /** Where it differs from the row's cells. */
  readonly item: Json;
  readonly stored: object;
}

const { isActive: _isActive, dealRights: _dealRights, ...user } = sample.user;
const { isVoid: _isVoid, ...invoice } = sample.invoice;

/** A flat record's values as cells. */
const cellsOf = (record: object): RawRecord =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, String(value)]));

const line = { itemId: "rye", quantity: "1", uomFactor: "2", unitPrice: "23.80", unitCost: "14.40", kind: "charge" };
const orderHead = {
  orderId: "so1",
  customerId: "acme",
  orderedAt: at,
  type: "credit",
  status: "draft",
  startedBy: "anna",
  currency: "USD",
  fxToBase: "0.5",
};
const paymentRow = { invoiceId: "inv1", paymentId: "pay1", paidAt: "2026-11-24", amount: "84.80", currency: "USD" };

const projectRow = {
  projectId: "pr1",
  customerId: "acme",
  name: "New espresso bar",
  status: "ongoing",
  revenue: "12000.00",
  cost: "9500.00",
  currency: "USD",
};

/** A record whose columns have the names of its fields. */
const alike = (stored: object, item: Json = {}): Imported => ({ row: cellsOf(stored), item, stored });

/** A record some of whose fields come from other columns; `""` takes a field's own column away. */
const renamed = (stored: object, columns: RawRecord, item: Json = {}): Imported => ({
  row: Object.fromEntries(Object.entries({ ...cellsOf(stored), ...columns }).filter(([, cell]) => cell !== "")),
  item,
  stored,
});

const kinds: Readonly<Record<ImportKind, Imported>> = {
  users: alike(user),
  customers: alike(sample.customer, { creditHold: true }),
  persons: alike(sample.person),
  items: alike(sample.item),
  links: alike(sample.itemLink, { ratio: 2, linkedRatio: 3, lagDays: 7, bidirectional: true }),
  orders: { row: { ...orderHead, ...line }, item: {}, stored: sample.order },
  invoices: renamed(
    invoice,
    { invoicedOn: "", invoiceDate: "2026-11-23", dueOn: "", dueDate: "2026-11-24", totalMinor: "", total: "84.80" },
    { disputed: true },
  ),
  payments: { row: paymentRow, item: {}, stored: sample.payment },
  activities: renamed(
    sample.activity,
    { occurredOn: "", attendees: "p2; p3", attendeeIds: "" },
    { completed: false, durationMinutes: 45, automatic: true, mass: true },
  ),
  sales: renamed(sample.sale, { saleOn: "", saleDate: "2026-11-23", amountMinor: "", amount: "1500.00" }),
  requests: renamed(sample.supportRequest, { createdOn: "", closedOn: "" }),
  projects: { row: projectRow, item: {}, stored: sample.project },
  leads: renamed(sample.importedContact, { amountMinor: "", amount: "199.00" }),
};

/** Columns that only confirm what is stored already: a payment is in its invoice's currency. */
const confirming: Readonly<Partial<Record<ImportKind, string>>> = { payments: "currency" };

const columnsOf = (kind: ImportKind): readonly string[] => ownFormat(kind).columns;

async function importRow(testTenant: TestTenant, kind: ImportKind, row: RawRecord): Promise<void> {
  const records = async function* () {
    yield await Promise.resolve({ line: 2, record: row });
  };
  await importRecords({
    tenant: testTenant.tenant,
    now: TEST_NOW,
    format: ownFormat(kind),
    records: records(),
    grouper: memoryGrouper(),
    imports: testTenant.store.imports,
    absentColumns: columnsOf(kind).filter((column) => row[column] === undefined),
    onReject: () => undefined,
  });
}

/** The item of a row: an order's line columns stand in its one line. */
function itemOf(kind: ImportKind, row: RawRecord): Json {
  const { item } = kinds[kind];
  const own = Object.entries(row).map(([name, cell]) => [name, item[name] ?? cell] as const);
  if (kind !== "orders") return Object.fromEntries(own);
  const isOfLine = ([name]: readonly [string, unknown]): boolean => name in line;
  const lines = [Object.fromEntries(own.filter(isOfLine))];
  return { ...Object.fromEntries(own.filter((entry) => !isOfLine(entry))), lines };
}

const ways = {
  CSV: importRow,
  JSON: async (testTenant: TestTenant, kind: ImportKind, row: RawRecord): Promise<void> => {
    const batch = {
      tenant: testTenant.tenant,
      now: TEST_NOW,
      kind,
      items: [itemOf(kind, row)],
      imports: testTenant.store.imports,
    };
    await ingestBatch(batch);
  },
} as const;

/** What a fresh tenant has stored after a row was imported as CSV or as JSON; a payment's invoice is there before it. */
async function storedAfter(way: keyof typeof ways, kind: ImportKind, row: RawRecord): Promise<unknown> {
  const testTenant = aTenantStore();
  if (kind === "payments") await testTenant.store.imports.saveInvoices([{ invoice: sample.invoice }]);
  if (kind === "links") await testTenant.store.imports.saveItems(sample.linkedItems);
  await ways[way](testTenant, kind, row);
  return recordReaders[kind](testTenant);
}

describe.each(importKinds)("%s", (kind) => {
  const { row, stored } = kinds[kind];

  it("have a sample with every column of their file, and no other", () => {
    expect(Object.keys(row).toSorted()).toEqual(columnsOf(kind).toSorted());
  });

  it.each(["CSV", "JSON"] as const)("are stored whole from %s", async (way) => {
    expect(await storedAfter(way, kind, row)).toEqual(stored);
  });

  it.each(["CSV", "JSON"] as const)("are stored otherwise, or refused, when %s lacks any one column", async (way) => {
    const telling = columnsOf(kind).filter((column) => column !== confirming[kind]);
    const lacking = telling.map(async (column) => {
      const { [column]: _left, ...rest } = row;
      return [column, await storedAfter(way, kind, rest)] as const;
    });
    for (const [column, found] of await Promise.all(lacking)) expect([column, found]).not.toEqual([column, stored]);
  });
});

/** Days from which on an item is not sold: plans, of which no answer of today is made. */
const plans = ["discontinuedOn", "outOfStockFrom", "outOfStockTo"];

const dates = importKinds.flatMap((kind) =>
  ownFormat(kind)
    .dates.filter((column) => !plans.includes(column))
    .map((column) => [kind, column] as const),
);

it.each(dates)("E2: %s are rejected with a %s decades ahead, in a file and over HTTP", async (kind, column) => {
  const row = { ...kinds[kind].row, [column]: "2062-03-01" };
  const given = { tenant: aTenant(), now: TEST_NOW, imports: dryStore };
  const reasons: string[] = [];
  const report = await importRecords({
    ...given,
    format: ownFormat(kind),
    records: (async function* () {
      yield await Promise.resolve({ line: 2, record: row });
    })(),
    grouper: memoryGrouper(),
    onReject: ({ reason }) => reasons.push(reason),
  });
  expect(report).toMatchObject({ documents: 0, rejected: 1 });
  expect(reasons[0]).toMatch(new RegExp(`^${column} "2062-03-01" is more than (a year|ten years) ahead`));
  const { results } = await ingestBatch({ ...given, kind, items: [itemOf(kind, row)] });
  expect(results).toMatchObject([{ outcome: "rejected", errors: [{ path: column, code: "too-far-ahead" }] }]);
});
