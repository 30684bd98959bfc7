import { findingId } from "@regulars/core/insights/finding";
import { customerIdSchema } from "@regulars/core/platform/values";
import { addresses } from "@regulars/web/page/addresses";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { API_NOW, type ApiTestClient, anApiClient } from "../fixtures/api-client.ts";
import { type ApiFixture, anApiFixture } from "../fixtures/api-tenants.ts";
import { openBrowser } from "../fixtures/browser.ts";
import { type SignedInConsole, aSignedInConsole } from "../fixtures/signed-in-console.ts";

/** Sessions in a browser with several tabs: where a link leads after the end of one, and what a form then does. */

let apiClient: ApiTestClient;
let fixture: ApiFixture;
let site: SignedInConsole;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
  apiClient = await anApiClient();
  fixture = await anApiFixture(apiClient);
  site = await aSignedInConsole(apiClient, fixture.tenant.tenantId, "ada");
  browser = await openBrowser();
});
beforeEach(async () => {
  apiClient.clock.nowMs = API_NOW + 60_000;
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
});
afterEach(() => context.close());
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await apiClient?.close();
});

/** A tab with a page of the console, signed in on the way when nobody is. */
async function tab(path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${site.url}${path}`);
  const issuer = page.getByRole("link", { name: "Continue" });
  if ((await page.title()) === "Issuer") await issuer.click();
  return page;
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Signed out" }).waitFor();
}

const settings = (): string => `/settings/${fixture.tenant.tenantId}`;
const board = (): string => `/plans/${fixture.tenant.tenantId}/pln_0000000000001`;
const storedName = async () => (await openTenantDirectory(apiClient.runtime.table).find(fixture.tenant.tenantId))?.name;

describe("a link of a digest", () => {
  it("CN04: followed after the session ended leads over the sign-in to exactly that finding", async () => {
    await tab("/");
    apiClient.clock.nowMs += 13 * 3_600_000;
    const acme = { type: "customer", id: customerIdSchema.parse("acme") } as const;
    const { tenantId } = fixture.tenant;
    const link = addresses(site.url).finding({ tenantId, findingId: findingId({ kind: "churn-risk", subject: acme }) });
    const page = await context.newPage();
    await page.goto(link);
    expect(await page.title()).toBe("Issuer");
    await page.getByRole("link", { name: "Continue" }).click();
    expect(page.url()).toBe(link);
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Acme Café");
  });
});

describe("two tabs", () => {
  it("CN07: of which one signs out: the other's form is refused with what was written, and sent after signing in", async () => {
    const [form, other] = [await tab(settings()), await tab("/")];
    await form.locator(`input[name="name"]`).fill("Written <b> before the end");
    await signOut(other);
    await form.locator(`form.settings button[value="save"]`).first().click();
    await form.getByRole("heading", { name: "Your session has ended" }).waitFor();
    expect(await form.locator("dd", { hasText: "Written <b> before the end" }).count()).toBe(1);
    expect(await storedName()).toBe("Nordic Foods");
    const [signIn] = await Promise.all([context.waitForEvent("page"), form.locator("main a[target=_blank]").click()]);
    await signIn.getByRole("link", { name: "Continue" }).click();
    await signIn.getByRole("heading", { name: "Signed in" }).waitFor();
    await form.getByRole("button", { name: "Send it again" }).click();
    await form.locator(`input[name="name"]`).waitFor();
    expect(await storedName()).toBe("Written <b> before the end");
  });

  it("CN07: of which one signs out: the other's board puts a card back and says why", async () => {
    const [cards, other] = [await tab(board()), await tab("/")];
    const column = () => cards.locator(".column", { has: cards.locator(".grip") }).first();
    const before = await column().locator("h2").innerText();
    await signOut(other);
    await cards.locator(".grip").first().click();
    await cards.locator(".move button").click();
    await cards.locator("#said p", { hasText: "Your session has ended" }).waitFor();
    expect(await column().locator("h2").innerText()).toBe(before);
  });
});
