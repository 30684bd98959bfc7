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
export const ICON = read("icon.svg");

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
export const KEYS_SCRIPT = assetOf("keys.js", "text/javascript", read("keys.js"));
export const LIVE_SCRIPT = assetOf("live.js", "text/javascript", read("live.js"));
export const FLIGHT_SCRIPT = assetOf("flight.js", "text/javascript", read("flight.js"));
const assets: readonly Asset[] = [STYLE, REFRESH_SCRIPT, KEYS_SCRIPT, FLIGHT_SCRIPT, LIVE_SCRIPT];

/**
 * A script of one page, made of several files, of which each imports only from those before it: they become one module,
 * so that a browser asks once.
 */
export const scriptOf = (name: string, files: readonly URL[]): Asset =>
  assetOf(
    name,
    "text/javascript",
    files
      .map((file) => readFileSync(file, "utf8"))
      .join("")
      .replaceAll(/^import [^;]*;\n|^ *\/\/.*\n/gm, "")
      .replaceAll(/^export /gm, ""),
  );

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
