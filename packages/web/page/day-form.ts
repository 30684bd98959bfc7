import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** A form for the day that a page tells of; the other parts of the address that it keeps come along. */
export const dayForm = (
  { say }: PageWords,
  asOf: string,
  kept: Readonly<Record<string, string | undefined>> = {},
): Html =>
  html`<form class="review past" method="get">
    ${Object.entries(kept).map(([name, value]) =>
      value === undefined ? "" : html`<input type="hidden" name="${name}" value="${value}" />`,
    )}
    <label>${say("forYou.asOf")} <input type="date" name="asOf" value="${asOf}" /></label>
    <button class="button">${say("forYou.showDay")}</button>
  </form>`;
