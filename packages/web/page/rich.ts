import type { PageTextId, PageVariables, PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "./layout.ts";

/** Private-use characters around the index of a value that is HTML. */
const MARK = /\u{f0000}(\d+)\u{f0001}/u;

type RichValues<Id extends PageTextId> = Readonly<Record<PageVariables<Id>, string | number | Html>>;

/** A text of the console whose values may be HTML, like links and names: its words are escaped. */
export function rich<Id extends PageTextId>(words: PageWords, id: Id, values: RichValues<Id>): Html {
  const pieces: Html[] = [];
  const marked: Record<string, string | number> = {};
  for (const [name, value] of Object.entries<string | number | Html>(values))
    marked[name] =
      typeof value === "string" || typeof value === "number" ? value : `\u{f0000}${pieces.push(value) - 1}\u{f0001}`;
  // The split text alternates between words and indices of values.
  return html`${words
    .text(id, marked)
    .split(MARK)
    .map((part, i) => (i % 2 === 0 ? part : pieces[Number(part)]))}`;
}
