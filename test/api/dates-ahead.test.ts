import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";

let apiClient: ApiTestClient;
let home: SalesPlanClient;
beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
});
afterAll(() => apiClient.close());

const order = { orderId: "SO-1", customerId: "acme", lines: [{ itemId: "rye", quantity: 1, unitPrice: "2.00" }] };
const invoice = { invoiceId: "INV-7", customerId: "acme", total: "10.00" };

it("E2: a correction to a day decades ahead is refused, and what is stored stays", async () => {
  const now = { ...order, orderedAt: "2026-11-20" };
  expect((await home.ask("POST", "/orders/batch", { items: [now] })).body.results).toMatchObject([
    { outcome: "created" },
  ]);
  const refused = await home.ask("PUT", "/orders/SO-1", { ...order, orderedAt: "2062-11-20" });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: "orderedAt", code: "too-far-ahead" }] } });
  expect((await home.ask("GET", "/orders/SO-1")).body.orderedOn).toBe("2026-11-20");

  await home.ask("POST", "/invoices/batch", { items: [{ ...invoice, invoiceDate: "2026-11-20" }] });
  const ofInvoice = await home.ask("PUT", "/invoices/INV-7", { ...invoice, invoiceDate: "2062-11-20" });
  expect(ofInvoice).toMatchObject({ status: 422, body: { errors: [{ path: "invoiceDate", code: "too-far-ahead" }] } });
});

it("E2: a deal of another system made decades ahead is refused with the reason", async () => {
  const plan = await home.plan("related>even", ["A"]);
  const deal = { dealId: "D-1", externalId: "e1", createdAt: "2062-11-20" };
  const { body } = await home.ask("POST", `/plans/${plan.planId}/deals/batch`, { items: [deal] });
  expect(body.results[0].outcome).toBe("rejected");
  expect(JSON.stringify(body.results[0].errors)).toContain("is more than a year ahead");
});
