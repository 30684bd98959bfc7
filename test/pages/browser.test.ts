import { expect, it } from "vitest";
import { openBrowser } from "../fixtures/browser.ts";

it("F3: without Chromium, says what to install or to set", async () => {
  await expect(openBrowser(["/nowhere/chromium", "/nowhere/else"])).rejects.toThrow(
    "There is no Chromium at /nowhere/chromium or /nowhere/else: install it (apt-get install chromium-headless-shell), or set CHROMIUM to its path.",
  );
});
