import { type ImportedInvoice, assembleInvoice } from "@regulars/core/imports/receivables";
import { invoiceRowSchema, paymentRowSchema } from "@regulars/core/imports/rows";
import type { Order } from "@regulars/core/orders/order";
import type { DocumentPage, DocumentPlace } from "@regulars/core/platform/paging";
import type { Receivable } from "@regulars/core/invoices/receivable";
import { type OrderInput, anOrder } from "@regulars/core/testing";
import {
  type InvoiceId,
  type OrderId,
  customerIdSchema,
  day,
  invoiceIdSchema,
  orderIdSchema,
} from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { beforeCommand } from "../../../test/fixtures/before-command.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";

const ACME = customerIdSchema.parse("acme");
const BAKER = customerIdSchema.parse("baker");
const orderId = (id: string) => orderIdSchema.parse(id);
const invoiceId = (id: string) => invoiceIdSchema.parse(id);

/** The ids of every page, one list per page. */
async function pages<Doc, Id>(
  read: (before: DocumentPlace<Id> | undefined) => Promise<DocumentPage<Doc, Id>>,
  idOf: (document: Doc) => string,
): Promise<string[][]> {
  const found: string[][] = [];
  let before: DocumentPlace<Id> | undefined;
  do {
    const { documents, next } = await read(before);
    found.push(documents.map(idOf));
    before = next;
  } while (before !== undefined);
  return found;
}

