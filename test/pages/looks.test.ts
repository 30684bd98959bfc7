import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { languages } from "@regulars/core/platform/languages";
import { findingsOfAxe, loadAxe } from "../fixtures/accessibility.ts";
import { type DemoPages, openDemoPages } from "../fixtures/demo-pages.ts";

/** What a day's work looks like: how much is seen at once, in which places, and how it is printed. */

let site: DemoPages;
let page: Page;

beforeAll(async () => {
  site = await openDemoPages();
  page = site.page;
});
afterAll(() => site?.close());

const FOR_YOU = "/for-you/demo/u-freja";

interface Look {
  readonly width: number;
  readonly height?: number;
  readonly language?: string;
}

async function open(path: string, { width, height = 800, language = "en" }: Look): Promise<void> {
  await page.context().addCookies([{ name: "regulars-language", value: language, url: site.url }]);
  await page.setViewportSize({ width, height });
  await page.goto(`${site.url}${path}`);
}

const numberOf = async (script: string): Promise<number> => Number(await page.evaluate(script));

/** How many rows of the list are in the window whole. */
const ROWS_IN_VIEW = `[...document.querySelectorAll("#list .part > .rows > li")]
  .filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length`;

/** Links and buttons that are lower or narrower than 24 px, without those in a sentence. */
const SMALL = `[...document.querySelectorAll(".rows a.act, .rows button, .rows summary, .kinds a")]
  .map((one) => one.getBoundingClientRect()).filter(({ width, height }) => width > 0 && (width < 24 || height < 24)).length`;

describe("the list of For You", () => {
  it.each(languages)("CN01: shows ten customers without scrolling at 1280 × 800, in %s", async (language) => {
    await open(FOR_YOU, { width: 1280, language });
    expect(await numberOf(ROWS_IN_VIEW)).toBe(10);
    expect(await numberOf(SMALL)).toBe(0);
  });

  it.each(languages)("CN06: is read and used at 360 and 320 px without scrolling sideways, in %s", async (language) => {
    await open(FOR_YOU, { width: 360, language });
    for (const width of [360, 320]) {
      await page.setViewportSize({ width, height: 800 });
      const over = await numberOf("document.documentElement.scrollWidth - innerWidth");
      const cut = `[...document.querySelectorAll("#list .part > .rows > li .stake")]
        .filter((one) => one.scrollWidth > one.clientWidth).length`;
      expect([width, over, await numberOf(SMALL), await numberOf(cut)]).toEqual([width, 0, 0, 0]);
    }
  });

  it("CN04: keeps the open row in its address, over a reload and for who gets the link", async () => {
    await open(FOR_YOU, { width: 1280 });
    const second = page.locator("#list .part > .rows > li").nth(1);
    await second.locator("summary").click();
    await expect.poll(() => new URL(page.url()).searchParams.get("open")).toMatch(/^churn-risk:/);
    await page.reload();
    expect(await second.locator("details").getAttribute("open")).toBe("");
    expect(await second.getByText("going on since").isVisible()).toBe(true);
    await page.locator("#list .part > .rows > li").first().locator("summary").click();
    expect(await page.locator("#list details[data-card][open]").count()).toBe(1);
    await page.locator("#list details[data-card][open] summary").click();
    await expect.poll(() => new URL(page.url()).search).toBe("");
  });

  it("CN04: is of one kind by its address, with each customer's place in the whole list", async () => {
    await open(FOR_YOU, { width: 1280 });
    await page.getByRole("link", { name: /^Lost items 1/ }).click();
    expect(new URL(page.url()).search).toBe("?kind=lost-items");
    const rows = page.locator("#list .part > .rows > li");
    expect(await rows.locator(".rank").allInnerTexts()).toEqual(["3"]);
    expect(await rows.locator(".what").allInnerTexts()).toEqual(["Lost items"]);
    await page.getByRole("link", { name: "All", exact: true }).click();
    expect(await rows.count()).toBe(10);
  });
});

it.each(languages)("CR10: Code Red shows ten customers at 1280 × 800 without scrolling, in %s", async (language) => {
  await open("/code-red/demo", { width: 1280, language });
  const whole = `[...document.querySelectorAll("tbody tr")].filter((row) => row.getBoundingClientRect().bottom <= innerHeight)`;
  expect(await numberOf(`${whole}.length`)).toBeGreaterThanOrEqual(10);
});

