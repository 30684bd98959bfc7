import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { SalesPlanClient } from "../fixtures/sales-plan-client.ts";

let apiClient: ApiTestClient;
let home: SalesPlanClient;

beforeAll(async () => {
  apiClient = await anApiClient();
  home = await SalesPlanClient.open(apiClient);
  const line = { itemId: "rye", quantity: 1, unitPrice: "100.00" };
  const months = ["05", "06", "07", "08", "09", "10", "11", "12", "01", "02", "03", "04"];
  const items = ["yew", "ivy"].flatMap((customerId) =>
    months.map((month, i) => ({
      orderId: `${customerId}${i}`,
      customerId,
      orderedAt: `${i < 8 ? 2025 : 2026}-${month}-01`,
      lines: [line],
    })),
  );
  await home.ask("POST", "/orders/batch", { items });
});
afterAll(() => apiClient.close());

describe("the API of Code Red", () => {
  it("CR03, CR27: pages the list, with counts and filters", async () => {
    const first = await home.ask("GET", "/code-red?limit=1");
    expect(first.status).toBe(200);
    expect(first.body.data).toHaveLength(1);
    const { customers } = first.body.counts;
    const second = await home.ask("GET", `/code-red?limit=1&cursor=${encodeURIComponent(first.body.next)}`);
    expect(second.body.data[0].customerId).not.toBe(first.body.data[0].customerId);
    const red = await home.ask("GET", "/code-red?onlyRed=true");
    expect(red.body.data.every(({ isRed }: { isRed: boolean }) => isRed)).toBe(true);
    expect(red.body.counts.customers).toBe(customers);
  });

  it("CR10: opens a customer with columns, causes that add up, items and links", async () => {
    const { body } = await home.ask("GET", "/code-red/customers/yew?percent=1");
    const red = body.columns.find(({ light }: { light: string }) => light === "red");
    const parts: number[] = Object.values(red.causes);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(red.previousMinor - red.currentMinor);
    expect(body).toMatchObject({ customerId: "yew", items: expect.any(Array), links: [] });
  });

  it("CR23, CR24: ignores a customer once for a repeated request, and shows it again with 0 days", async () => {
    const ignored = { target: { type: "customer" }, days: 30, note: "renovates" };
    const put = (body: object, key: string) =>
      home.ask("PUT", "/code-red/customers/yew/ignored", body, { headers: { "idempotency-key": key } });
    const first = await put(ignored, "ignore-1");
    expect(first).toMatchObject({ status: 200, body: { days: 30, note: "renovates", target: { type: "customer" } } });
    expect((await put(ignored, "ignore-1")).body).toEqual(first.body);
    const idsOf = async (query: string): Promise<string[]> =>
      (await home.ask("GET", `/code-red?limit=200${query}`)).body.data.map(
        ({ customerId }: { customerId: string }) => customerId,
      );
    // The list of the last night knows stamps up to the morning after it.
    expect(await idsOf("&showIgnored=true")).toContain("yew");
    await put({ ...ignored, days: 0 }, "ignore-2");
    expect(await idsOf("")).toContain("yew");
  });

  it.each([
    ["percent", "0", "1 to 100 (given 0)"],
    ["percent", "101", "1 to 100 (given 101)"],
    ["percent", "12.5", "1 to 100 (given 12.5)"],
    ["percent", "12,5", '1 to 100 (given "12,5")'],
    ["percent", "", '1 to 100 (given "")'],
    ["percent", "0x14", '1 to 100 (given "0x14")'],
    ["ignoreDays", "-1", "0 to 3650 (given -1)"],
    ["ignoreDays", "3651", "0 to 3650 (given 3651)"],
    ["ignoreRowDays", "", '0 to 3650 (given "")'],
    ["mode", "weekly", 'is not one of completeMonths, toDate, rolling (given "weekly")'],
    ["seasonal", "yes", 'is not one of true, false (given "yes")'],
    ["excludeOrderDays", "0", "1 to 3650 (given 0)"],
    ["excludeQuoteDays", "3651", "1 to 3650 (given 3651)"],
    ["excludeActivityDays", "1.5", "1 to 3650 (given 1.5)"],
  ])("CR26: refuses ?%s=%s with the path, the value and what is allowed", async (path, value, says) => {
    for (const address of ["/code-red", "/code-red/customers/yew"]) {
      const refused = await home.ask("GET", `${address}?${path}=${encodeURIComponent(value)}`);
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toMatchObject([{ path, message: expect.stringContaining(says) }]);
    }
  });

  it("counts lines without an exchange rate, and says what values are", async () => {
    await home.ask("POST", "/orders/batch", {
      items: [
        {
          orderId: "foreign",
          customerId: "elm",
          orderedAt: "2026-10-05",
          currency: "USD",
          lines: [{ itemId: "rye", quantity: 1, unitPrice: "5.00" }],
        },
      ],
    });
    const { body } = await home.ask("GET", "/code-red?limit=200");
    const elm = body.data.find(({ customerId }: { customerId: string }) => customerId === "elm");
    expect([body.basis, body.withoutRate, elm.withoutRate]).toEqual(["order", 1, 1]);
    await home.ask("PATCH", "/tenant/settings", { codeRed: { basis: "invoice" } });
    expect((await home.ask("GET", "/code-red")).body).toMatchObject({ basis: "invoice", withoutRate: 0 });
    await home.ask("PATCH", "/tenant/settings", { codeRed: { basis: null } });
  });

  it("refuses an unknown customer, item and link, and saves nothing", async () => {
    const put = (customer: string, target: object) =>
      home.ask("PUT", `/code-red/customers/${customer}/ignored`, { target });
    expect((await put("nobody", { type: "customer" })).status).toBe(404);
    expect((await put("yew", { type: "item", itemId: "none" })).status).toBe(404);
    expect((await put("yew", { type: "link", itemId: "rye", linkedItemId: "none" })).status).toBe(404);
    expect((await put("yew", { type: "planet" })).status).toBe(422);
    for (const days of [-1, 3651, 1.5, "30"])
      expect(
        (await home.ask("PUT", "/code-red/customers/yew/ignored", { target: { type: "customer" }, days })).body.errors,
      ).toMatchObject([
        { path: "days", message: `is not a whole number from 0 to 3650 (given ${JSON.stringify(days)})` },
      ]);
  });

  it("CR23: shows a customer again who was ignored while no column was red, once one is", async () => {
    const monthly = Array.from({ length: 18 }, (_, i) => ({
      orderId: `fir${i}`,
      customerId: "fir",
      orderedAt: new Date(Date.UTC(2025, 5 + i, 3)).toISOString().slice(0, 10),
      lines: [{ itemId: "rye", quantity: 1, unitPrice: "100.00" }],
    }));
    await home.ask("POST", "/orders/batch", { items: monthly });
    const shown = async () => {
      const { body } = await home.ask("GET", "/code-red?limit=200");
      return body.data.filter(({ customerId }: { customerId: string }) => customerId === "fir");
    };
    expect(await shown()).toMatchObject([{ columns: [{ light: "green" }, {}, {}, {}] }]);
    await home.ask("PUT", "/code-red/customers/fir/ignored", { target: { type: "customer" } });
    expect(await shown()).toEqual([]);
    const credit = { orderId: "firC", customerId: "fir", orderedAt: "2026-10-20", type: "credit" };
    await home.ask("POST", "/orders/batch", {
      items: [{ ...credit, lines: [{ itemId: "rye", quantity: -1, unitPrice: "100.00" }] }],
    });
    expect(await shown()).toMatchObject([{ isBackEarly: true, columns: [{ light: "red" }, {}, {}, {}] }]);
  });

  it("CR26: saves the tenant's settings, and refuses one that is not allowed with its name", async () => {
    const patch = (codeRed: object) => home.ask("PATCH", "/tenant/settings", { codeRed });
    expect((await patch({ percent: 25 })).body.codeRed).toEqual({ percent: 25 });
    for (const [name, wrong, says] of [
      ["percent", 0, "is not a whole number from 1 to 100 (given 0)"],
      ["percent", 101, "is not a whole number from 1 to 100 (given 101)"],
      ["percent", 12.5, "is not a whole number from 1 to 100 (given 12.5)"],
      ["percent", "12,5", 'is not a whole number from 1 to 100 (given "12,5")'],
      ["closeDays", 11, "is not a whole number from 0 to 10 (given 11)"],
      ["yearStartsIn", 13, "is not a whole number from 1 to 12 (given 13)"],
      ["itemMonths", 2, expect.stringMatching(/1\D+3\D+6\D+12.*\(given 2\)$/)],
      ["mode", "months", expect.stringMatching(/completeMonths\W+toDate\W+rolling.*\(given "months"\)$/)],
      ["nothing", 1, expect.stringMatching(/percent, mode, .*\(given 1\)$/)],
    ]) {
      const refused = await patch({ [String(name)]: wrong });
      expect(refused.status).toBe(422);
      expect(refused.body.detail).toContain("codeRed");
      expect(refused.body.errors).toMatchObject([{ path: `codeRed.${name}`, message: says }]);
    }
    expect((await patch({ percnt: 25 })).body.errors).toMatchObject([
      {
        code: "unknown-property",
        message: expect.stringMatching(
          /^is no property of this: did you mean percent\? There are percent, mode, .* \(given 25\)$/,
        ),
      },
    ]);
    expect((await home.ask("GET", "/tenant/settings")).body.codeRed).toEqual({ percent: 25 });
    expect((await patch({ percent: null })).body.codeRed).toEqual({});
  });
});
