import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";

let apiClient: ApiTestClient;
let home: SalesPlanClient;
beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
  const invoice = { invoiceId: "INV-1", customerId: "acme", invoiceDate: "2026-11-01", total: "1000.00" };
  await home.ask("POST", "/invoices/batch", { items: [invoice] });
});
afterAll(() => apiClient.close());

const pay = async (...items: readonly object[]) =>
  (await home.ask("POST", "/payments/batch", { items: items.map((item) => ({ invoiceId: "INV-1", ...item })) })).body;
const openNow = async () => (await home.ask("GET", "/invoices/INV-1")).body.open.minor;
const back = (sought: object, headers: Record<string, string> = {}) =>
  home.ask("POST", "/invoices/INV-1/payments/take-back", sought, { headers });

it("E1: two instalments by two cards are two with ids, and counted as taken for the same without", async () => {
  const part = { paidAt: "2026-11-02", amount: "100.00" };
  expect((await pay({ ...part, paymentId: "visa" })).results).toMatchObject([{ outcome: "created" }]);
  expect((await pay({ ...part, paymentId: "master" })).results).toMatchObject([{ outcome: "created" }]);
  expect(await openNow()).toBe(80_000);
  expect((await pay(part)).results).toMatchObject([{ outcome: "created" }]);
  expect(await pay(part)).toMatchObject({ takenForSame: 1, results: [{ outcome: "unchanged" }] });
  expect(await openNow()).toBe(70_000);
});

it("E1: a mistyped payment is taken back once, however often the request is repeated", async () => {
  await pay({ paidAt: "2026-11-03", amount: "1.00" }, { paidAt: "2026-11-03", amount: "1.00" });
  const before = await openNow();
  const sought = { paidOn: "2026-11-03", amount: "1.00" };
  const first = await back(sought, { "idempotency-key": "back-1" });
  expect([first.status, first.body.open.minor]).toEqual([200, before + 100]);
  expect((await back(sought, { "idempotency-key": "back-1" })).body).toEqual(first.body);
  expect(await openNow()).toBe(before + 100);
  expect((await back(sought)).body.open.minor).toBe(before + 200);
  expect(await back(sought)).toMatchObject({ status: 404, body: { type: "unknown-payment" } });
  expect((await back({ paymentId: "visa" })).body.payments).toContainEqual({
    paymentId: "master",
    paidOn: "2026-11-02",
    amount: { minor: 10_000, currency: "EUR" },
  });
  expect(await back({ amount: "1.00" })).toMatchObject({ status: 422, body: { errors: [{ path: "paymentId" }] } });
  expect(await back({ paidOn: "2026-11-03", amount: "1,00" })).toMatchObject({ status: 422 });
  expect((await home.ask("POST", "/invoices/NONE/payments/take-back", { paymentId: "visa" })).status).toBe(404);
});

it("C2: an invoice with payments is refused in another currency, in a batch and as a correction", async () => {
  await pay({ paidAt: "2026-11-04", amount: "4.00" });
  const again = { customerId: "acme", invoiceDate: "2026-11-01", total: "1000.00", currency: "UAH" };
  const batch = await home.ask("POST", "/invoices/batch", { items: [{ invoiceId: "INV-1", ...again }] });
  expect(batch.body.results).toMatchObject([
    { outcome: "rejected", errors: [{ path: "currency", code: "other-currency" }] },
  ]);
  expect(await home.ask("PUT", "/invoices/INV-1", { invoiceId: "INV-1", ...again })).toMatchObject({
    status: 422,
    body: { errors: [{ path: "currency", code: "other-currency" }] },
  });
  expect((await home.ask("GET", "/invoices/INV-1")).body.total.currency).toBe("EUR");
});

it("C4: a JSON number is no amount of an invoice, a payment, a sale or a deal", async () => {
  const said = async (path: string, item: object) =>
    (await home.ask("POST", path, { items: [item] })).body.results[0].errors;
  const HOW = 'is a JSON number: send a decimal string like "11.90", or { "minor": 1190, "currency": "EUR" }';
  const GIVEN = `${HOW} (given 1900)`;
  const invoice = { invoiceId: "INV-2", customerId: "acme", invoiceDate: "2026-11-01", total: 1900 };
  expect(await said("/invoices/batch", invoice)).toMatchObject([{ path: "total", message: GIVEN }]);
  const payment = { invoiceId: "INV-1", paidAt: "2026-11-02", amount: 1900 };
  expect(await said("/payments/batch", payment)).toMatchObject([{ path: "amount", message: GIVEN }]);
  const sale = { saleId: "S-1", customerId: "acme", saleDate: "2026-11-02", amount: 1900 };
  expect(await said("/sales/batch", sale)).toMatchObject([{ path: "amount", message: GIVEN }]);
  const plan = await home.plan("related>even", ["A"]);
  const deal = { person: { email: "a@b.cd" }, deal: { amount: 1900 } };
  expect(await home.ask("POST", `/plans/${plan.planId}/deals`, deal)).toMatchObject({
    status: 422,
    body: { errors: [{ path: "deal.amount", message: HOW }] },
  });
  expect(await home.ask("POST", "/plans", { name: "P", averageAmount: 1900 })).toMatchObject({
    status: 422,
    body: { errors: [{ path: "averageAmount", message: HOW }] },
  });
});