/** How many lines the header has, and how far it is too wide. */
const BAR = `(() => {
  const bar = document.querySelector(".bar");
  const shown = [...bar.children].map((one) => one.getBoundingClientRect()).filter(({ width }) => width > 0);
  const middles = shown.map(({ top, bottom }) => Math.round((top + bottom) / 20));
  const cut = [...bar.querySelectorAll("nav.daily, .brand")].filter((one) => one.scrollWidth > one.clientWidth + 1);
  return [new Set(middles).size, bar.scrollWidth - bar.clientWidth, cut.length, bar.offsetHeight <= 48].join(" ");
})()`;

describe("the header", () => {
  it.each(languages)("CN06: is one line from 1280 to 320 px in %s", async (language) => {
    for (const path of [FOR_YOU, "/plans/demo/pln_restaurants", "/"]) {
      await open(path, { width: 1280, language });
      for (const width of [1280, 1000, 360, 320]) {
        await page.setViewportSize({ width, height: 800 });
        expect([path, width, await page.evaluate(BAR)]).toEqual([path, width, "1 0 0 true"]);
      }
    }
  });

  it("CN06: leads at 1000 px to each place of a day's work with one click, and says which one is open", async () => {
    await open("/code-red/demo", { width: 1000 });
    const places = page.getByRole("navigation", { name: "Places" }).getByRole("link");
    expect(await places.allInnerTexts()).toEqual(["For You", "Sales plans", "Code Red", "Relationships", "Statuses"]);
    expect(await page.locator(".bar nav [aria-current]:visible").allInnerTexts()).toEqual(["Code Red"]);
    await places.nth(1).click();
    expect(new URL(page.url()).pathname).toBe("/plans/demo");
  });

  it.each([1000, 360])("CN06: has a menu for keys, at %d px, in which axe finds nothing", async (width) => {
    await open(FOR_YOU, { width });
    const menu = page.locator("#menu");
    expect(await menu.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Menu" }).focus();
    await page.keyboard.press("Enter");
    expect(await menu.isVisible()).toBe(true);
    expect(await menu.getByRole("link", { name: "For You" }).count()).toBe(width === 360 ? 1 : 0);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(`document.activeElement.closest("#menu") !== null`)).toBe(true);
    await loadAxe(page);
    expect(await findingsOfAxe(page, "page")).toEqual([]);
    await page.keyboard.press("Escape");
    expect([
      await menu.isVisible(),
      await page.evaluate("document.activeElement.getAttribute('popovertarget')"),
    ]).toEqual([false, "menu"]);
  });
});

it("CN06: the table of sales plans has all its links in sight at 360 px", async () => {
  await open("/plans/demo", { width: 360 });
  const settings = page.locator("main tbody").getByRole("link", { name: "Settings of" });
  expect(await settings.count()).toBe(2);
  expect(
    await numberOf(`(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector(".scroll"))`),
  ).toBe(0);
});

/** What is seen of the page, as printed. */
const PRINTED = `(() => {
  const seen = (one) => one.checkVisibility() && one.getBoundingClientRect().height > 0;
  const inked = getComputedStyle(document.querySelector("main"));
  return {
    bare: [...document.querySelectorAll(".card")].filter((one) => seen(one) && ![...one.children].some((part) => seen(part) && !/^H\\d$/.test(part.tagName))).length,
    controls: [...document.querySelectorAll("button, input, select, textarea, nav, .act")].filter(seen).length,
    isHeaded: seen(document.querySelector("h1")),
    tables: [...document.querySelectorAll("main table")].filter(seen).length,
    cut: [...document.querySelectorAll(".scroll")].filter((one) => seen(one) && one.scrollWidth > one.clientWidth + 1).length,
    ink: inked.color,
    over: document.documentElement.scrollWidth - innerWidth,
  };
})()`;

describe("a customer's page", () => {
  it.each([
    ["/code-red/demo", "main tbody th a"],
    ["/relationships/demo", "main tbody th a"],
    [FOR_YOU, "#list a.who"],
    ["/plans/demo/pln_restaurants/list", "main tbody th a"],
  ])("CN06: is printed as it is read, without buttons or headings of nothing: what %s leads to", async (list, link) => {
    await open(list, { width: 1280 });
    const path = await page.locator(link).first().getAttribute("href");
    await page.context().addCookies([{ name: "regulars-theme", value: "dark", url: site.url }]);
    // A sheet of A4 at 96 dpi, without its margins.
    await open(path ?? "", { width: 718, height: 1000 });
    const onScreen = await page.evaluate(`document.querySelectorAll("main table").length`);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect(await page.evaluate(PRINTED)).toEqual({
      bare: 0,
      controls: 0,
      isHeaded: true,
      tables: onScreen,
      cut: 0,
      ink: "rgb(29, 39, 51)",
      over: 0,
    });
    await page.emulateMedia({ media: "screen", colorScheme: "light" });
    await page.context().clearCookies();
  });
});
