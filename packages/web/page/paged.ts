import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** A part of a list: the index of its first row, the rows of the whole, and most rows of a page. */
export interface Part {
  readonly from: number;
  readonly rows: number;
  readonly most: number;
}

/** "51 to 100 of 120 · Previous · Next": which rows are shown, with the pages before and after. */
export function pagedText({ say }: PageWords, { from, rows, most }: Part, address: (first: number) => string): Html {
  if (rows === 0) return html``;
  const last = Math.min(from + most, rows);
  return html`${say("common.rows", { from: from + 1, upto: last, numb: rows })}
  ${from > 0 ? html`· <a href="${address(Math.max(0, from - most))}">${say("common.previous")}</a>` : ""}
  ${last < rows ? html`· <a href="${address(last)}">${say("common.next")}</a>` : ""}`;
}
