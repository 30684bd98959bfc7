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

/** Leads from a form that was saved to a page that says so once, at the sentence that says it. */
export function savedResponse(c: Context, path: string = c.req.path): Response {
  cookie.write(c, "1", WAIT_SECONDS);
  return c.redirect(`${path}#${ANCHOR}`, 303);
}

/** The sentence that the form before this page was saved; nothing when there was none. */
export function savedView(c: Context, { say }: PageWords): Html {
  if (c.req.method !== "GET" || cookie.read(c) !== "1") return html``;
  cookie.clear(c);
  return html`<p class="unused" id="${ANCHOR}" role="status" ${outcome}>${say("page.saved")}</p>`;
}
