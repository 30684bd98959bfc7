import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient } from "@regulars/functions/api/client";
import {
  type ApiTestClient,
  type Asked,
  type PageBody,
  type ProblemBody,
  bodyOf,
  anApiClient,
} from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";

interface Report {
  readonly results: readonly { index: number; id?: string; outcome: string; errors?: ProblemBody["errors"] }[];
}

interface OrderBody {
  readonly orderId: string;
  readonly orderedOn: string;
  readonly status: string;
  readonly net: { readonly minor: number };
}

let apiClient: ApiTestClient;
let fixture: ApiFixture;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
});

afterAll(() => apiClient.close());

const ask = (path: string, asked: Asked = {}) => apiClient.ask(path, { as: fixture.apiKey, ...asked });
const send = async (kind: string, items: readonly unknown[]) =>
  bodyOf<Report>(await ask(`/v1/${kind}/batch`, { method: "POST", body: { items } }));
const outcomes = ({ results }: Report) => results.map(({ outcome }) => outcome);

const anOrderItem = (orderId: string, given: object = {}) => ({
  orderId,
  customerId: "blue",
  orderedAt: "2026-11-20",
  lines: [{ itemId: "rye", quantity: 2, unitPrice: "1.95" }],
  ...given,
});

describe("a batch", () => {
  it("answers for each item, and saves the good ones even if others are refused", async () => {
    const report = await send("orders", [
      anOrderItem("A-1"),
      anOrderItem("A-2", { lines: [{ itemId: "rye", quantity: 2, unitPrice: 1.95 }] }),
      anOrderItem("A-3", { colour: "red" }),
      "no order at all",
      anOrderItem("A-4", { orderedAt: "yesterday" }),
    ]);
    expect(outcomes(report)).toEqual(["created", "rejected", "rejected", "rejected", "rejected"]);
    expect(report.results.map(({ errors }) => errors?.map(({ path }) => path))).toEqual([
      undefined,
      ["lines[0].unitPrice"],
      ["colour"],
      [""],
      ["orderedAt"],
    ]);
    expect((await ask("/v1/orders/A-1")).status).toBe(200);
    expect((await ask("/v1/orders/A-2")).status).toBe(404);
  });

  it("refuses an order whose lines come to more than an amount may be, and saves the others", async () => {
    const greatest = { itemId: "rye", quantity: 1, unitPrice: "9000000000" };
    const large = (count: number) => ({ lines: Array.from({ length: count }, () => greatest) });
    const report = await send("orders", [anOrderItem("L-1", large(101)), anOrderItem("L-2", large(100))]);
    const message = "the lines of order L-1 come to too large an amount together";
    expect(report.results).toMatchObject([
      { outcome: "rejected", errors: [{ path: "lines", code: "too-large", message }] },
      { outcome: "created" },
    ]);
  });

  it("changes nothing when it is sent again", async () => {
    const items = [anOrderItem("B-1"), anOrderItem("B-2")];
    expect(outcomes(await send("orders", items))).toEqual(["created", "created"]);
    expect(outcomes(await send("orders", items))).toEqual(["unchanged", "unchanged"]);
  });

  it("requests a rebuild of histories when they changed, and only then", async () => {
    const rebuilds = () => apiClient.sent.filter(({ queue }) => queue === "rebuilds").length;
    const before = rebuilds();
    await send("orders", [anOrderItem("C-1")]);
    expect(rebuilds()).toBe(before + 1);
    await send("orders", [anOrderItem("C-1")]);
    await send("items", [{ itemId: "oat", name: "Oat milk" }]);
    expect(rebuilds()).toBe(before + 1);
  });

  it("has 1 to 100 items and no other fields", async () => {
    const batch = (body: unknown) => ask("/v1/items/batch", { method: "POST", body });
    const items = (count: number) => Array.from({ length: count }, (_, i) => ({ itemId: `I-${i}` }));
    expect((await batch({ items: items(100) })).status).toBe(200);
    for (const body of [{ items: items(101) }, { items: [] }, {}, { items: {} }, { items: items(1), more: true }])
      expect((await batch(body)).status).toBe(422);
  });

  it("of users needs the right to manage users: an ERP's API key cannot make an admin", async () => {
    const made = await bodyOf<{ secret: string }>(
      await ask("/v1/api-keys", {
        method: "POST",
        as: fixture.tokens.ada,
        body: { name: "only ingest", actions: ["ingest.write"] },
      }),
    );
    const users = { method: "POST", as: made.secret, body: { items: [{ userId: "eve", role: "admin" }] } };
    expect((await ask("/v1/users/batch", users)).status).toBe(403);
    expect((await ask("/v1/items/batch", { ...users, body: { items: [{ itemId: "x" }] } })).status).toBe(200);
  });
});

