import { TEST_NOW } from "@regulars/core/testing";
import { customerIdSchema, day, invoiceIdSchema, orderIdSchema } from "@regulars/core/platform/values";
import { beforeEach, describe, expect, it } from "vitest";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { cancelOrder } from "./cancel-order.ts";
import { correctInvoice } from "./correct-invoice.ts";
import { correctOrder } from "./correct-order.ts";
import { ingestBatch } from "./ingest-batch.ts";
import { voidInvoice } from "./void-invoice.ts";

const ACME = customerIdSchema.parse("acme");
const BAKER = customerIdSchema.parse("baker");

let testTenant: TestTenant;
const snapshotOf = (customerId: typeof ACME) =>
  testTenant.store.nightly.snapshotOf(customerId, { asOf: day("2026-12-31") });
const repair = async () => {
  for (const shard of testTenant.store.shards) await testTenant.store.rebuild(shard);
};
beforeEach(() => {
  testTenant = aTenantStore();
});

describe("an order", () => {
  const order = {
    orderId: "SO-1",
    customerId: "acme",
    orderedAt: "2026-01-05T09:30:00Z",
    startedBy: "R1",
    lines: [{ itemId: "rye", quantity: 2, unitPrice: "11.90", unitCost: "7.20" }],
  };
  const orderId = orderIdSchema.parse("SO-1");
  const ingest = () =>
    ingestBatch({
      now: TEST_NOW,
      tenant: testTenant.tenant,
      kind: "orders",
      items: [order],
      imports: testTenant.store.imports,
    });
  const cancel = (id = orderId) => cancelOrder({ documents: testTenant.store.documents, orderId: id });
  const correct = (item: unknown, id = orderId) =>
    correctOrder({
      now: TEST_NOW,
      tenant: testTenant.tenant,
      documents: testTenant.store.documents,
      orderId: id,
      item,
    });
  const history = async (customerId = ACME) => (await snapshotOf(customerId))?.history.documents.count ?? 0;

  it("that is cancelled keeps its lines and leaves the history, also the packed one", async () => {
    await ingest();
    await repair();
    expect([await history(), (await cancel()).ok]).toEqual([1, true]);
    expect(await history()).toBe(0);
    await repair();
    expect(await history()).toBe(0);
    expect(await testTenant.store.documents.findOrder(orderId)).toMatchObject({
      status: "cancelled",
      startedBy: "R1",
      lines: [{ itemId: "rye", quantity: 2, netMinor: 2_380, costMinor: 1_440 }],
    });
  });

  it("cancelled twice is cancelled once: the second time nothing is written", async () => {
    await ingest();
    expect(await cancel()).toMatchObject({ value: { outcome: "changed" } });
    expect(await testTenant.writesOf(cancel)).toBe(0);
    expect(await cancel()).toMatchObject({ value: { outcome: "unchanged" } });
  });

  it("that the ERP sends again after it was cancelled is as sent again", async () => {
    await ingest();
    await cancel();
    expect((await ingest()).results[0]?.outcome).toBe("changed");
    expect([await history(), (await testTenant.store.documents.findOrder(orderId))?.status]).toEqual([1, "confirmed"]);
  });

  it("that is unknown can be neither cancelled nor corrected, and is not created", async () => {
    const refusal = {
      ok: false,
      reason: "unknown-order",
      message: "order SO-1 is not known: ingest it first, or check the id",
    };
    expect([await cancel(), await correct(order)]).toEqual([refusal, refusal]);
    expect(await testTenant.store.documents.findOrder(orderId)).toBeUndefined();
  });

  it("that is corrected moves to its new day and customer, and a second time nothing is written", async () => {
    await ingest();
    const corrected = { ...order, customerId: "baker", orderedAt: "2026-02-01" };
    expect(await correct(corrected)).toMatchObject({ ok: true, value: { outcome: "changed" } });
    expect([await history(ACME), await history(BAKER)]).toEqual([0, 1]);
    expect(await testTenant.partition(testTenant.keys.orders(ACME))).toEqual([]);
    expect(await testTenant.writesOf(() => correct(corrected))).toBe(0);
  });

  it("is not corrected by an invalid order or another one", async () => {
    await ingest();
    expect(await correct({ ...order, lines: [{ itemId: "rye" }] })).toEqual({
      ok: false,
      reason: "unusable-item",
      message: "this is no usable item of order SO-1",
      errors: [{ path: "lines[0].quantity", code: "missing", message: "is missing" }],
    });
    expect(await correct({ ...order, orderId: "SO-2" })).toMatchObject({
      errors: [{ path: "orderId", code: "other-id", message: "is SO-2, but it is SO-1 that is to be corrected" }],
    });
    expect((await testTenant.store.documents.findOrder(orderId))?.lines.length).toBe(1);
  });
});

