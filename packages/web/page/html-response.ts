import { readFileSync } from "node:fs";
import type { Context, Hono } from "hono";
import { routePath } from "hono/route";
import type { HtmlEscapedString } from "hono/utils/html";
import { REFRESH, SHARED_STYLE } from "./assets.ts";
import { framed } from "./frame.ts";

/** Allows only the page's own style, script and frames: nothing inline and nothing from other origins. */
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const headers = (type: string) => ({ "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "no-cache" });

/** Serves a style sheet of this machine's inbox or Slack after the shared one, and the script that reloads their pages. */
export function serveAssets(app: Hono, styleSheet: URL): void {
  const style = SHARED_STYLE + readFileSync(styleSheet, "utf8");
  app.get("/style.css", (c) => c.body(style, 200, headers("text/css")));
  app.get("/refresh.js", (c) => c.body(REFRESH, 200, headers("text/javascript")));
}

interface PageOptions {
  /** The page has a form with what was sent and not accepted; it stays as it was sent. */
  readonly isDraft?: boolean;
}

/** The address of a request, to come back to. */
export const pathAndQuery = ({ req }: Context): string => `${req.path}${new URL(req.url).search}`;

/** An HTML response with a content security policy. */
export async function htmlResponse(
  c: Context,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  { isDraft = false }: PageOptions = {},
): Promise<Response> {
  return c.html(await framed(c, String(await page), isDraft), 200, {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    // Without a referrer, browsers send "Origin: null" with a form, and it would be refused.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
  });
}

/** Whether the page's script asks for the part that it keeps as it is on the server (live.js). */
export const isForPart = (c: Context): boolean => c.req.header("x-part") === "live";

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

/** The page of a form: as it was asked for, or 422 with the reason why what was sent is refused; 409 when it is stale. */
export const formResponse = (
  c: Context,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  refused: object | undefined,
  isStale = false,
): Promise<Response> => (refused === undefined ? htmlResponse(c, page) : refusedPage(c, page, isStale ? 409 : 422));

/** A page for an address that does not exist. */
export const notFound = (c: Context, page: HtmlEscapedString | Promise<HtmlEscapedString>): Promise<Response> =>
  refusedPage(c, page, 404);

/** In a handler of "/*": the mount path, if the request is for exactly that path, with or without a trailing slash. */
export function frontOf(c: Context): string | undefined {
  const base = routePath(c).slice(0, -"/*".length);
  return c.req.path === base || c.req.path === `${base}/` ? base : undefined;
}
