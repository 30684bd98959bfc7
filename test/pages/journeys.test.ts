import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openBrowser } from "../fixtures/browser.ts";
import { type DemoSite, openDemoSite } from "../fixtures/demo-site.ts";
import { KeyHands } from "../fixtures/key-hands.ts";
import { tableAddress } from "../fixtures/table-address.ts";
import { aWorkspace, type TempWorkspace } from "../fixtures/workspace.ts";

/** The work of a day by keyboard alone: no mouse, no finger, and the focus always seen. */

let place: TempWorkspace;
let site: DemoSite;
let browser: Browser;

beforeAll(async () => {
  place = await aWorkspace();
  browser = await openBrowser();
  const { tableName, endpoint } = tableAddress();
  site = await openDemoSite({ data: place.data, tableName, dynamodbEndpoint: endpoint });
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
  await place?.close();
});

/** A page of the demo, to which somebody signed in by keys, and the hands that use it. */
async function opened(path: string, user: string): Promise<{ readonly page: Page; readonly hands: KeyHands }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const hands = new KeyHands(page);
  await page.goto(`${site.url}/session/sign-in?to=${encodeURIComponent(path)}`);
  await hands.to("a", user);
  await hands.enter();
  expect(new URL(page.url()).pathname).toBe(path);
  return { page, hands };
}

const pathOf = (page: Page): string => new URL(page.url()).pathname;

describe("by keys alone", () => {
  it("CN06: a rep reads why, says whom they contacted, snoozes one, and takes both back", async () => {
    const { page, hands } = await opened("/for-you/demo/u-freja", "Freja Lindqvist");
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
      expect((await hands.look(`after ${name}`)).name).toMatch(new RegExp(`^${first}: `));
      await hands.to("button", "Undo");
      await hands.enter();
      expect([await rows.count(), await findingOf()]).toEqual([count, finding]);
      expect((await hands.look(`after the undo of ${name}`)).name).toBe(first);
    }
    await page.keyboard.press("Enter");
    await page.waitForURL("**/findings/**");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(first);
    await hands.to("summary", /^Evidence/);
    await hands.press("Enter");
    expect(await page.locator("details table").first().isVisible()).toBe(true);
    await hands.to("input", "Note", "Shift+Tab");
    await hands.write("They told me so");
    await hands.to("button", "There is a known reason");
    await hands.enter();
    expect((await hands.look("after the feedback")).name).toMatch(new RegExp(`^${first}: `));
    expect(hands.faults).toEqual([]);
  });

  it("CN06: a manager filters Code Red, opens who fell, leaves them out with a note, and shows them again", async () => {
    const { page, hands } = await opened("/code-red/demo", "Henrik Vestergren");
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
    expect(hands.faults).toEqual([]);
  });

  it("CN06: a manager moves a deal, says why one is lost, and transfers one", async () => {
    const { page, hands } = await opened("/plans/demo/pln_restaurants", "Henrik Vestergren");
    const said = (text: string | RegExp) => page.locator("#said p", { hasText: text }).waitFor();
    await hands.press("/");
    expect((await hands.focus()).tag).toBe("input");
    await hands.to("div", "Board");
    await hands.press("ArrowDown");
    const { name: title } = await hands.focus();
    await hands.press("m");
    await hands.press("Tab");
    await hands.press("Enter");
    await said(`“${title}” is in “`);
    expect((await hands.look("after a move")).name).toBe(title);
    await hands.press("m");
    await hands.choose(/^Lost/);
    await hands.press("Tab");
    await hands.press("Enter");
    await page.locator("dialog[open]").waitFor();
    await hands.look("in the dialog");
    await hands.press("Escape");
    await said("stays where it was");
    expect((await hands.look("after Escape")).name).toBe(title);
    await hands.press("m");
    await hands.choose(/^Lost/);
    await hands.press("Tab");
    await hands.press("Enter");
    await page.locator("dialog[open]").waitFor();
    await page.keyboard.press("ArrowDown");
    await hands.press("Tab");
    await hands.write("They told me so");
    await hands.to("button", "Move");
    await hands.press("Enter");
    await said(`“${title}” is in “Lost`);
    expect((await hands.look("after the reason")).name).toBe(title);
    await hands.press("ArrowLeft");
    const { name: other } = await hands.focus();
    await hands.press("x");
    await hands.to("select", /^Transfer to/);
    const before = await page.locator(".deal", { hasText: other }).innerText();
    const next = before.includes("Elin Åkerblad") ? "Freja Lindqvist" : "Elin Åkerblad";
    await hands.choose(next);
    await hands.press("Tab");
    await hands.enter();
    expect((await hands.look("after the transfer")).name).toBe("1 deal changed.");
    expect(await page.locator(".deal", { hasText: other }).innerText()).toContain(next);
    expect(hands.faults).toEqual([]);
  });

  it("CN06: an admin makes a status: criteria, who would have it, and saves it", async () => {
    const { page, hands } = await opened("/statuses/demo", "Astrid Havgaard");
    await hands.to("a", "Make a status");
    await hands.enter();
    await hands.to("input", "Name");
    await hands.write("Silent since spring");
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
    expect((await hands.look("after saving")).name).toContain("Silent since spring");
    expect(hands.faults).toEqual([]);
  });

  it("CN06: a manager looks who knows a person, and asks for an introduction", async () => {
    const { page, hands } = await opened("/relationships/demo/C1106", "Henrik Vestergren");
    await hands.to("a", "Maja Holmqvist");
    await hands.enter();
    await hands.to("select", /^Ask/);
    await hands.press("ArrowDown");
    await hands.press("Tab");
    await hands.enter();
    expect(pathOf(page)).toBe("/introductions/demo/u-henrik");
    expect(await page.locator("main").innerText()).toContain("Maja Holmqvist");
    expect(hands.faults).toEqual([]);
  });
});
