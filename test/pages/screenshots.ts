import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../fixtures/browser.ts";
import { openDemoSite } from "../fixtures/demo-site.ts";
import { ROOT } from "../fixtures/workspace.ts";
import { walkSite } from "../fixtures/site-walk.ts";
import { mailScreenshots } from "./mail-screenshots.ts";

/**
 * `npm run screenshots` takes the pictures of README and of docs/mails from the demo, on its fixed day. `npm run screenshots -- FOLDER`
 * puts every page into FOLDER instead: 1280 and 360 px wide, light and dark.
 */

/** A picture in docs/: `height` cuts a long page. */
interface Picture {
  readonly file: string;
  readonly path: (found: readonly { readonly path: string; readonly kind: string }[]) => string | undefined;
  readonly width: number;
  readonly height: number;
}

const firstOf = (kind: string) => (found: Parameters<Picture["path"]>[0]) =>
  found.find((one) => one.kind === kind)?.path;

const pictures: readonly Picture[] = [
  { file: "digest.png", path: firstOf("/mail/messages/…/html"), width: 660, height: 1150 },
  { file: "for-you.png", path: () => "/for-you/demo/u-freja", width: 1100, height: 1500 },
  { file: "board.png", path: () => "/plans/demo/pln_restaurants", width: 1400, height: 760 },
  { file: "slack.png", path: firstOf("/slack/"), width: 900, height: 620 },
  { file: "backtest.png", path: firstOf("/backtests/…/…"), width: 1160, height: 760 },
];

const looks = [1280, 360].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })),
);

async function forReadme(page: Page, origin: string): Promise<void> {
  const found = await walkSite(origin, 1);
  for (const { file, path, width, height } of pictures) {
    const wanted = path(found);
    if (wanted === undefined) throw new Error(`the demo has no page for ${file}`);
    await page.setViewportSize({ width, height });
    await page.goto(`${origin}${wanted}`);
    await page.screenshot({ path: join(ROOT, "docs", file) });
  }
}

async function everyPage(page: Page, origin: string, folder: string): Promise<void> {
  const found = [...(await walkSite(origin, 1)), { path: "/nowhere", kind: "/nowhere" }];
  for (const { path, kind } of found)
    for (const { width, colorScheme } of looks) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`${origin}${path}`);
      const name = kind.replaceAll(/[^a-z-]+/g, "_").replaceAll(/^_|_$/g, "") || "home";
      await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
    }
}

async function main(folder: string | undefined): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), "regulars-pictures-"));
  let browser: Browser | undefined;
  const site = await openDemoSite({ data });
  try {
    browser = await openBrowser();
    const page = await browser.newPage({ colorScheme: "light" });
    await (folder === undefined ? forReadme(page, site.url) : everyPage(page, site.url, folder));
    // Last: its clicks change what the demo shows.
    if (folder === undefined) await mailScreenshots(page, site.url, join(ROOT, "docs", "mails"));
  } finally {
    await browser?.close();
    await site.close();
    await rm(data, { recursive: true, force: true });
  }
}

await main(process.argv[2]);
