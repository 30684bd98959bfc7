import type { PageWords } from "@regulars/render/texts/page-words";
import type { Context } from "hono";
import { html } from "hono/html";
import { siteCookie } from "./cookies.ts";
import type { Html } from "./layout.ts";
import { outcome } from "./outcome.ts";

const cookie = siteCookie("regulars-saved");
/** A page that was not fetched by then is opened for another reason. */
const WAIT_SECONDS = 30;

const ANCHOR = "saved";

/** What a form came to, and how the page after it says so. */
const SAYS = { saved: "page.saved", done: "page.done" } as const;

/** Leads from a form that was saved to a page that says so once, at the sentence that says it. */
export const savedResponse = (c: Context, path?: string): Response => toldResponse(c, "saved", path ?? c.req.path);

/** The same for a form that did something; without a path to the page that it was on, with its filters. */
export const doneResponse = (c: Context, path?: string): Response =>
  toldResponse(c, "done", path ?? `${c.req.path}${new URL(c.req.url).search}`);

function toldResponse(c: Context, what: keyof typeof SAYS, path: string): Response {
  cookie.write(c, what, WAIT_SECONDS);
  return c.redirect(`${path}#${ANCHOR}`, 303);
}

/** The sentence that the form before this page was saved or done; nothing when there was none. */
export function savedView(c: Context, { say }: PageWords): Html {
  const what = cookie.read(c);
  if (c.req.method !== "GET" || (what !== "saved" && what !== "done")) return html``;
  cookie.clear(c);
  return html`<p class="unused" id="${ANCHOR}" role="status" ${outcome}>${say(SAYS[what])}</p>`;
}
