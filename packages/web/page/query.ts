import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Context } from "hono";
import type { Html } from "./layout.ts";
import type { PageContext, PageEnv } from "./viewer.ts";

/** A part of an address's query that its page does not use. */
export interface Unused {
  readonly name: string;
  readonly value: string;
  /** What the page takes instead, where it knows the name. */
  readonly allowed?: ((words: PageWords) => string) | undefined;
}

/** What was read of a query, and what of it could not be used. */
export interface ReadQuery {
  readonly names: Set<string>;
  readonly unusable: Unused[];
}

/**
 * The query of a page's address. What the page reads of it is noted, so that it can say what of a mangled address it did
 * not use.
 */
export function queryOf(c: PageContext): Readonly<Record<string, string>> {
  const { names } = readOf(c);
  return new Proxy(c.req.query(), {
    get(query, name) {
      if (typeof name === "string") names.add(name);
      return Reflect.get(query, name);
    },
    // What is copied of a query, into a link or a form, is what the page has used of it.
    ownKeys: (query) => Reflect.ownKeys(query).filter((name) => typeof name === "string" && names.has(name)),
  });
}

/** One of the choices, by its text in the query; `undefined`, and said on the page, when it is none of them. */
export function choiceIn<T>(c: PageContext, name: string, choices: readonly T[]): T | undefined {
  const text = queryOf(c)[name] ?? "";
  const chosen = choices.find((choice) => String(choice) === text);
  if (chosen === undefined && text !== "") unusable(c, name, () => choices.map(String).join(", "));
  return chosen;
}

/** Notes a part of the query that cannot be used. */
export function unusable(c: PageContext, name: string, allowed: Unused["allowed"]): void {
  readOf(c).unusable.push({ name, value: queryOf(c)[name] ?? "", allowed });
}

function readOf(c: PageContext): ReadQuery {
  const known = c.var.query ?? { names: new Set<string>(), unusable: [] };
  c.set("query", known);
  return known;
}

/** An address with some parts of its query changed, or taken out where the new value is `undefined`. */
export function changedAddress(address: string, change: Readonly<Record<string, string | undefined>>): string {
  const url = new URL(address, "https://own.invalid");
  for (const [name, value] of Object.entries(change))
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  return `${url.pathname}${url.search}`;
}

/** Most letters of a name or value that are told back, and most parts. */
const MOST_LETTERS = 60;
const MOST_PARTS = 5;
const cut = (text: string): string => (text.length <= MOST_LETTERS ? text : `${text.slice(0, MOST_LETTERS)}…`);

/** The line that says what of the address the page did not use; nothing when it used all. */
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
        ({ name, value, allowed }) =>
          html`<li>
            <code><bdi>${cut(name)}=${cut(value)}</bdi></code
            >${allowed === undefined ? "" : html`: ${words.say("page.allowed", { what: allowed(words) })}`}
          </li>`,
      )}
      ${all.length > parts.length ? html`<li>${words.say("page.unusedMore", { numb: all.length - parts.length })}</li>` : ""}
    </ul>
  </div>`;
}
