import { groupEmail } from "@regulars/render/notifications/group-mail";
import { aGroupMail } from "@regulars/render/testing";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MessageLocale, localeAt, writeEverywhere } from "../checks/channels.ts";
import { openBrowser } from "../fixtures/browser.ts";
import { axeFaultsOf } from "../fixtures/page-faults.ts";

/** Every mail as a mail program shows it: wide and narrow, light and dark, with its picture and without. */

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
});
afterAll(() => browser?.close());

const locales = Array.from({ length: 4 }, (_, index) => localeAt(index));
const unsubscribe = "https://regulars.example/links/unsubscribe/token";

/** A digest shows its picture from the mail itself; here a square stands for it. */
const PICTURE =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const htmlOf = (kind: (typeof kinds)[number], locale: MessageLocale): string =>
  kind === "group"
    ? groupEmail(aGroupMail({ locale }), unsubscribe).html
    : writeEverywhere("Café Crémant", locale).mails[kind].html.replaceAll(/src="cid:[^"]*"/g, `src="${PICTURE}"`);

const kinds = ["digest", "alert", "notice", "introduction", "group"] as const;

describe.each(kinds)("a mail of the kind %s", (kind) => {
  it.each(locales)("passes axe by WCAG 2.2 AA and does not scroll sideways in %s", async (locale) => {
    await page.setContent(htmlOf(kind, locale));
    expect(await page.evaluate("document.documentElement.lang")).toBe(
      locale.startsWith("pt") ? "pt-BR" : locale.slice(0, 2),
    );
    expect(await axeFaultsOf(page, `${kind} ${locale}`, "mail")).toEqual([]);
  });
});

describe("a digest whose picture is not shown", () => {
  it.each(locales)("says in words what the picture shows in %s", async (locale) => {
    await page.setContent(htmlOf("digest", locale).replaceAll(PICTURE, "cid:none"));
    const texts = await page.evaluate("[...document.images].map((image) => image.alt)");
    expect(texts).toEqual([expect.stringMatching(/\d/)]);
    expect(await axeFaultsOf(page, `digest ${locale}`, "mail")).toEqual([]);
  });
});
