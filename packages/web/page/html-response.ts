import { readFileSync } from "node:fs";
import type { Context, Env, Hono } from "hono";
import { routePath } from "hono/route";
import type { HtmlEscapedString } from "hono/utils/html";
import { framed } from "./frame.ts";

/** Allows only the page's own style, script and frames: nothing inline and nothing from other origins. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** Reloads the page when its content on the server has changed. */
const REFRESH = `let drawn;
setInterval(async () => {
  const answer = await fetch(location.href).catch(() => undefined);
  if (document.hidden || !answer?.ok) return;
  const text = await answer.text();
  if (drawn !== undefined && drawn !== text) location.reload();
  drawn = text;
}, 3000);
`;

const headers = (type: string) => ({ "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "no-cache" });

/** The style sheet of all pages of the product. */
export const PAGE_STYLE = new URL("style.css", import.meta.url);
const SHARED_STYLE = new URL("live-page.css", import.meta.url);

/**
 * Serves the shared style sheet followed by a page's own, and the script that reloads pages.
 */
export function serveAssets(app: Hono, styleSheet: URL): void {
  const style = readFileSync(SHARED_STYLE, "utf8") + readFileSync(styleSheet, "utf8");
  app.get("/style.css", (c) => c.body(style, 200, headers("text/css")));
  app.get("/refresh.js", (c) => c.body(REFRESH, 200, headers("text/javascript")));
}

/** Serves the icon where browsers look for it by themselves. */
export function serveIcon<E extends Env>(app: Hono<E>): void {
  const icon = readFileSync(new URL("icon.svg", import.meta.url), "utf8");
  app.get("/favicon.ico", (c) => c.body(icon, 200, headers("image/svg+xml")));
}

interface PageOptions {
  /** Says that the page has forms of its own, which its viewer fills. */
  readonly hasForms?: boolean;
  /** The page keeps the fields of a form that was not taken as they were sent. */
  readonly isDraft?: boolean;
}

/** An HTML response with a content security policy. */
export async function htmlResponse(
  c: Context,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  { isDraft = false }: PageOptions = {},
): Promise<Response> {
  return c.html(framed(c, String(await page), isDraft), 200, {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    // Without a referrer, browsers send "Origin: null" with a form, and it would be refused.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  });
}

/** A page that explains a refusal. */
export async function refusedPage(
  c: Context,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  status: number,
  options?: PageOptions,
): Promise<Response> {
  const { body, headers: own } = await htmlResponse(c, page, options);
  return new Response(body, { status, headers: own });
}

/** A page for an address that does not exist. */
export const notFound = (c: Context, page: HtmlEscapedString | Promise<HtmlEscapedString>): Promise<Response> =>
  refusedPage(c, page, 404);

/** In a handler of "/*": the mount path, if the request is for exactly that path, with or without a trailing slash. */
export function frontOf(c: Context): string | undefined {
  const base = routePath(c).slice(0, -"/*".length);
  return c.req.path === base || c.req.path === `${base}/` ? base : undefined;
}
