import { escapeFor } from "@regulars/core/platform/template";

const PLACE = /\{\{\{\s*(\w+)\s*\}\}\}|\{\{\s*(\w+)\s*\}\}/g;

/**
 * A fragment with its placeholders filled: `{{name}}` takes a text and escapes it, `{{{name}}}` takes finished HTML.
 * One pass, so a placeholder inside a value is not filled. Throws on a placeholder without a value.
 */
export function fill(fragment: string, values: Readonly<Record<string, string>>): string {
  let filled = "";
  for (const { before, name, isHtml } of placesOf(fragment)) {
    filled += before;
    if (name === undefined) continue;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw new Error(`the skeleton has a place {{${name}}} that nothing fills`);
    filled += isHtml ? value : escapeFor("html", value);
  }
  return filled;
}

/** A place of a fragment with the text before it; the last one has only text. */
interface Place {
  readonly before: string;
  readonly name?: string;
  readonly isHtml?: boolean;
}

/** Fragments are few and used often, so they are taken apart once. */
const kept = new Map<string, readonly Place[]>();
const MOST_KEPT = 200;

function placesOf(fragment: string): readonly Place[] {
  const known = kept.get(fragment);
  if (known !== undefined) return known;
  const places: Place[] = [];
  let end = 0;
  for (const match of fragment.matchAll(PLACE)) {
    const [written, html, text] = match;
    places.push({ before: fragment.slice(end, match.index), name: html ?? text ?? "", isHtml: html !== undefined });
    end = match.index + written.length;
  }
  places.push({ before: fragment.slice(end) });
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(fragment, places);
  return places;
}
