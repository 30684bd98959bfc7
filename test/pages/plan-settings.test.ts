import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type BoardSite, aBoardSite } from "../fixtures/board-site.ts";
import { openBrowser } from "../fixtures/browser.ts";
import { axeFaultsOf } from "../fixtures/page-faults.ts";

/** The settings of a sales plan in a browser. */

let site: BoardSite;
let browser: Browser;

beforeAll(async () => {
  [site, browser] = await Promise.all([aBoardSite(), openBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

it("order statuses by dragging, with Escape as they were, and pass axe with everything open", async () => {
  const plan = await site.plan();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.boardOf(plan)}/settings`);
  const names = () => page.locator("[data-order=order-statuses] > li > p strong").allTextContents();
  const grip = (name: string) => page.getByRole("button", { name: `Drag ${name}` });
  const drag = async (name: string, onto: string) => {
    await grip(name).scrollIntoViewIfNeeded();
    const [from, to] = [await grip(name).boundingBox(), await grip(onto).boundingBox()];
    if (from === null || to === null) throw new Error("a grip is not seen");
    await page.mouse.move(from.x + 9, from.y + 9);
    await page.mouse.down();
    await page.mouse.move(to.x + 9, to.y + 2, { steps: 5 });
  };
  await drag("Offer", "New");
  expect(await names()).toEqual(["Offer", "New", "Talk", "Won", "Lost"]);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await names()).toEqual(["New", "Talk", "Offer", "Won", "Lost"]);
  await drag("Offer", "New");
  await Promise.all([page.waitForNavigation(), page.mouse.up()]);
  expect(await names()).toEqual(["Offer", "New", "Talk", "Won", "Lost"]);
  const saved = await site.fixture.testTenant.store.sales.salesPlans.plan(plan.planId);
  expect(saved?.statuses.map(({ name }) => name)).toEqual(["Offer", "New", "Talk", "Won", "Lost"]);

  await page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))");
  expect(await axeFaultsOf(page, "the settings", "page")).toEqual([]);
});

it("say a mistake at its field: the summary has the focus and leads there by keys, and the page passes axe", async () => {
  const plan = await site.plan();
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${site.boardOf(plan)}/settings`);
  const member = page.getByRole("group", { name: "Ida Holm" });
  await member.locator("summary").click();
  await member.getByRole("checkbox", { name: "Mon" }).check();
  await member.getByLabel("from").first().fill("09:00");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  const focused = () => page.evaluate("document.activeElement.outerHTML.slice(0, 200)").then(String);
  expect(await focused()).toContain('role="alert"');
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  expect(await focused()).toMatch(/aria-invalid="true".*name="hours0\.0\.to"/);
  const field = page.locator("[aria-invalid=true]");
  expect(await field.getAttribute("aria-describedby")).toBe("wrong-0-why");
  expect(await page.locator("#wrong-0-why").textContent()).toContain("Ida Holm: Hours, row 1: to is missing");
  await page.evaluate("document.querySelectorAll('details').forEach((fold) => (fold.open = true))");
  expect(await axeFaultsOf(page, "the settings", "page")).toEqual([]);
});
