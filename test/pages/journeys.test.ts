import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../fixtures/browser.ts";
import { openDemoInTable } from "../fixtures/demo-in-table.ts";
import type { DemoSite } from "../fixtures/demo-site.ts";
import { KeyHands } from "../fixtures/key-hands.ts";
import { aWorkspace, type TempWorkspace } from "../fixtures/workspace.ts";

/** The work of a day by keyboard alone, with the pages' scripts and without: no mouse, no finger, the focus always seen. */

let place: TempWorkspace;
let site: DemoSite;
let browser: Browser;

beforeAll(async () => {
  place = await aWorkspace();
  browser = await openBrowser();
  site = await openDemoInTable(place.data);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await place?.close();
});

/** A piece of a day's work: where it begins, who does it, and what they do. */
interface Journey {
  readonly says: string;
  readonly path: string;
  readonly user: string;
  readonly steps: (page: Page, hands: KeyHands) => Promise<void>;
}

const pathOf = (page: Page): string => new URL(page.url()).pathname;

const journeys: readonly Journey[] = [
  {
    says: "a rep reads why, says whom they contacted, snoozes one, and takes both back",
    path: "/for-you/demo/u-freja",
    user: "Freja Lindqvist",
    steps: reviewFindings,
  },
  {
    says: "a rep opens a customer, reads the evidence, says that they know a reason, and takes it back",
    path: "/for-you/demo/u-freja",
    user: "Freja Lindqvist",
    steps: giveFeedback,
  },
  {
    says: "a manager filters Code Red, opens who fell, leaves them out with a note, and shows them again",
    path: "/code-red/demo",
    user: "Henrik Vestergren",
    steps: leaveOut,
  },
  {
    says: "a manager moves a deal, says why one is lost, and transfers one",
    path: "/plans/demo/pln_restaurants",
    user: "Henrik Vestergren",
    steps: moveDeals,
  },
  {
    says: "an admin makes a status: criteria, who would have it, and saves it",
    path: "/statuses/demo",
    user: "Astrid Havgaard",
    steps: makeStatus,
  },
  {
    says: "a manager looks who knows a person, and asks for an introduction",
    path: "/relationships/demo/C1106",
    user: "Henrik Vestergren",
    steps: askForIntroduction,
  },
];

describe.each([
  { way: "by keys alone", isScripted: true },
  { way: "by keys alone, without script", isScripted: false },
])("$way", ({ isScripted }) => {
  it.each(journeys)("CN06: $says", async ({ path, user, steps }) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      javaScriptEnabled: isScripted,
    });
    const page = await context.newPage();
    const hands = new KeyHands(page, { isScripted });
    await page.goto(`${site.url}/session/sign-in?to=${encodeURIComponent(path)}`);
    await hands.to("a", user);
    await hands.enter();
    expect(pathOf(page)).toBe(path);
    await steps(page, hands);
    expect(hands.faults).toEqual([]);
    await context.close();
  });
});

async function reviewFindings(page: Page, hands: KeyHands): Promise<void> {
  const rows = page.locator("#list .part > ol.rows > li");
  const findingOf = () => rows.first().locator("[data-card]").getAttribute("data-card");
  const [count, finding] = [await rows.count(), await findingOf()];
  const first = (await rows.first().getAttribute("data-name")) ?? "";
  await hands.to("summary", `Details ${first}`);
  await hands.press("Enter");
  expect(await rows.first().getByText("going on since").isVisible()).toBe(true);
  for (const name of ["Contacted", "Snooze 7 days"]) {
    await hands.to("button", `${name} ${first}`);
    await hands.enter();
    expect((await findingOf()) === finding).toBe(name === "Contacted");
    await hands.landsOn(new RegExp(`^${first}: `), `after ${name}`);
    await hands.to("button", "Undo");
    await hands.enter();
    expect([await rows.count(), await findingOf()]).toEqual([count, finding]);
    await hands.landsOn(first, `after the undo of ${name}`);
  }
}

