import { cutText } from "@regulars/core/platform/cut-text";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Context } from "hono";
import { html } from "hono/html";
import type { Html } from "./layout.ts";
import type { Unused } from "./read-query.ts";
import type { PageEnv } from "./viewer.ts";

/** Most characters of a name or value that the line repeats, and most parts of the address that it names. */
const MOST_LETTERS = 60;
const MOST_PARTS = 5;
const cut = (text: string): string => cutText(text, MOST_LETTERS);

/** The line that says what of the address the page did not use, wrong values first; nothing when it used all. */
export function unusedView(c: Context, words: PageWords): Html {
  const { query, viewer }: Partial<PageEnv["Variables"]> = c.var;
  const { names = new Set<string>(), unusable: wrong = [] } = query ?? {};
  const unknown = Object.entries(c.req.query()).filter(([name]) => !names.has(name));
  const all: Unused[] = [...wrong, ...unknown.map(([name, value]) => ({ name, value }))];
  if (c.req.method !== "GET" || viewer === undefined || all.length === 0) return html``;
  const parts = all.slice(0, MOST_PARTS);
  return html`<div class="unused" role="${wrong.length === 0 ? "note" : "alert"}">
    ${words.say("page.unused")}
    <ul>
      ${parts.map(
        (one) =>
          html`<li>
            <code><bdi>${cut(one.name)}=${cut(one.value)}</bdi></code
            >${reasonView(one, words)}
          </li>`,
      )}
      ${all.length > parts.length ? html`<li>${words.say("page.unusedMore", { numb: all.length - parts.length })}</li>` : ""}
    </ul>
  </div>`;
}

const reasonView = ({ allowed, why = "" }: Unused, words: PageWords): Html => {
  if (allowed !== undefined) return html`: ${words.say("page.allowed", { what: allowed(words) })}`;
  return why === "" ? html`` : html`: <bdi>${why}</bdi>`;
};

/** What of the address could not be used, to be said beside the filter that it is of. */
export function unusedFilters(c: Context, words: PageWords): readonly ItemError[] {
  const { query }: Partial<PageEnv["Variables"]> = c.var;
  if (c.req.method !== "GET") return [];
  return (query?.unusable ?? []).map((one) => ({
    path: one.name,
    code: "bad-value",
    message: filterReason(one, words),
  }));
}

function filterReason({ value, allowed, why = "" }: Unused, words: PageWords): string {
  if (allowed !== undefined) return words.say("page.notUsedBut", { valu: cut(value), what: allowed(words) });
  return why === "" ? words.say("page.notUsed", { valu: cut(value) }) : why;
}
