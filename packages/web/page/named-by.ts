import { searchForm } from "@regulars/core/platform/search-form";
import type { PageWords } from "@regulars/render/texts/page-words";
import { cutValue, refuseField } from "./form-reason.ts";

/** A thing with its id. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Most that a refusal names. */
const MOST_NAMED = 5;
/** Most names that are looked at. */
export const MOST_LIKE = 100;

/** What a text names. */
interface NamedBy {
  /** The one thing that has exactly this name. */
  readonly exact: Named | undefined;
  /** The first things that are named like it. */
  readonly like: readonly Named[];
}

/** What a text names of the things that a search finds. */
export async function namedBy(found: AsyncIterable<Named> | Iterable<Named>, text: string): Promise<NamedBy> {
  const like: Named[] = [];
  for await (const one of found) {
    like.push(one);
    if (like.length === MOST_LIKE) break;
  }
  const exact = like.filter(({ name }) => searchForm(name) === searchForm(text));
  return { exact: exact.length === 1 ? exact[0] : undefined, like };
}

/** The refusal of a text that is no id and no whole name, with the ids of what is named like it. */
export const refuseUnnamed = (field: string, label: string, text: string, things: readonly Named[], words: PageWords) =>
  refuseField(
    field,
    words.say("form.namedLike", {
      name: label,
      valu: cutValue(text),
      list: words.formats.list(things.slice(0, MOST_NAMED).map(({ id, name }) => `${id} (${name})`)),
    }),
  );
