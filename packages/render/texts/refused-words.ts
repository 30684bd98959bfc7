import type { Language } from "@regulars/core/platform/languages";
import { type Variable, dayOf, numberOf, textOf } from "@regulars/core/platform/message-text";
import { parseDay } from "@regulars/core/platform/values";
import type { refused as english } from "./en/refused.ts";
import type { Formats } from "./formats.ts";
import { isolated } from "./isolated.ts";
import { type RefusedPattern, patternsOf } from "./refused-patterns.ts";
import { writeSource } from "./write-text.ts";

type RefusedTexts = Readonly<Record<keyof typeof english, string>>;

const texts: Readonly<Record<Language, () => Promise<RefusedTexts>>> = {
  en: async () => (await import("./en/refused.ts")).refused,
  da: async () => (await import("./da/refused.ts")).refused,
  "pt-BR": async () => (await import("./pt-BR/refused.ts")).refused,
  uk: async () => (await import("./uk/refused.ts")).refused,
};

/** Values that are sentences themselves: of the first their sentence must be known, of the second it may be. */
const SENTENCE = "what";
const PERHAPS_SENTENCE = "then";
/** Sentences within sentences. */
const DEEPEST = 4;

/** What of a page's words refusals need: formats, and texts whose ids are known only when they are written. */
export interface Naming {
  readonly formats: Formats;
  readonly named: (id: string) => string | undefined;
}

/** Says a refusal again in a language; `undefined` when its sentence is not known. */
type SayRefusal = (message: string, words: Naming) => string | undefined;

/**
 * Why something is refused, in a reader's language. Core and flows say it in English, as the API and the commands answer
 * it; the sentence is found among the known ones, and said again with its values (docs/reference/messages.md 6).
 */
export async function refusalsIn(language: Language): Promise<SayRefusal> {
  const [english, ofLanguage] = await Promise.all([texts.en(), texts[language]()]);
  return (message, words) => {
    const book = { ofLanguage, patterns: (known ??= patternsOf(english)), words };
    // Several mistakes have a line each; of one mistake a value may have several.
    const lines = message.split("\n").map((line) => said(line, book, DEEPEST));
    return lines.includes(undefined) ? said(message, book, DEEPEST) : lines.join("\n");
  };
}

/** The patterns of all known sentences, made when the first refusal is said. */
let known: readonly RefusedPattern[] | undefined;

interface Book {
  readonly ofLanguage: Readonly<Record<string, string>>;
  readonly patterns: readonly RefusedPattern[];
  readonly words: Naming;
}

function said(message: string, book: Book, depth: number): string | undefined {
  if (depth === 0) return undefined;
  for (const { id, pattern, names } of book.patterns) {
    const [found, ...values] = pattern.exec(message) ?? [];
    if (found === undefined) continue;
    const variables = variablesOf(names, values, book, depth - 1);
    if (variables !== undefined)
      return writeSource(book.ofLanguage[id] ?? "", variables, () => undefined, book.words.formats);
  }
  return undefined;
}

/** The values of a sentence; none when one that must be a sentence is not known. */
function variablesOf(
  names: readonly string[],
  values: readonly string[],
  book: Book,
  depth: number,
): Readonly<Record<string, Variable>> | undefined {
  const variables: Record<string, Variable> = {};
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? "";
    const inner = name === SENTENCE || name === PERHAPS_SENTENCE ? said(value, book, depth) : undefined;
    if (name === SENTENCE && inner === undefined) return undefined;
    variables[name] = inner === undefined ? variableOf(name, value, book.words) : textOf(inner);
  }
  return variables;
}

/** A value: a count, a day, the path of a setting as it is called, or a text. */
function variableOf(name: string, value: string, words: Naming): Variable {
  if (name === "numb" && /^\d[\d,]*$/.test(value)) return numberOf(Number(value.replaceAll(",", "")));
  const day = parseDay(value);
  if (day.ok) return dayOf(day.value);
  return textOf(isolated(name === "path" ? nameOfPath(value, words) : value));
}

/** Texts with the names of settings and of fields. */
const NAMED_IN = ["setting.of", "codeRedSettings", "pref", "editor", "selection"] as const;

/** What a setting, or a field of a form, is called; else its path. */
function nameOfPath(path: string, words: Naming): string {
  const last = path.slice(path.lastIndexOf(".") + 1);
  for (const place of NAMED_IN) {
    const name = words.named(`${place}.${last}`);
    if (name !== undefined) return name;
  }
  return path;
}
