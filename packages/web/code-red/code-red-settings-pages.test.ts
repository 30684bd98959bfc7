import { beforeAll, describe, expect, it } from "vitest";
import { createRuntime } from "@regulars/functions/runtime";
import { anOrder } from "@regulars/core/testing";
import { addDays } from "@regulars/core/platform/period";
import { customerIdSchema, day, toInstant } from "@regulars/core/platform/values";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { type TestTenant, aTenantStore } from "../../../test/fixtures/tenant.ts";
import { aConsole, textOf } from "../../../test/fixtures/page-console.ts";

const NOW = Date.parse("2026-11-16T05:00:00Z");
let testTenant: TestTenant;
let pages: ReturnType<typeof aConsole>;

beforeAll(async () => {
  testTenant = aTenantStore();
  const { table, tenant, store } = testTenant;
  await openTenantDirectory(table).ensure(tenant, toInstant(NOW));
  await store.imports.saveCustomers([{ customerId: customerIdSchema.parse("a"), name: "A & <b>Co</b>" }]);
  const weeks = Array.from({ length: 67 }, (_, week) => addDays(day("2025-08-04"), 7 * week));
  await store.imports.saveOrders(
    weeks.map((on) =>
      anOrder({ on, orderId: on, customerId: "a", lines: [{ netMinor: on < "2026-08-01" ? 10_000 : 8500 }] }),
    ),
  );
  const log = { info: () => undefined, error: () => undefined };
  const runtime = createRuntime(
    { TABLE_NAME: table.name, PUBLIC_URL: "http://localhost" },
    { table, log, clock: () => NOW, queues: { send: () => Promise.resolve() } },
  );
  pages = aConsole(runtime);
});

const path = (): string => `/code-red-settings/${testTenant.tenant.tenantId}`;
const read = async (): Promise<string> => textOf(await pages.request(path()));
const send = async (fields: Record<string, string>) =>
  pages.request(path(), {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "http://localhost" },
    body: new URLSearchParams(fields).toString(),
  });

describe("the page of Code Red's settings", () => {
  it("previews who would come onto the list, with the form as it was filled in, and saves nothing", async () => {
    const page = await textOf(await send({ do: "preview", percent: "14" }));
    expect(page).toContain("Nothing is saved yet. 1 customer to call would be red in the place of 0");
    expect(page).toContain("A &amp; &lt;b&gt;Co&lt;/b&gt;");
    expect(page).toContain('value="14"');
    expect(await read()).toContain("No setting of the tenant was changed yet");
  });

  it("saves, and shows who changed what", async () => {
    expect((await send({ do: "save", percent: "14", mode: "rolling", seasonal: "" })).status).toBe(303);
    const page = await read();
    expect(page).toContain("codeRed.percent");
    expect(page).toContain("<bdi>usual</bdi>");
    expect(page).toContain('value="14"');
    expect((await send({ do: "save", percent: "", mode: "" })).status).toBe(303);
    expect((await testTenant.store.changeLogs.settings.page({ limit: 1 })).entries).toMatchObject([
      {
        by: "operator",
        changes: [
          { setting: "codeRed.mode", from: "rolling", to: null },
          { setting: "codeRed.percent", from: 14, to: null },
        ],
      },
    ]);
  });

  it.each([
    ["percent", "0", "Red from “0” is not a whole number from 1 to 100"],
    ["percent", "101", "Red from “101” is not"],
    ["percent", "12.5", "Red from “12.5” is not"],
    ["percent", "12,5", "Red from “12,5” is not"],
    ["itemMonths", "2", "Items compare “2” is not one of 1, 3, 6, 12"],
    ["closeDays", "11", "A month counts “11” is not a whole number from 0 to 10"],
    ["excludeOrderDays", "3651", "Leave out who ordered in “3651” is not"],
  ])("refuses %s %s with the reason, keeps the form, and saves nothing", async (name, value, said) => {
    for (const what of ["preview", "save"]) {
      const refused = await send({ do: what, [name]: value, minInvoices: "7" });
      expect(refused.status).toBe(422);
      const page = await textOf(refused);
      expect(page).toContain(said);
      expect(page).toContain('value="7"');
    }
    expect((await openTenantDirectory(testTenant.table).find(testTenant.tenant.tenantId))?.codeRed).toEqual({});
  });

  it("knows no foreign tenant", async () => {
    expect((await pages.request("/code-red-settings/none")).status).toBe(404);
  });
});
