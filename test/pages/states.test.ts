import { gzipSync } from "node:zlib";
import { customerIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { filePages } from "@regulars/web/boards/file-pages";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ApiTestClient, API_NOW, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { openBrowser } from "../fixtures/browser.ts";
import { aConsole } from "../fixtures/page-console.ts";
import { type ServedConsole, serveConsole } from "../fixtures/served-console.ts";

/** What the pages' scripts say and do, in Chromium. */

let apiClient: ApiTestClient;
let fixture: ApiFixture;
let console: ServedConsole;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
  const { tenantId } = fixture.tenant;
  console = await serveConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse("ada") });
  browser = await openBrowser();
  page = await browser.newPage();
});
beforeEach(() => {
  console.delayMs = 0;
  apiClient.clock.nowMs = API_NOW + 60_000;
});
afterAll(async () => {
  await browser?.close();
  await console?.close();
  await apiClient?.close();
});

const at = (path: string): string => `${console.url}${path}`;
const settings = (): string => at(`/settings/${fixture.tenant.tenantId}`);
const said = () => page.locator("#flight");
const storedName = async () => (await openTenantDirectory(apiClient.runtime.table).find(fixture.tenant.tenantId))?.name;

/** Saves the settings that are filled in; ends when the page has come back. */
async function saved(): Promise<void> {
  const loaded = page.waitForEvent("load");
  await page.locator(`form.settings button[value="save"]`).first().click();
  await loaded;
}

describe("a page in flight", () => {
  it("CN07: says that it loads after 300 ms, and nothing when it is quicker", async () => {
    await page.goto(at("/keys"));
    expect(await said().textContent()).toBe("");
    const told: string[] = [];
    page.on("console", (message) => told.push(message.text()));
    const listen = () =>
      page.evaluate(`new MutationObserver(() => console.log(document.getElementById("flight").textContent))
        .observe(document.getElementById("flight"), { childList: true })`);
    await listen();
    console.delayMs = 1_000;
    await page.getByRole("link", { name: "Regulars" }).click({ noWaitAfter: true });
    await page.waitForURL(at("/"));
    expect([told, await said().textContent()]).toEqual([["Loading …"], ""]);
  });

  it("CN07: offline sends no form, says why, and keeps what was written", async () => {
    await page.goto(settings());
    await page.locator(`input[name="name"]`).fill("Written offline");
    await page.context().setOffline(true);
    await page.locator(`form.settings button[value="save"]`).first().click();
    await page.locator("#flight.bad").waitFor();
    expect(await said().textContent()).toContain("nothing was sent, and what you wrote is still here");
    expect([page.url(), await page.locator(`input[name="name"]`).inputValue(), await storedName()]).toEqual([
      settings(),
      "Written offline",
      "Nordic Foods",
    ]);
    await page.context().setOffline(false);
    await expect.poll(() => said().textContent()).toBe("");
    await saved();
    expect(await storedName()).toBe("Written offline");
    await page.locator(`input[name="name"]`).fill("Nordic Foods");
    await saved();
    expect(await storedName()).toBe("Nordic Foods");
  });

  it("CN07: that cannot be reached though the machine is online keeps the form too", async () => {
    await page.goto(settings());
    await page.locator(`input[name="name"]`).fill("Written without a server");
    await page.route("**/favicon.ico", (route) => route.abort());
    await page.locator(`form.settings button[value="save"]`).first().click();
    await page.locator("#flight.bad").waitFor();
    expect(await page.locator(`input[name="name"]`).inputValue()).toBe("Written without a server");
    await page.unroute("**/favicon.ico");
  });
});

describe("the list of For You in a browser", () => {
  it("FY01: takes off what is settled without a reload, says whom, and keeps focus and what is unfolded", async () => {
    const { tenantId } = fixture.tenant;
    await page.goto(at(`/for-you/${tenantId}/anna`));
    const entries = page.locator("#list .part > ol.rows > li");
    expect(await entries.count()).toBe(2);
    await page.evaluate(`document.title = "not loaded anew"; document.querySelector("#list a.who").focus()`);
    const focused = () => page.evaluate("document.activeElement.getAttribute('href') ?? document.activeElement.id");
    const first = await focused();
    await dismiss("churn-risk");
    await look();
    await expect.poll(() => entries.count()).toBe(1);
    expect([await page.title(), await focused()]).toEqual(["not loaded anew", first]);
    await page.context().addCookies([{ name: "regulars-language", value: "da", url: console.url }]);
    await page.reload();
    await page.evaluate(`document.querySelector("#list a.who").focus()`);
    await dismiss("overdue-payments");
    await look();
    await page
      .getByRole("status")
      .filter({ hasText: "Ikke længere på listen: Acme Café." })
      .waitFor({ state: "attached" });
    expect([await entries.count(), await focused()]).toEqual([0, "list"]);
    await page.context().clearCookies();
  });

  const look = () => page.evaluate(`document.dispatchEvent(new Event("visibilitychange"))`);

  async function dismiss(kind: string): Promise<void> {
    const { review, nightly } = fixture.store;
    const subject = { type: "customer", id: customerIdSchema.parse("acme") } as const;
    const finding = await nightly.finding({ kind, subject });
    if (finding === undefined) throw new Error(`acme has no ${kind}`);
    const dismissal = { kind, subject, episode: finding.episode, at: toInstant(API_NOW) };
    await review.saveDismissal({ ...finding, state: "dismissed", dismissal }, dismissal);
  }
});

describe("the scripts of the pages", () => {
  it("CN08: are at most 15 KiB packed on any page, and its style too", async () => {
    const { tenantId } = fixture.tenant;
    const pages = aConsole(apiClient.runtime, { type: "user", tenantId, userId: userIdSchema.parse("ada") });
    for (const path of ["/", `/for-you/${tenantId}/anna`, `/plans/${tenantId}/pln_0000000000001`]) {
      const text = await (await pages.request(path)).text();
      const sizeOf = async (matches: Iterable<RegExpExecArray>): Promise<number> => {
        let bytes = 0;
        for (const [, asset = ""] of matches) bytes += gzipSync(await (await pages.request(asset)).text()).length;
        return bytes;
      };
      expect(await sizeOf(text.matchAll(/<script[^>]* src="([^"]+)"/g))).toBeLessThanOrEqual(15 * 1024);
      expect(await sizeOf(text.matchAll(/<link rel="stylesheet" href="([^"]+)"/g))).toBeLessThanOrEqual(15 * 1024);
      expect(text).not.toMatch(/<script(?![^>]* src=)|\son\w+="|style="/);
    }
  });

  it("CN08: of the whole console, all pages together, are at most 25 KB packed", async () => {
    const files = filePages();
    const paths = files.routes.map(({ path }) => path).filter((path) => path.endsWith(".js"));
    let bytes = 0;
    for (const path of paths) bytes += gzipSync(await (await files.request(path)).text()).length;
    expect(paths.length).toBeGreaterThan(4);
    expect(bytes).toBeLessThanOrEqual(25_000);
  });
});