describe("a document", () => {
  let testTenant: TestTenant;
  const saveOrders = (...fixtures: readonly OrderInput[]) => testTenant.store.imports.saveOrders(fixtures.map(anOrder));
  const given = (id: string, row: Readonly<Record<string, string>> = {}): ImportedInvoice => {
    const full = { invoiceId: id, customerId: "acme", invoiceDate: "2026-01-15", total: "100", ...row };
    const made = assembleInvoice(invoiceRowSchema.parse(full), testTenant.tenant);
    if (!made.ok) throw new Error(made.message);
    return made.value;
  };
  const saveInvoices = (...invoices: readonly ImportedInvoice[]) => testTenant.store.imports.saveInvoices(invoices);
  const pay = (id: string, amount: string, paidOn = "2026-02-01") =>
    testTenant.store.imports.savePayments([
      { row: paymentRowSchema.parse({ invoiceId: id, paidAt: paidOn, amount }), paidOn: day(paidOn), ordinal: 1 },
    ]);
  beforeEach(() => {
    testTenant = aTenantStore();
  });

  it("is found by id as it was imported; an unknown id finds nothing", async () => {
    const { findOrder, findInvoice } = testTenant.store.documents;
    const order = anOrder({ on: "2026-01-05", orderId: "A", lines: ["rye", { itemId: "oats", quantity: 1.5 }] });
    await testTenant.store.imports.saveOrders([order]);
    await saveInvoices(given("A", { settledAt: "2026-02-03", dueDate: "2026-02-14" }));
    await pay("A", "30.00");
    expect(await findOrder(orderId("A"))).toEqual(order);
    expect(await findInvoice(invoiceId("A"))).toEqual({
      ...given("A", { dueDate: "2026-02-14" }).invoice,
      payments: [
        { paidOn: "2026-02-01", amountMinor: 3_000 },
        { paidOn: "2026-02-03", amountMinor: 10_000 },
      ],
    });
    expect([await findOrder(orderId("B")), await findInvoice(invoiceId("B"))]).toEqual([undefined, undefined]);
  });

  it("is found when it moves between two reads", async () => {
    await saveOrders({ on: "2026-01-05", orderId: "A" });
    const other = testTenant.another();
    const moved = anOrder({ on: "2026-01-06", orderId: "A", customerId: "baker" });
    const { findOrder } = other.store.documents;
    let reads = 0;
    other.table.raw.middlewareStack.add(
      (next) => async (args) => {
        reads += 1;
        if (reads === 2) await testTenant.store.imports.saveOrders([moved]);
        return next(args);
      },
      { step: "initialize", name: "movesMeanwhile" },
    );
    expect(await findOrder(orderId("A"))).toEqual(moved);
  });

  it("of another customer or tenant is on no page of this customer", async () => {
    await saveOrders({ on: "2026-01-05", orderId: "A" }, { on: "2026-01-05", orderId: "B", customerId: "baker" });
    const { documents } = await testTenant.store.documents.recentOrders(BAKER, { limit: 10 });
    expect(documents.map((order) => order.orderId)).toEqual(["B"]);
    const stranger = aTenantStore().store.documents;
    expect(await stranger.recentOrders(ACME, { limit: 10 })).toEqual({ documents: [] });
    expect(await stranger.findOrder(orderId("A"))).toBeUndefined();
  });

  it("of a customer is read newest first, page by page", async () => {
    await saveOrders(
      ...["2025-12-31", "2026-01-05", "2026-01-05", "2026-02-01", "2026-02-02"].map((on, i) => ({
        on,
        orderId: `O${i}`,
        status: i === 3 ? "cancelled" : "confirmed",
      })),
    );
    const by = (limit: number) =>
      pages<Order, OrderId>(
        (before) => testTenant.store.documents.recentOrders(ACME, { limit, before }),
        (order) => order.orderId,
      );
    expect(await by(2)).toEqual([["O4", "O3"], ["O2", "O1"], ["O0"]]);
    expect(await by(5)).toEqual([["O4", "O3", "O2", "O1", "O0"]]);
  });

  it("that is an invoice comes with its own payments, however many there are", async () => {
    await saveInvoices(given("A"), given("A-1"), given("B", { invoiceDate: "2026-01-16" }), given("C"));
    for (const paidOn of ["2026-02-01", "2026-02-02", "2026-02-03", "2026-02-04"]) await pay("A", "1.00", paidOn);
    await pay("A-1", "7.00");
    await pay("B", "5.00");
    const { recentInvoices } = testTenant.store.documents;
    const paid = new Map<string, number[]>();
    const by = (limit: number) =>
      pages<Receivable, InvoiceId>(
        (before) => recentInvoices(ACME, { limit, before }),
        (invoice) => {
          paid.set(
            invoice.invoiceId,
            invoice.payments.map(({ amountMinor }) => amountMinor),
          );
          return invoice.invoiceId;
        },
      );
    expect(await by(1)).toEqual([["B"], ["C"], ["A-1"], ["A"]]);
    expect(await by(3)).toEqual([["B", "C", "A-1"], ["A"]]);
    expect([...paid]).toEqual([
      ["B", [500]],
      ["C", []],
      ["A-1", [700]],
      ["A", [100, 100, 100, 100]],
    ]);
  });

  it("is revised from the version that another process has just written", async () => {
    await saveOrders({ on: "2026-01-05", orderId: "A", lines: ["rye"] });
    beforeCommand(testTenant.table, "TransactWriteItems", () =>
      testTenant
        .another()
        .store.imports.saveOrders([anOrder({ on: "2026-03-01", orderId: "A", lines: ["oats"], customerId: "baker" })]),
    );
    const revised = await testTenant.store.documents.reviseOrder(orderId("A"), (order) => ({
      ...order,
      status: "draft",
    }));
    expect(revised).toMatchObject({ outcome: "changed", document: { customerId: "baker", orderedOn: "2026-03-01" } });
    expect(await testTenant.store.documents.findOrder(orderId("A"))).toEqual(revised?.document);
  });

  it("costs no write when the revision changes nothing", async () => {
    await saveOrders({ on: "2026-01-05", orderId: "A" });
    await saveInvoices(given("A", { settledAt: "2026-02-03" }));
    await pay("A", "30.00");
    const { reviseOrder, reviseInvoice } = testTenant.store.documents;
    const work = () => Promise.all([reviseOrder(orderId("A"), same), reviseInvoice(invoiceId("A"), same)]);
    expect(await testTenant.writesOf(work)).toBe(0);
    expect((await work()).map((revised) => revised)).toMatchObject([
      { outcome: "unchanged" },
      { outcome: "unchanged" },
    ]);
  });

  it("that is an invoice keeps payments and settlement when it is revised and moves", async () => {
    await saveInvoices(given("A", { settledAt: "2026-02-03" }));
    await pay("A", "30.00");
    await testTenant.store.documents.reviseInvoice(invoiceId("A"), (imports) => ({
      ...imports,
      invoice: { ...imports.invoice, customerId: BAKER },
    }));
    const { documents } = await testTenant.store.documents.recentInvoices(BAKER, { limit: 5 });
    expect(documents.map(({ payments }) => payments.map(({ amountMinor }) => amountMinor))).toEqual([[3_000, 10_000]]);
    expect(await testTenant.partition(testTenant.keys.invoices(ACME))).toEqual([]);
  });
});

const same = <T>(document: T): T => document;
