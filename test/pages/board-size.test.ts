import { gzipSync } from "node:zlib";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BoardSite, aBoardSite } from "../fixtures/board-site.ts";
import { openBrowser } from "../fixtures/browser.ts";
import { aDealOfMany, writeDeals } from "../fixtures/many-deals.ts";
import { axeFaultsOf } from "../fixtures/page-faults.ts";
import { PLAN_NOW } from "../fixtures/sales-plan.ts";

/** A board with thousands of cards, what a browser loads for it, and how it looks to axe. */

const DEALS = 5_000;
const KIB = 1_024;

let site: BoardSite;
let browser: Browser;
let plan: SalesPlan;

beforeAll(async () => {
  [site, browser] = await Promise.all([aBoardSite(), openBrowser()]);
  plan = await site.plan();
  const { table, tenant } = site.fixture.testTenant;
  const place = { statusId: plan.statuses[0]?.statusId ?? "", managerId: "ida" };
  const deals = Array.from({ length: DEALS }, (_, i) => aDealOfMany(plan.planId, i, PLAN_NOW - 1e10, place));
  await writeDeals(table, tenant.tenantId, deals);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

const text = async (path: string): Promise<string> => (await fetch(path, { headers: { accept: "text/html" } })).text();
const cardsOf = (page: string): string[] =>
  [...page.matchAll(/<li\s+class="deal"\s+id="([^"]+)"/g)].map(([, id = ""]) => id);

describe("a column of 5,000 cards", () => {
  it("has the right number, and gives every card once", async () => {
    const board = site.boardOf(plan);
    const first = await text(board);
    expect(first).toContain(`<span class="soft">${DEALS}</span>`);
    const seen = cardsOf(first);
    expect(seen).toHaveLength(20);
    let page = first;
    for (;;) {
      const [, after] = /data-after="([^"]+)"/.exec(page) ?? [];
      if (after === undefined) break;
      const query = new URLSearchParams({ after: after.replaceAll("&quot;", '"'), limit: "100" });
      page = await text(`${board}/columns?${query}`);
      seen.push(...cardsOf(page));
    }
    expect([seen.length, new Set(seen).size]).toEqual([DEALS, DEALS]);
  });

  it("leads by address over the board to the list, where its next cards are", async () => {
    let page = await text(site.boardOf(plan));
    for (let i = 0; i < 10; i += 1) {
      const [, next = ""] = /class="more">\s*<a class="button" href="([^"]*)"/.exec(page) ?? [];
      page = await text(`${site.url}${next.replaceAll("&amp;", "&")}`);
    }
    const rows = page.match(/<th scope="row">/g);
    expect([page.includes("as a board"), rows?.length, page.includes("Course 4799<")]).toEqual([true, 50, true]);
  });

  it("keeps at most the cards that are near in the page, and shows none twice", async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(site.boardOf(plan));
    for (let i = 2; i <= 16; i += 1) {
      await page.locator(".more a").first().click();
      await page.locator(`#card-${plan.planId.replace("pln_", "deal_")}_${DEALS - 20 * i + 1}`).waitFor();
    }
    await page.evaluate("document.querySelector('.board').scrollTop = 0; document.querySelector('.deal .who').focus()");
    await expect.poll(() => page.locator(".deal").count()).toBe(200);
    await page.evaluate("document.querySelector('.board').scrollTop = 1e6");
    await expect.poll(() => page.locator(`#card-${plan.planId.replace("pln_", "deal_")}_4681`).count()).toBe(1);
    const ids: unknown = await page.evaluate("[...document.querySelectorAll('.deal')].map(({ id }) => id)");
    expect(Array.isArray(ids) && new Set(ids).size === ids.length).toBe(true);
    await page.close();
  });
});

/** What a browser loads for a board: its answers' bodies, by kind. */
async function loaded(): Promise<readonly { readonly kind: string; readonly body: Buffer }[]> {
  const page = await browser.newPage();
  const bodies: Promise<{ readonly kind: string; readonly body: Buffer }>[] = [];
  page.on("response", (answer) => {
    bodies.push(answer.body().then((body) => ({ kind: answer.request().resourceType(), body })));
  });
  await page.goto(site.boardOf(plan), { waitUntil: "networkidle" });
  await page.close();
  return Promise.all(bodies);
}

it("CN08: script of a board is at most 15 KB gzip, its style too, and its first view at most 6 requests", async () => {
  const parts = await loaded();
  const weight = (kind: string): number =>
    parts.filter((part) => part.kind === kind).reduce((sum, { body }) => sum + gzipSync(body).length, 0);
  expect(weight("script")).toBeGreaterThan(1 * KIB);
  expect(weight("script")).toBeLessThan(15 * KIB);
  expect(weight("stylesheet")).toBeLessThan(15 * KIB);
  expect(parts.length).toBeLessThanOrEqual(6);
  expect(parts.reduce((sum, { body }) => sum + gzipSync(body).length, 0)).toBeLessThan(100 * KIB);
});

describe("CN06: axe finds nothing on a board of two cards", () => {
  let small: SalesPlan;
  let page: Page;

  beforeAll(async () => {
    small = await site.plan();
    for (const title of ["Anvil", "Hammer"]) await site.deal(small, title);
    page = await browser.newPage({ reducedMotion: "reduce" });
  });

  const look = (state: string) => axeFaultsOf(page, state, "page");
  /** Moves the first card to a status, by its form. */
  const move = async (label: string): Promise<void> => {
    await page.locator(".grip").first().click();
    await page.locator(".move select").first().selectOption({ label });
    await page.locator(".move button").first().click();
  };

  it("as it is opened", async () => {
    await page.goto(site.boardOf(small));
    expect(await look("board")).toEqual([]);
  });

  it("with its open form and a chosen card", async () => {
    await page.goto(site.boardOf(small));
    await page.locator(".grip").first().click();
    await page.locator("[name=deal]:not([type=hidden])").last().check();
    expect(await look("open form and chosen card")).toEqual([]);
  });

  it("after a move, which is announced", async () => {
    await page.goto(site.boardOf(small));
    await move("Talk");
    await page.locator("#said p").waitFor();
    expect(await look("announcement")).toEqual([]);
  });

  it("in the dialog that asks why one is lost", async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(site.boardOf(small));
    await move("Lost");
    await page.locator("dialog[open]").waitFor();
    expect(await look("dialog")).toEqual([]);
  });

  it("with all filters", async () => {
    await page.goto(`${site.boardOf(small)}?filters=all`);
    expect(await look("all filters")).toEqual([]);
  });
});
