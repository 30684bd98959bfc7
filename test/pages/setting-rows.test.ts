import { userIdSchema } from "@regulars/core/platform/values";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BoardSite, aBoardSite } from "../fixtures/board-site.ts";
import { openBrowser } from "../fixtures/browser.ts";
import { faultsOf } from "../fixtures/page-faults.ts";

/** Settings that are lists, in a browser. */

let site: BoardSite;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([aBoardSite(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Presses Enter, and waits for the page that answers: its rows are counted at once. */
const enter = (at: Locator) => Promise.all([at.page().waitForNavigation(), at.press("Enter")]);

it("take rows and numbers instead of codes, without a script and by keys, and pass axe", async () => {
  const { table, tenant, store } = site.fixture.testTenant;
  const { tenantId } = tenant;
  await store.imports.saveUsers([{ userId: userIdSchema.parse("ada"), name: "Ada", role: "admin" }]);
  const asAdmin = { name: "who", value: "ada", url: site.url };
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 900 } });
  await context.addCookies([asAdmin]);
  const page = await context.newPage();
  await page.goto(`${site.url}/settings/${tenantId}`);
  const form = page.locator("[aria-labelledby=monitors] form");
  const rows = form.getByRole("group", { name: "Classes of amounts" }).getByRole("group");
  await rows.first().getByRole("textbox", { name: "Class", exact: true }).fill("1");
  await rows.first().getByRole("textbox", { name: "to, not included" }).fill("100");
  await enter(form.getByRole("button", { name: "Another row" }));
  expect(await rows.count()).toBe(2);
  expect(await rows.first().getByRole("textbox", { name: "Class", exact: true }).inputValue()).toBe("1");
  await rows.nth(1).getByRole("textbox", { name: "Class", exact: true }).fill("2");
  await rows.nth(1).getByRole("textbox", { name: "from", exact: true }).fill("100");
  await rows.nth(1).getByRole("textbox", { name: "Currency" }).fill("EUR");
  await rows.first().getByRole("textbox", { name: "Currency" }).fill("EUR");
  // Enter shows what would change: it takes no row away.
  await enter(rows.nth(1).getByRole("textbox", { name: "from", exact: true }));
  expect(await page.locator("[role=status]").first().textContent()).toContain("Nothing is saved yet");
  expect(await rows.nth(1).getByRole("textbox", { name: "from", exact: true }).inputValue()).toBe("100");
  await enter(rows.first().getByRole("button", { name: /Remove row 1/ }));
  expect(await rows.count()).toBe(1);
  await form.getByLabel("Period 1 (customer)").fill("15");
  await enter(form.getByRole("button", { name: "Save" }));
  const monitors = (await openTenantDirectory(table).find(tenantId))?.monitors;
  expect(monitors).toEqual({
    periods: { company: [15] },
    amountClasses: [{ class: 2, currency: "EUR", fromMinor: 10_000 }],
  });
  await context.close();

  const seen = await browser.newPage();
  await seen.context().addCookies([asAdmin]);
  await seen.goto(`${site.url}/settings/${tenantId}`);
  expect(await faultsOf(seen, "the settings", "page")).toEqual([]);
});
