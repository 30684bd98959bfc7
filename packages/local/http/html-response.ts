import { readFileSync } from "node:fs";
import type { Context, Hono } from "hono";
import { routePath } from "hono/route";
import type { HtmlEscapedString } from "hono/utils/html";

/** Only the page's own style, script and frames; nothing inline, nothing from elsewhere. */
const policy = (formAction: "'self'" | "'none'"): string =>
  `default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action ${formAction}; frame-ancestors 'none'`;

/** Loads the page again when the server would now draw it differently. */
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

const readStyle = (styleSheet: string): string => readFileSync(new URL(styleSheet, import.meta.url), "utf8");

/** Serves a page's style sheet, a path from this file, after the one all pages share, and the script that keeps it fresh. */
export function serveAssets(app: Hono, styleSheet: string): void {
  const style = readStyle("live-page.css") + readStyle(styleSheet);
  app.get("/style.css", (c) => c.body(style, 200, headers("text/css")));
  app.get("/refresh.js", (c) => c.body(REFRESH, 200, headers("text/javascript")));
}

interface PageOptions {
  /** It has forms, which are sent to these pages only. */
  readonly hasForms?: boolean;
}

/** A page with the policy that keeps foreign content in it harmless. */
export async function htmlResponse(
  c: Context,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  { hasForms = false }: PageOptions = {},
): Promise<Response> {
  return c.html(await page, 200, {
    "Content-Security-Policy": policy(hasForms ? "'self'" : "'none'"),
    "Cache-Control": "no-store",
    // Without a referrer a browser says that a form came from nowhere, and it is not taken.
    "Referrer-Policy": hasForms ? "same-origin" : "no-referrer",
    "X-Content-Type-Options": "nosniff",
  });
}

/** A page that says why not. */
export async function refusedPage(
  c: Context,
  page: HtmlEscapedString | Promise<HtmlEscapedString>,
  status: number,
): Promise<Response> {
  const { body, headers: own } = await htmlResponse(c, page);
  return new Response(body, { status, headers: own });
}

/** A page in the place of one that is not there. */
export const notFound = (c: Context, page: HtmlEscapedString | Promise<HtmlEscapedString>): Promise<Response> =>
  refusedPage(c, page, 404);

/** In a handler of "/*": where it is mounted, when just that was asked for, with or without a slash at its end. */
export function frontOf(c: Context): string | undefined {
  const base = routePath(c).slice(0, -"/*".length);
  return c.req.path === base || c.req.path === `${base}/` ? base : undefined;
}
