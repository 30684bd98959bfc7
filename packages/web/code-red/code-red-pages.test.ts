import { beforeAll, describe, expect, it } from "vitest";
import { type Runtime, createRuntime } from "@regulars/functions/runtime";
import { anOrder } from "@regulars/core/testing";
import { addDays } from "@regulars/core/platform/period";
import { customerIdSchema, day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { HOSTILE } from "../../../test/fixtures/hostile-text.ts";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { aRep } from "../../../test/fixtures/insight-tenant.ts";
import { aConsole } from "../../../test/fixtures/page-console.ts";

const NOW = Date.parse("2026-11-16T05:00:00Z");
let testTenant: TestTenant;
let pages: ReturnType<typeof aConsole>;
let runtime: Runtime;

beforeAll(async () => {
  testTenant = aTenantStore();
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  await store.imports.saveCustomers([
    { customerId: customerIdSchema.parse("H&M / 1"), name: `Fallen ${HOSTILE}`, phone: "+45 31 55 40 20" },
    { customerId: customerIdSchema.parse("b"), name: "Steady" },
  ]);
  await store.imports.saveUsers([aRep("u1", { teamId: "north", territoryId: "coast" })]);
  const orders = [];
  for (let on = day("2025-08-04"); on <= "2026-11-15"; on = addDays(on, 7)) {
    const netMinor = on < "2026-08-01" ? 10_000 : 4000;
    orders.push(anOrder({ on, orderId: `a-${on}`, customerId: "H&M / 1", lines: [{ netMinor }] }));
    orders.push(anOrder({ on, orderId: `b-${on}`, customerId: "b", lines: [{ netMinor: 10_000 }] }));
  }
  await store.imports.saveOrders(orders);
  const log = { info: () => undefined, error: () => undefined };
  runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    { table, log, clock: () => NOW, queues: { send: () => Promise.resolve() } },
  );
  pages = aConsole(runtime);
});

const read = async (path: string): Promise<string> => {
  const answer = await pages.request(path);
  expect(answer.status).toBe(200);
  return (await answer.text()).replaceAll(/\s+/g, " ");
};
const list = (query = ""): string => `/code-red/${testTenant.tenant.tenantId}${query}`;

