import { expect, it } from "vitest";
import { findingsOfAxe, loadAxe } from "../fixtures/accessibility.ts";
import { openBrowser } from "../fixtures/browser.ts";
import { faultsOf } from "../fixtures/page-faults.ts";

it("F3: without Chromium, says what to install or to set", async () => {
  await expect(openBrowser(["/nowhere/chromium", "/nowhere/else"])).rejects.toThrow(
    "There is no Chromium at /nowhere/chromium or /nowhere/else: install it (apt-get install chromium-headless-shell), or set CHROMIUM to its path.",
  );
});

it("F3: tells of what plays, of which axe is not asked", async () => {
  const browser = await openBrowser();
  const page = await browser.newPage();
  await page.setContent(
    '<html lang="en"><title>Page</title><main><h1>Page</h1><video src="data:,"></video></main></html>',
  );
  await loadAxe(page);
  const findings = await findingsOfAxe(page, "page");
  await browser.close();
  expect(findings).toEqual(['plays | <video src="data:,"></video>']);
});

it("F3: finds what is wrong in the dark and when narrow", async () => {
  const browser = await openBrowser();
  const page = await browser.newPage();
  const faultsWith = async (part: string): Promise<readonly string[]> => {
    const dim = "@media (prefers-color-scheme: dark) { .dim { color: #888; background: #999 } }";
    const main = `<main><h1>Page</h1><p>Plain</p>${part}</main>`;
    await page.setContent(`<html lang="en"><title>Page</title><style>${dim}</style>${main}</html>`);
    const faults = await faultsOf(page, "page", "page");
    return [...new Set(faults.map((one) => one.split(" | ")[0] ?? ""))];
  };
  const found = [
    await faultsWith("<p>Other</p>"),
    await faultsWith('<p class="dim">New</p>'),
    await faultsWith('<div style="width: 340px">Wide</div>'),
    await faultsWith("<p><button></button></p>"),
  ];
  await browser.close();
  const both = (fault: string) => [360, 1280].map((width) => `page, ${width} px: ${fault}`);
  expect(found).toEqual([
    [],
    both("color-contrast"),
    ["page, 320 px: scrolls sideways by 28 px"],
    ["page: looks as the browser draws it: button ", ...both("button-name")],
  ]);
});