describe("an order", () => {
  const order = async (orderId: string) => bodyOf<OrderBody>(await ask(`/v1/orders/${orderId}`));

  it("is replaced as a whole, and moves with its day and customer", async () => {
    await send("orders", [anOrderItem("D-1")]);
    const body = anOrderItem("D-1", {
      customerId: "cove",
      orderedAt: "2025-12-31",
      lines: [{ itemId: "rye", quantity: 10, unitPrice: "2" }],
    });
    expect((await ask("/v1/orders/D-1", { method: "PUT", body })).status).toBe(200);
    expect(await order("D-1")).toMatchObject({
      customerId: "cove",
      orderedOn: "2025-12-31",
      net: { minor: 2_000, currency: "EUR" },
    });
    expect((await ask("/v1/orders/D-1", { as: fixture.tokens.anna })).status).toBe(404);
    expect((await ask("/v1/orders/D-1", { as: fixture.tokens.bo })).status).toBe(200);
  });

  it("stays unchanged when a correction is invalid, which is refused with every path", async () => {
    await send("orders", [anOrderItem("E-1")]);
    const before = await order("E-1");
    const reply = await ask("/v1/orders/E-1", { method: "PUT", body: anOrderItem("E-2", { lines: [] }) });
    expect(reply.status).toBe(422);
    expect((await bodyOf<ProblemBody>(reply)).errors.map(({ path }) => path)).toEqual(["lines"]);
    expect((await ask("/v1/orders/E-1", { method: "PUT", body: anOrderItem("E-2") })).status).toBe(422);
    expect(await order("E-1")).toEqual(before);
  });

  it("is cancelled for good: it leaves the history, and keeps its lines", async () => {
    await send("orders", [anOrderItem("F-1")]);
    const cancel = async () => bodyOf<OrderBody>(await ask("/v1/orders/F-1/cancel", { method: "POST" }));
    expect(await cancel()).toMatchObject({ status: "cancelled", net: { minor: 390 } });
    const sent = apiClient.sent.length;
    expect(await cancel()).toMatchObject({ status: "cancelled" });
    expect(apiClient.sent.length).toBe(sent);
  });

  it("that does not exist is not created by a correction", async () => {
    expect((await ask("/v1/orders/nobody", { method: "PUT", body: anOrderItem("nobody") })).status).toBe(404);
    expect((await ask("/v1/orders/nobody/cancel", { method: "POST" })).status).toBe(404);
  });

  it("is listed with its customer's orders, newest first, page by page", async () => {
    const found: string[] = [];
    let cursor = "";
    do {
      const page = await bodyOf<PageBody<OrderBody>>(await ask(`/v1/customers/acme/orders?limit=4${cursor}`));
      found.push(...page.data.map(({ orderedOn }) => orderedOn));
      cursor = page.next === null ? "" : `&cursor=${page.next}`;
    } while (cursor !== "");
    expect(found).toEqual(["2026-08-10", "2026-08-03", "2026-07-14", "2026-07-01", "2026-06-15", "2026-06-01"]);
  });
});

describe("an invoice", () => {
  it("is open until it is paid or cancelled", async () => {
    await send("invoices", [
      { invoiceId: "V-1", customerId: "blue", invoiceDate: "2026-10-01", dueDate: "2026-10-31", total: "100.00" },
    ]);
    const open = async () => (await bodyOf<{ open: { minor: number } }>(await ask("/v1/invoices/V-1"))).open.minor;
    expect(await open()).toBe(10_000);
    expect(outcomes(await send("payments", [{ invoiceId: "V-1", paidAt: "2026-11-01", amount: "40.00" }]))).toEqual([
      "created",
    ]);
    expect(await open()).toBe(6_000);
    const body = {
      invoiceId: "V-1",
      customerId: "blue",
      invoiceDate: "2026-10-01",
      total: { minor: 9_000, currency: "EUR" },
    };
    expect((await ask("/v1/invoices/V-1", { method: "PUT", body })).status).toBe(200);
    expect(await open()).toBe(5_000);
    expect(await bodyOf(await ask("/v1/invoices/V-1/void", { method: "POST" }))).toMatchObject({
      isVoid: true,
      open: { minor: 0 },
    });
  });
});

describe("a program's client", () => {
  it("is typed from the routes, and uses the public API", async () => {
    const through: typeof fetch = async (input, init) => {
      const request = new Request(input, init);
      const headers = Object.fromEntries(request.headers);
      const raw = request.method === "GET" ? {} : { raw: await request.text() };
      const { pathname, search } = new URL(request.url);
      return apiClient.ask(`${pathname}${search}`, { method: request.method, headers, ...raw });
    };
    const client = createClient("http://127.0.0.1", { credential: fixture.apiKey, fetch: through });
    const page = await client.v1.findings.$get({ query: { customerId: "acme" } });
    if (!page.ok) throw new Error(`the client got ${page.status}`);
    const { data } = await page.json();
    expect(data.map(({ customerId, level }) => ({ customerId, level }))).toEqual([
      { customerId: "acme", level: "high" },
      { customerId: "acme", level: "high" },
    ]);
    const sent = await client.v1.items.batch.$post({
      json: { items: [{ itemId: "typed", name: "Typed" }] },
      header: {},
    });
    if (!sent.ok) throw new Error(`the client got ${sent.status}`);
    expect((await sent.json()).results).toEqual([{ index: 0, id: "typed", outcome: "created" }]);
  });
});
