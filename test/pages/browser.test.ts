import { expect, it } from "vitest";
import { findingsOfAxe, loadAxe } from "../fixtures/accessibility.ts";
import { openBrowser } from "../fixtures/browser.ts";

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
