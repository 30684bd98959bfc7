import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type BoardSite, aBoardSite } from "../fixtures/board-site.ts";
import { openBrowser } from "../fixtures/browser.ts";
import { faultsOf } from "../fixtures/page-faults.ts";

/** A member leaves a sales plan, in a browser. */

let site: BoardSite;
let browser: Browser;
let plan: SalesPlan;

beforeAll(async () => {
  [site, browser] = await Promise.all([aBoardSite(), openBrowser()]);
});
beforeEach(async () => {
  const members = ["ida", "bo", "mona"].map((userId) => ({ userId }));
  plan = await site.fixture.change(await site.plan(), { members });
  for (const title of ["Jug", "Cup", "Pot"]) await site.deal(plan, title, { assign: { managerId: "bo" } });
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const managers = async (): Promise<readonly (string | undefined)[]> => {
  const { sales } = site.fixture.testTenant.store;
  return (await sales.boards.rows(plan.planId)).map(({ managerId }) => managerId);
};

/** The page that the button of a member leads to. */
async function openLeaving(page: Page): Promise<void> {
  await page.goto(`${site.boardOf(plan)}/settings`);
  await page.getByRole("link", { name: "Remove Bo Lund" }).click();
  await page.getByRole("heading", { name: "Take Bo Lund out of Courses" }).waitFor();
}

it("CN05: whoever removes a member chooses who gets the deals, by keys alone, and sees what came of it", async () => {
  const page = await browser.newPage();
  await page.goto(`${site.boardOf(plan)}/settings`);
  await page.getByRole("link", { name: "Remove Bo Lund" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Take Bo Lund out of Courses" }).waitFor();
  await page.getByLabel("Who gets the open deals").focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByText("3 deals: 3 changed").waitFor();
  expect(await page.getByText("Who got them:").textContent()).toBe("Who got them: Mona Berg (3).");
  expect(await managers()).toEqual(["mona", "mona", "mona"]);
  expect(await faultsOf(page, "what came of it", "page")).toEqual([]);
  await page.close();
});

it("CN05: has the deals distributed without a script", async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await openLeaving(page);
  await page.getByLabel("Who gets the open deals").selectOption("distribute");
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByText("3 deals: 3 changed").waitFor();
  expect(new Set(await managers())).toEqual(new Set(["ida", "mona"]));
  await page.close();
});

it("CN06: the page, a stale form and one who is no member are legible at any width, light and dark, and pass axe", async () => {
  const page = await browser.newPage();
  await openLeaving(page);
  expect(await faultsOf(page, "leaving", "page")).toEqual([]);
  await openLeaving(page);
  await page.getByLabel("Who gets the open deals").selectOption("Ida Holm");
  await site.fixture.change(plan, { label: "Kurs" });
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("alert").waitFor();
  expect(await page.getByLabel("Who gets the open deals").inputValue()).toBe("user:ida");
  expect(await page.evaluate("document.activeElement.getAttribute('role')")).toBe("alert");
  expect(await faultsOf(page, "stale", "page")).toEqual([]);
  await site.fixture.change(plan, { members: [{ userId: "ida" }] });
  await page.goto(`${site.boardOf(plan)}/members/bo`);
  expect(await page.getByText("Bo Lund is no member of Courses.").count()).toBe(1);
  expect(await faultsOf(page, "no member", "page")).toEqual([]);
  await page.close();
});