async function giveFeedback(page: Page, hands: KeyHands): Promise<void> {
  const first = (await page.locator("#list .part > ol.rows > li").first().getAttribute("data-name")) ?? "";
  await hands.to("a", first);
  await hands.enter();
  expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(first);
  await hands.to("summary", /^Evidence/);
  await hands.press("Enter");
  expect(await page.locator("details table").first().isVisible()).toBe(true);
  await hands.to("input", "Note", "Shift+Tab");
  await hands.write("They told me so");
  await hands.to("button", "There is a known reason");
  await hands.enter();
  await hands.landsOn(new RegExp(`^${first}: `), "after the feedback");
  await hands.to("button", "Undo");
  await hands.enter();
  await hands.landsOn("Your feedback", "after the undo of the feedback");
}

async function leaveOut(page: Page, hands: KeyHands): Promise<void> {
  const redOf = async () => Number(/\d+/.exec(await page.locator(".chips a").first().innerText())?.[0]);
  const red = await redOf();
  await hands.to("a", /^Only red/);
  await hands.enter();
  await hands.to("summary", "Filter");
  await hands.press("Enter");
  await hands.to("select", /^Rep/);
  await hands.choose(/^Mikkel/);
  await hands.to("button", "Show");
  await hands.enter();
  const { searchParams } = new URL(page.url());
  expect([searchParams.get("rep"), searchParams.get("red")]).toEqual(["u-mikkel", "1"]);
  const first = page.locator("main tbody th a").first();
  const [path, name] = [await first.getAttribute("href"), await first.locator("bdi").textContent()];
  await hands.to("a", new RegExp(`^${name}`));
  await hands.enter();
  expect(pathOf(page)).toBe(path);
  await hands.to("input", "For days");
  await hands.write("30");
  await hands.press("Tab");
  await hands.write("They move house");
  await hands.press("Tab");
  await hands.enter();
  expect(await page.locator("main").innerText()).toContain("They move house");
  await page.goto(`${site.url}/code-red/demo`);
  expect(await redOf()).toBe(red - 1);
  await page.goBack();
  await hands.to("button", "Show again");
  await hands.enter();
  await page.goto(`${site.url}/code-red/demo`);
  expect(await redOf()).toBe(red);
}

/** How a card of the board is moved and chosen: by the keys of the script, or by its form and its box. */
interface CardHands {
  /** Moves the card of this title to a status, `undefined` for the next one; the focus may be on the card already. */
  readonly move: (title: string, status?: RegExp) => Promise<void>;
  /** Leaves the question why it is lost: the deal stays where it is. */
  readonly leave: (title: string) => Promise<void>;
  readonly sayWhy: (title: string) => Promise<void>;
  readonly choose: (title: string) => Promise<void>;
}

function scriptedHands(page: Page, hands: KeyHands): CardHands {
  const said = (text: string | RegExp) => page.locator("#said p", { hasText: text }).waitFor();
  const isAsked = () => page.locator("dialog[open]").waitFor();
  return {
    move: async (title, status) => {
      await hands.press("m");
      if (status !== undefined) await hands.choose(status);
      await hands.press("Tab");
      await hands.press("Enter");
      if (status !== undefined) return;
      await said(`“${title}” is in “`);
      await hands.landsOn(title, "after a move");
    },
    leave: async (title) => {
      await isAsked();
      await hands.look("in the dialog");
      await hands.press("Escape");
      await said("stays where it was");
      await hands.landsOn(title, "after Escape");
    },
    sayWhy: async (title) => {
      await isAsked();
      await page.keyboard.press("ArrowDown");
      await hands.press("Tab");
      await hands.write("They told me so");
      await hands.to("button", "Move");
      await hands.press("Enter");
      await said(`“${title}” is in “Lost`);
      await hands.landsOn(title, "after the reason");
    },
    choose: async () => {
      await hands.press("ArrowLeft");
      await hands.press("x");
    },
  };
}