describe("the pages of Code Red", () => {
  it("CR01, CR27: list the customers with lights as shape and word, names escaped", async () => {
    const page = await read(list());
    expect(page).toContain("red, confirmed");
    // On a phone the main reason stands under the name.
    expect(page).toMatch(/<span class="brief">€[\d.,]+ from smaller orders<\/span>/);
    expect(page).toContain("Fallen &lt;script&gt;");
    expect(page).not.toContain(HOSTILE);
    // One click to the red ones, with how many there are; a second one back to all.
    const chip = (text: string) =>
      /<a href="([^"]*)"( aria-current="true")? >Only red <b>(\d+)<\/b>/.exec(text.replaceAll(/\s+/g, " "))?.slice(1);
    expect(chip(page)).toEqual([list("?red=1"), undefined, "1"]);
    expect(chip(await read(list("?red=1")))).toEqual([list(), ' aria-current="true"', "1"]);
    expect(await read(list("?red=1"))).not.toContain("Steady");
  });

  it("CN04: say in a customer's link, for who does not see the lights, which is red, whether confirmed, how far down", async () => {
    const page = (await read(list("?red=1"))).replaceAll(/\s+/g, " ");
    const names = [...page.matchAll(/<th scope="row"> ?<a href="\/code-red\/[^"]*" ?>(.*?)<\/a/g)].map(
      ([, name = ""]) => name.replaceAll(/<[^>]*>/g, "").trim(),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names)
      expect(name).toMatch(/^[^,]+(, \d+v\d+ red(, confirmed)?(, with the market)?(, down [\d.,]+ percent)?)+$/);
    expect(names.some((name) => /, \dv\d red, confirmed, down \d/.test(name))).toBe(true);
  });

  it("say which part of an address was not used, and show the list with its defaults", async () => {
    const wrong = "percent=12.5&mode=weekly&rep=nobody&from=x&red=yes";
    for (const query of [`?${wrong}`, `?csv=1&${wrong}`]) {
      const answer = await pages.request(list(query));
      expect(answer.status).toBe(200);
      const page = await answer.text();
      expect(page).toContain('value="12.5"');
      const said = [...page.matchAll(/<code><bdi>(.*?)<\/bdi>/g)].map(([, part]) => part);
      expect(said).toEqual(["rep=nobody", "red=yes", "from=x", "percent=12.5", "mode=weekly"]);
      expect(page).toContain("Steady");
    }
  });

  it("CR15, CR16, CR17, CR18, CR19, CR20, CR21, CR22: filter by owners and by contacts of the last days", async () => {
    const page = await read(list());
    for (const name of ["rep", "assigned", "team", "territory"]) expect(page).toContain(`<select name="${name}">`);
    expect(await read(list("?assigned=u1"))).not.toContain("Steady");
    expect(await read(list("?team=north"))).not.toContain("Steady");
    const filled = await read(list("?excludeOrderDays=30"));
    expect(filled).not.toContain("Steady");
    expect(filled).toMatch(/name="excludeOrderDays" min="1" max="3650" placeholder="" value="30"/);
    expect(await read(list("?excludeQuoteDays=0"))).toContain("<code><bdi>excludeQuoteDays=0</bdi>");
  });

  it("say what values are of invoices, and how many lines are in none", async () => {
    const { store, table, tenant } = testTenant;
    await store.imports.saveOrders([
      anOrder({ on: "2026-09-05", orderId: "foreign", customerId: "b", lines: [{ netMinor: undefined }] }),
    ]);
    expect(await read(list())).toContain("1 line without an exchange rate is not counted.");
    expect(await read(list())).not.toContain("totals of invoices");
    const directory = openTenantDirectory(table);
    await directory.change(tenant.tenantId, { codeRed: { basis: "invoice" } });
    expect(await read(list())).toContain("Values are totals of invoices as they were sent, which may include tax.");
    await directory.change(tenant.tenantId, { codeRed: {} });
  });

  it("give the list as CSV", async () => {
    const answer = await pages.request(list("?csv=1&red=1"));
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect((await answer.text()).split("\r\n")[0]).toMatch(/^customer,name,1v1 light/);
  });

  it("CR10, CR23: open a customer with any id, ignore it by a form and show it again", async () => {
    const page = await read(list());
    const [, path = ""] = /href="(\/code-red\/[^"?]+\/[^"?]+)"/.exec(page) ?? [];
    const opened = await read(path);
    expect(opened).toContain("smaller orders");
    // Whom to call: the page is opened to call them.
    expect(opened).toContain('<a class="button" href="tel:+4531554020"');
    const send = (fields: Record<string, string>) =>
      pages.request(path, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://localhost" },
        body: new URLSearchParams({ target: '{"type":"customer"}', ...fields }).toString(),
      });
    const refused = await send({ days: "4000", note: "kept text" });
    expect(refused.status).toBe(422);
    const form = await refused.text();
    expect(form).toContain("from 0 to 3650");
    expect(form).toContain("kept text");
    expect((await send({ days: "30", note: "renovates" })).status).toBe(303);
    expect(await read(path)).toContain("Ignored from Nov 16, 2026 for 30 days");
    expect(await read(list("?red=1"))).toContain("No customer matches");
    const { tenant, store } = testTenant;
    await store.imports.saveUsers([{ userId: userIdSchema.parse("u-17"), name: "Ada", role: "admin" }]);
    const ada = aConsole(runtime, { type: "user", tenantId: tenant.tenantId, userId: userIdSchema.parse("u-17") });
    const headers = { "content-type": "application/x-www-form-urlencoded", origin: "http://localhost" };
    const body = new URLSearchParams({ target: '{"type":"customer"}', days: "31" }).toString();
    expect((await ada.request(path, { method: "POST", headers, body })).status).toBe(303);
    expect(await read(path)).toMatch(/for 31 days by <bdi>Ada<\/bdi>/);
    expect((await send({ days: "0" })).status).toBe(303);
    expect(await read(list("?red=1"))).toContain("red, confirmed");
  });

  it("know neither foreign tenants nor customers", async () => {
    expect((await pages.request("/code-red/none")).status).toBe(404);
    expect((await pages.request(list("/none"))).status).toBe(404);
  });
});