describe("an invoice", () => {
  const invoice = {
    invoiceId: "INV-1",
    customerId: "acme",
    invoiceDate: "2026-01-15",
    dueDate: "2026-02-14",
    total: "100.00",
  };
  const invoiceId = invoiceIdSchema.parse("INV-1");
  const { tenant, imports } = { tenant: () => testTenant.tenant, imports: () => testTenant.store.imports };
  const ingest = () =>
    ingestBatch({ now: TEST_NOW, tenant: tenant(), kind: "invoices", items: [invoice], imports: imports() });
  const pay = () =>
    ingestBatch({
      now: TEST_NOW,
      tenant: tenant(),
      kind: "payments",
      items: [{ invoiceId: "INV-1", paidAt: "2026-02-01", amount: "30" }],
      imports: imports(),
    });
  const discard = () => voidInvoice({ documents: testTenant.store.documents, invoiceId });
  const correct = (item: unknown) =>
    correctInvoice({
      now: TEST_NOW,
      tenant: testTenant.tenant,
      documents: testTenant.store.documents,
      invoiceId,
      item,
    });
  const receivables = async (customerId = ACME) => (await snapshotOf(customerId))?.history.receivables ?? [];

  it("that is void is no receivable any more, also in the packed ones, and keeps its payments", async () => {
    await ingest();
    await pay();
    await repair();
    expect([(await receivables()).length, (await discard()).ok]).toEqual([1, true]);
    expect(await receivables()).toEqual([]);
    await repair();
    expect(await receivables()).toEqual([]);
    expect(await testTenant.store.documents.findInvoice(invoiceId)).toMatchObject({
      isVoid: true,
      totalMinor: 10_000,
      payments: [{ paidOn: "2026-02-01", amountMinor: 3_000 }],
    });
  });

  it("void twice is void once: the second time nothing is written", async () => {
    await ingest();
    await discard();
    expect(await testTenant.writesOf(discard)).toBe(0);
    expect(await discard()).toMatchObject({ value: { outcome: "unchanged" } });
  });

  it("that the ERP sends again after it was void is as sent again", async () => {
    await ingest();
    await discard();
    expect((await ingest()).results[0]?.outcome).toBe("changed");
    expect(await receivables()).toMatchObject([{ invoiceId: "INV-1" }]);
    expect(await testTenant.store.documents.findInvoice(invoiceId)).not.toHaveProperty("isVoid");
  });

  it("that is unknown can be neither voided nor corrected", async () => {
    const refusal = {
      ok: false,
      reason: "unknown-invoice",
      message: "invoice INV-1 is not known: ingest it first, or check the id",
    };
    expect([await discard(), await correct(invoice)]).toEqual([refusal, refusal]);
  });

  it("that is corrected keeps its payments wherever it moves, and is void no longer", async () => {
    await ingest();
    await pay();
    await discard();
    expect(await correct({ ...invoice, customerId: "baker", total: "80" })).toMatchObject({
      ok: true,
      value: { outcome: "changed" },
    });
    expect(await receivables(BAKER)).toMatchObject([{ totalMinor: 8_000, payments: [{ amountMinor: 3_000 }] }]);
    expect(await receivables(ACME)).toEqual([]);
  });

  it("is not corrected by an invalid invoice or another one", async () => {
    await ingest();
    expect(await correct({ ...invoice, total: 100 })).toMatchObject({
      ok: false,
      reason: "unusable-item",
      errors: [{ path: "total", code: "wrong-type" }],
    });
    expect(await correct({ ...invoice, invoiceId: "INV-2" })).toMatchObject({
      errors: [{ path: "invoiceId", code: "other-id" }],
    });
  });
});