function plainHands(page: Page, hands: KeyHands): CardHands {
  const isAsked = () => page.getByText("Reasons to choose from").waitFor();
  return {
    move: async (title, status) => {
      await hands.to("button", `Move ${title}`);
      await hands.enter();
      expect((await hands.look("in the form of a move")).tag).toBe("select");
      if (status !== undefined) await hands.choose(status);
      await hands.press("Tab");
      await hands.enter();
    },
    leave: async (title) => {
      await isAsked();
      await hands.to("a", "New restaurants");
      await hands.enter();
      expect(await page.locator(".deal", { hasText: title }).count()).toBe(1);
    },
    sayWhy: async (title) => {
      await isAsked();
      await hands.to("select", /^Reason/);
      await page.keyboard.press("ArrowDown");
      await hands.press("Tab");
      await hands.write("They told me so");
      await hands.press("Tab");
      await hands.enter();
      await page.goto(`${site.url}/plans/demo/pln_restaurants`);
      expect(await page.locator(".column", { hasText: title }).locator("h2").innerText()).toContain("Lost");
    },
    choose: async (title) => {
      await hands.to("input", `Choose ${title}`);
      await hands.press("Space");
    },
  };
}

async function moveDeals(page: Page, hands: KeyHands): Promise<void> {
  const cards = hands.isScripted ? scriptedHands(page, hands) : plainHands(page, hands);
  const titleAt = async (column: number) =>
    (await page.locator(".column").nth(column).locator(".deal").first().getAttribute("data-title")) ?? "";
  const title = await titleAt(0);
  if (hands.isScripted) {
    await hands.press("/");
    expect((await hands.focus()).tag).toBe("input");
    await hands.to("div", "Board");
    await hands.press("ArrowDown");
    expect((await hands.focus()).name).toBe(title);
  }
  await cards.move(title);
  expect(await titleAt(1)).toBe(title);
  await cards.move(title, /^Lost/);
  await cards.leave(title);
  expect(await titleAt(1)).toBe(title);
  await cards.move(title, /^Lost/);
  await cards.sayWhy(title);
  const other = await titleAt(0);
  await cards.choose(other);
  const chosen = page.locator(".deal", { has: page.locator(".choose:checked") });
  const before = await chosen.innerText();
  const next = before.includes("Elin Åkerblad") ? "Freja Lindqvist" : "Elin Åkerblad";
  // The form stands behind the last card.
  await hands.to("select", /^Transfer to/, hands.isScripted ? "Tab" : "Shift+Tab");
  await hands.choose(next);
  await hands.press("Tab");
  await hands.enter();
  await hands.landsOn("1 deal changed.", "after the transfer");
  expect(await page.getByText("1 deal changed.").count()).toBe(1);
  expect(await page.locator(".deal", { hasText: before.split("\n")[0] ?? "" }).innerText()).toContain(next);
}

async function makeStatus(page: Page, hands: KeyHands): Promise<void> {
  const name = hands.isScripted ? "Silent since spring" : "Silent since summer";
  await hands.to("a", "Make a status");
  await hands.enter();
  await hands.to("input", "Name");
  await hands.write(name);
  await hands.to("textarea", /^Criteria/);
  await hands.write(await page.locator("#criteria-how code").innerText());
  await hands.to("select", /^Joined with/);
  await hands.press("Tab");
  await hands.write("activity.last");
  await hands.press("Tab");
  await hands.choose("is longer ago than");
  await hands.press("Tab");
  await hands.write("2");
  await hands.press("Tab");
  await hands.choose("months");
  await hands.to("button", "Show what it would do");
  await hands.enter();
  expect(await page.locator(".refused").allTextContents()).toEqual([]);
  expect(await page.locator("#tried").isVisible()).toBe(true);
  await hands.to("button", "Save it so");
  await hands.enter();
  await hands.landsOn(new RegExp(name), "after saving");
  expect(await page.locator("main").innerText()).toContain(name);
}

async function askForIntroduction(page: Page, hands: KeyHands): Promise<void> {
  const name = hands.isScripted ? "Maja Holmqvist" : "Anders Ravn";
  await hands.to("a", name);
  await hands.enter();
  await hands.to("select", /^Ask/);
  await hands.press("ArrowDown");
  await hands.press("Tab");
  await hands.enter();
  expect(pathOf(page)).toBe("/introductions/demo/u-henrik");
  expect(await page.locator("main").innerText()).toContain(name);
}
