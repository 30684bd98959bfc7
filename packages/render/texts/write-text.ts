import type { Language } from "@regulars/core/platform/languages";
import { type MessageText, type TextSource, type Variable, textIdIn } from "@regulars/core/platform/message-text";
import { type Part, parseText } from "@regulars/core/platform/text-parts";
import type { Formats } from "./formats.ts";
import { translated } from "./languages.ts";

type Values = Readonly<Record<string, Variable>>;

/** A rendered text: plain, not escaped. Throws when its template does not exist. */
export function writeText(text: MessageText, texts: TextSource, formats: Formats): string {
  const parts = "text" in text ? partsOf(text.text) : partsOfId(text.template, texts, formats.language);
  return writeParts(parts, { values: text.variables, texts, formats });
}

/** The text of an id with the values of its variables. Throws when there is none. */
export const writeId = (id: string, values: Values, texts: TextSource, formats: Formats): string =>
  writeParts(partsOfId(id, texts, formats.language), { values, texts, formats });

/** The words of a template: those of its source in the language, else the product's. Throws when there are none. */
export function sourceOf(templateId: string, texts: TextSource, language: Language): string {
  const source = texts(textIdIn(templateId, language)) ?? translated(templateId, language) ?? texts(templateId);
  if (source === undefined) throw new Error(`there is no text ${templateId}`);
  return source;
}

/** A template's words with the values of its variables, in one pass: a value is never expanded. */
export const writeSource = (source: string, values: Values, texts: TextSource, formats: Formats): string =>
  writeParts(partsOf(source), { values, texts, formats });

interface Writing {
  readonly values: Values;
  readonly texts: TextSource;
  readonly formats: Formats;
}

/** Texts are few and used often, so the latest are kept as they were taken apart. */
const kept = new Map<string, readonly Part[]>();
const MOST_KEPT = 2_000;
const LONGEST_KEPT = 4_000;

function partsOf(source: string): readonly Part[] {
  const known = kept.get(source);
  if (known !== undefined) return known;
  const { parts } = parseText(source);
  if (kept.size >= MOST_KEPT) kept.clear();
  if (source.length <= LONGEST_KEPT) kept.set(source, parts);
  return parts;
}

type KeptTexts = Readonly<Record<Language, Map<string, readonly Part[]>>>;

/** A source never changes what it says, so its texts are looked up once in each language. */
const keptOf = new WeakMap<TextSource, KeptTexts>();

function partsOfId(id: string, texts: TextSource, language: Language): readonly Part[] {
  let known = keptOf.get(texts);
  if (known === undefined) {
    known = { en: new Map(), da: new Map(), "pt-BR": new Map(), uk: new Map() };
    keptOf.set(texts, known);
  }
  const parts = known[language].get(id);
  if (parts !== undefined) return parts;
  const read = partsOf(sourceOf(id, texts, language));
  known[language].set(id, read);
  return read;
}

function writeParts(parts: readonly Part[], writing: Writing): string {
  const [only, second] = parts;
  if (second === undefined && only?.type === "words") return only.text;
  let text = "";
  for (const part of parts) text += part.type === "words" ? part.text : writePart(part, writing);
  return text;
}

function writePart(part: Exclude<Part, { type: "words" }>, writing: Writing): string {
  const { values, texts, formats } = writing;
  const value = Object.hasOwn(values, part.name) ? values[part.name] : undefined;
  switch (part.type) {
    case "variable":
      return value === undefined ? part.written : writeVariable(value, texts, formats) || part.fallback;
    case "count":
      return value === undefined ? `<${part.name}>` : writeVariable(value, texts, formats);
    case "plural":
      return writeParts(chosen(part, pluralKeys(value, formats)), writing);
    case "select":
      return writeParts(chosen(part, [value?.type === "text" ? value.text : "other"]), writing);
  }
}

/** The exact number comes before its plural form; what is no number has the form of any. */
function pluralKeys(value: Variable | undefined, formats: Formats): readonly string[] {
  return value?.type === "number" ? [`=${value.value}`, formats.plural(value.value)] : [];
}

function chosen({ branches }: Extract<Part, { branches: unknown }>, keys: readonly string[]): readonly Part[] {
  for (const key of keys) {
    const branch = branches.get(key);
    if (branch !== undefined) return branch;
  }
  return branches.get("other") ?? [];
}

function writeVariable(variable: Variable, texts: TextSource, formats: Formats): string {
  switch (variable.type) {
    case "text":
      return variable.text;
    case "number":
      return formats.number(variable.value);
    case "day":
      return formats.day(variable.day);
    case "money":
      return formats.list(variable.amounts.map(({ minor, currency }) => formats.money(minor, currency)));
    case "phrase":
      return writeId(variable.template, variable.variables, texts, formats);
    case "list":
      return variable.items.map((item) => writeVariable(item, texts, formats)).join(", ");
  }
}
