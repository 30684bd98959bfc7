import type { Language } from "@regulars/core/platform/languages";
import { memo } from "@regulars/core/platform/memo";
import { type TextSource, type Variable, numberOf, textIdIn, textOf } from "@regulars/core/platform/message-text";
import type { VariablesOf } from "@regulars/core/platform/template";
import type { Instant } from "@regulars/core/platform/values";
import type { pages as english } from "./en/pages.ts";
import { type Formats, formatsOf } from "./formats.ts";
import { isolated } from "./isolated.ts";
import type { Words } from "./words.ts";

type English = typeof english;
/** The id of a text of the console. */
export type PageTextId = keyof English;
export type PageVariables<Id extends PageTextId> = VariablesOf<English[Id]>;
/** The texts of the console in one language: one that a language lacks does not compile. */
type PageTexts = Readonly<Record<PageTextId, string>>;

type Values<Id extends PageTextId> = [PageVariables<Id>] extends [never]
  ? []
  : [values: Readonly<Record<PageVariables<Id>, string | number>>];

/** The words of pages for one viewer (docs/reference/messages.md 6). */
export interface PageWords {
  readonly language: Language;
  readonly formats: Formats;
  /** A text of the console: plain, not escaped; right-to-left names in it are isolated. */
  readonly say: <Id extends PageTextId>(id: Id, ...values: Values<Id>) => string;
  /** The same of a text whose id is known only when it is written. */
  readonly text: (id: PageTextId, values?: Readonly<Record<string, string | number>>) => string;
  /** A text of the console or of an insight kind, by an id that there may be no text of. */
  readonly find: (id: string, values?: Readonly<Record<string, string | number>>) => string | undefined;
  /** "22 Nov 2026, 09:30" in a time zone. */
  readonly moment: (at: Instant, timeZone: string) => string;
  /** "A, B or C". */
  readonly either: (entries: readonly string[]) => string;
  /** Why something was refused, which core and flows say in English; a sentence that is not known stays as it is. */
  readonly refused: (message: string) => string;
  /** The title of an insight kind; `undefined` in English, which the kind itself has. */
  readonly kindTitle: (kind: string) => string | undefined;
  /** The words of messages in the same language. */
  readonly messages: Words;
}

/** Each language is made when it is first read. */
const pagesOf: Readonly<Record<Language, () => Promise<PageTexts>>> = {
  en: async () => (await import("./en/pages.ts")).pages,
  da: async () => (await import("./da/pages.ts")).pages,
  "pt-BR": async () => (await import("./pt-BR/pages.ts")).pages,
  uk: async () => (await import("./uk/pages.ts")).pages,
};

/** The texts of messages, of all languages: loaded with the first page. */
const messageTexts = memo(async () => ({
  ...(await import("./words.ts")),
  ...(await import("./write-text.ts")),
}));

/** The words of pages in a locale's language, with the texts of the insight kinds that `texts` has. */
export async function pageWordsOf(locale: string, texts: TextSource = () => undefined): Promise<PageWords> {
  const formats = formatsOf(locale);
  const { language } = formats;
  const [ofLanguage, { wordsOf, writeSource }, sayRefusal] = await Promise.all([
    pagesOf[language](),
    messageTexts(),
    language === "en" ? undefined : import("./refused-words.ts").then(({ refusalsIn }) => refusalsIn(language)),
  ]);
  const write = (source: string, values?: Readonly<Record<string, string | number>>): string =>
    writeSource(source, variablesOf(values), () => undefined, formats);
  const has = (id: string): id is PageTextId => Object.hasOwn(ofLanguage, id);
  const text: PageWords["text"] = (id, values) => write(ofLanguage[id], values);
  const find: PageWords["find"] = (id, values) => {
    const source = has(id) ? ofLanguage[id] : texts(textIdIn(id, language));
    return source === undefined ? undefined : write(source, values);
  };
  const naming = { formats, named: (id: string) => find(id) };
  return {
    language,
    formats,
    text,
    say: (id, ...values) => text(id, values[0]),
    find,
    moment: (at, timeZone) =>
      new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone }).format(Date.parse(at)),
    either: (entries) =>
      new Intl.ListFormat(language === "en" ? "en-GB" : language, { type: "disjunction" }).format(entries),
    kindTitle: (kind) => find(`${kind}.title`),
    refused: (message) => sayRefusal?.(message, naming) ?? message,
    messages: wordsOf(locale),
  };
}

function variablesOf(values: Readonly<Record<string, string | number>> = {}): Record<string, Variable> {
  const variables: Record<string, Variable> = {};
  for (const [name, value] of Object.entries(values))
    variables[name] = typeof value === "number" ? numberOf(value) : textOf(isolated(value));
  return variables;
}
