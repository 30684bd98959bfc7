import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Context, Env, Hono } from "hono";

/** A file of the pages: its address names its contents, so that browsers keep it for ever. */
export interface Asset {
  readonly path: string;
  readonly text: string;
  readonly type: string;
}

const HASH_LETTERS = 16;

/** Reads files that lie next to this one; deployed, next to the bundle (`files` of infra/console.ts). */
const read = (file: string): string => readFileSync(new URL(file, import.meta.url), "utf8");

function assetOf(name: string, type: string, text: string): Asset {
  const [stem = "", ending = ""] = name.split(".");
  const hash = createHash("sha256").update(text).digest("base64url").slice(0, HASH_LETTERS);
  return { path: `/assets/${stem}.${hash}.${ending}`, text, type };
}

/** The sheet that all pages share, of this machine's inbox and Slack too. */
export const SHARED_STYLE = read("live-page.css");
const ICON = read("icon.svg");

/** Reloads the page when its content on the server has changed. */
export const REFRESH = `let drawn;
setInterval(async () => {
  const answer = await fetch(location.href).catch(() => undefined);
  if (document.hidden || !answer?.ok) return;
  const text = await answer.text();
  if (drawn !== undefined && drawn !== text) location.reload();
  drawn = text;
}, 3000);
`;

export const STYLE = assetOf("style.css", "text/css", SHARED_STYLE + read("style.css"));
export const REFRESH_SCRIPT = assetOf("refresh.js", "text/javascript", REFRESH);

/** What browsers need not load: imports of what stands before, exports, comments. */
const bare = (text: string): string =>
  text.replaceAll(/^(?:import [^;]*;| *\/\/.*| *\/\*\*[^]*?\*\/)\n/gm, "").replaceAll(/^export /gm, "");

/** The scripts of all pages, each in a block of its own, so that no name of one is a name of another. */
const OF_ALL = ["keys.js", "flight.js"].map((file) => `{\n${bare(read(file))}}\n`).join("");

/** The script of a page that has none of its own. */
export const PAGE_SCRIPT = assetOf("page.js", "text/javascript", OF_ALL);

/**
 * The script of a page: those of all pages, and its own files, of which each imports only from those before it. They are
 * one module, so that a browser asks once.
 */
export const scriptOf = (name: string, files: readonly URL[]): Asset =>
  assetOf(name, "text/javascript", OF_ALL + bare(files.map((file) => readFileSync(file, "utf8")).join("")));

export const LIVE_SCRIPT = scriptOf("live.js", [new URL("live.js", import.meta.url)]);
const assets: readonly Asset[] = [STYLE, REFRESH_SCRIPT, PAGE_SCRIPT, LIVE_SCRIPT];

/** Serves the files of the pages, which hold for ever, and the icon where browsers look for it by themselves. */
export function serveFiles<E extends Env>(app: Hono<E>, ofPages: readonly Asset[]): void {
  for (const { path, text, type } of [...assets, ...ofPages])
    app.get(path, (c) => file(c, text, type, "public, max-age=31536000, immutable"));
  app.get("/favicon.ico", (c) => file(c, ICON, "image/svg+xml", "public, max-age=86400"));
}

const file = (c: Context, text: string, type: string, caching: string): Response =>
  c.body(text, 200, {
    "Content-Type": `${type}; charset=utf-8`,
    "Cache-Control": caching,
    "X-Content-Type-Options": "nosniff",
  });
