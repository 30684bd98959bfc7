import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { languages } from "@regulars/core/platform/languages";
import { openBrowser } from "../fixtures/browser.ts";
import { type DemoSite, openDemoSite } from "../fixtures/demo-site.ts";
import { tableAddress } from "../fixtures/table-address.ts";
import { aWorkspace, type TempWorkspace } from "../fixtures/workspace.ts";

/** What a day's work looks like: how much is seen at once, in which places, and how it is printed. */

let place: TempWorkspace;
let site: DemoSite;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  place = await aWorkspace();
  browser = await openBrowser();
  const { tableName, endpoint } = tableAddress();
  site = await openDemoSite({ data: place.data, tableName, dynamodbEndpoint: endpoint });
  page = await browser.newPage();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await place?.close();
});

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

  it.each([360, 320])(
    "CN06: is read and used at %d px without scrolling sideways, in every language",
    async (width) => {
      for (const language of languages) {
        await open(FOR_YOU, { width, language });
        const over = await numberOf("document.documentElement.scrollWidth - innerWidth");
        expect([language, over, await numberOf(SMALL)]).toEqual([language, 0, 0]);
        const cut = `[...document.querySelectorAll("#list .part > .rows > li .stake")]
        .filter((one) => one.scrollWidth > one.clientWidth).length`;
        expect([language, await numberOf(cut)]).toEqual([language, 0]);
      }
    },
  );

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
