import { html } from "hono/html";
import * as z from "zod";
import type { Html } from "./layout.ts";

/** The hidden field of a form that has the labels of what people write into it: a page without the form names them. */
const WRITTEN_FIELD = "written";

/** A field, after the beginning of the label around it. */
const FIELD = /(?:<label\b[^>]*>((?:(?!<\/?label\b)[^])*?))?<(?:input|textarea)\b([^>]*)>/g;
/** Fields that people do not write into, and so none that a draft has to show. */
const NOT_WRITTEN = /\btype="(?:hidden|checkbox|radio|file|submit)"/;

const LETTERS: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

/** A hidden field for a form: the labels of those of its fields that people write into. */
export function labelsField(form: string): Html {
  const labels = [...form.matchAll(FIELD)].flatMap(([, before, attributes = ""]): [string, string][] => {
    const name = valueOf(attributes, "name");
    const label = plain(before ?? "") || plain(valueOf(attributes, "aria-label"));
    return name === "" || label === "" || NOT_WRITTEN.test(attributes) ? [] : [[name, label]];
  });
  if (labels.length === 0) return html``;
  return html`<input type="hidden" name="${WRITTEN_FIELD}" value="${JSON.stringify(Object.fromEntries(labels))}" />`;
}

const valueOf = (attributes: string, name: string): string =>
  new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";

/** The text of a piece of a page. */
const plain = (piece: string): string =>
  piece
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&(?:amp|lt|gt|quot|#39);/g, (letter) => LETTERS[letter] ?? letter)
    .replaceAll(/\s+/g, " ")
    .trim();

const labelsSchema = z.record(z.string(), z.string());

/** What was written into a form, by the labels that it came with. */
export function writtenIn(form: Readonly<Record<string, string>>): readonly (readonly [label: string, text: string])[] {
  const labels = labelsSchema.safeParse(jsonOf(form[WRITTEN_FIELD] ?? "")).data ?? {};
  return Object.entries(labels).flatMap(([name, label]) => {
    const text = Object.hasOwn(form, name) ? form[name] : undefined;
    return text === undefined || text === "" ? [] : [[label, text] as const];
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
