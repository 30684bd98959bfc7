import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { openBrowser } from "../fixtures/browser.ts";
import { openDemoSite } from "../fixtures/demo-site.ts";
import { ROOT } from "../fixtures/workspace.ts";
import { type FoundPage, walkSite } from "../fixtures/site-walk.ts";
import { mailScreenshots } from "./mail-screenshots.ts";

/**
 * `npm run screenshots` takes the pictures of README, docs/mails and docs/screens from the demo, on its fixed day: every page,
 * light and dark, desktop and phone. `npm run screenshots -- FOLDER` puts every page into FOLDER alone, whole.
 */

/** A picture in docs/: `height` cuts a long page. */
interface Picture {
  readonly file: string;
  readonly path: (found: readonly FoundPage[]) => string | undefined;
  readonly width: number;
  readonly height: number;
}

const firstOf = (kind: string) => (found: readonly FoundPage[]) => found.find((one) => one.kind === kind)?.path;

const pictures: readonly Picture[] = [
  { file: "digest.png", path: firstOf("/mail/messages/…/html"), width: 660, height: 1150 },
  { file: "for-you.png", path: () => "/for-you/demo/u-freja", width: 1100, height: 820 },
  { file: "board.png", path: () => "/plans/demo/pln_restaurants", width: 1400, height: 760 },
  { file: "slack.png", path: firstOf("/slack/"), width: 900, height: 700 },
  { file: "backtest.png", path: firstOf("/backtests/…/…"), width: 1160, height: 760 },
];

/** Desktop and phone. */
const SCREENS = [
  { name: "desktop", width: 1280, height: 800 },
  { name: "phone", width: 360, height: 740 },
] as const;
const SCHEMES = ["light", "dark"] as const;

/** Pages of others: of the API's document, and the messages of this machine's inbox. */
const NOT_SHOWN = /^\/(?:docs|mail\/messages)\b/;
/** Of 100: text stays sharp, and 200 pictures are a few MB. */
const QUALITY = 40;

async function forReadme(page: Page, origin: string, found: readonly FoundPage[]): Promise<void> {
  await page.emulateMedia({ colorScheme: "light" });
  for (const { file, path, width, height } of pictures) {
    const wanted = path(found);
    if (wanted === undefined) throw new Error(`the demo has no page for ${file}`);
    await page.setViewportSize({ width, height });
    await page.goto(`${origin}${wanted}`);
    await page.screenshot({ path: join(ROOT, "docs", file) });
  }
}

/** A page of one thing has another name than the list that leads to it: `/plans/…/…` is plans_one. */
const nameOf = (kind: string): string => {
  const name = kind.replaceAll(/[^a-z-]+/g, "_").replaceAll(/^_|_$/g, "") || "home";
  return kind.endsWith("/…") && kind.split("…").length > 2 ? `${name}_one` : name;
};

/** Every page in each of its looks, with `take` for each. */
async function everyLook(
  page: Page,
  origin: string,
  found: readonly Pick<FoundPage, "path" | "kind">[],
  take: (file: string) => Promise<void>,
): Promise<void> {
  for (const { path, kind } of found)
    for (const { name, width, height } of SCREENS)
      for (const colorScheme of SCHEMES) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme });
        await page.goto(`${origin}${path}`);
        await take(`${nameOf(kind)}-${name}-${colorScheme}`);
      }
}

/** The first window of every page in docs/screens, small, with a list of them. */
async function forDocs(page: Page, origin: string, found: readonly FoundPage[]): Promise<void> {
  const folder = join(ROOT, "docs", "screens");
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const devtools = await page.context().newCDPSession(page);
  const shown = found.filter(({ kind }) => !NOT_SHOWN.test(kind));
  await everyLook(page, origin, shown, async (file) => {
    const take = () => devtools.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
    // A busy machine may have no picture in time.
    const { data } = await take().catch(take).catch(take).catch(take);
    await writeFile(join(folder, `${file}.webp`), data, "base64");
  });
  await writeFile(join(folder, "README.md"), listOf(shown.map(({ kind }) => kind)));
}

const listOf = (kinds: readonly string[]): string => {
  const links = (kind: string) =>
    SCREENS.flatMap(({ name }) =>
      SCHEMES.map((scheme) => `[${name}, ${scheme}](${nameOf(kind)}-${name}-${scheme}.webp)`),
    ).join(" · ");
  const rows = kinds.toSorted().map((kind) => `- \`${kind}\`: ${links(kind)}`);
  return `# Every page\n\nTaken from the demo by \`npm run screenshots\`.\n\n${rows.join("\n")}\n`;
};

async function main(folder: string | undefined): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), "regulars-pictures-"));
  let browser: Browser | undefined;
  const site = await openDemoSite({ data });
  try {
    browser = await openBrowser();
    const page = await browser.newPage({ colorScheme: "light" });
    const found = await walkSite(site.url, 1);
    if (folder !== undefined) {
      const all = [...found, { path: "/nowhere", kind: "/nowhere" }];
      await everyLook(page, site.url, all, async (file) => {
        await page.screenshot({ path: join(folder, `${file}.png`), fullPage: true });
      });
      return;
    }
    await forReadme(page, site.url, found);
    await forDocs(page, site.url, found);
    // Last: its clicks change what the demo shows.
    await mailScreenshots(page, site.url, join(ROOT, "docs", "mails"));
  } finally {
    await browser?.close();
    await site.close();
    await rm(data, { recursive: true, force: true });
  }
}

await main(process.argv[2]);
