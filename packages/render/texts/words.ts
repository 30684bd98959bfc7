import type { Language } from "@regulars/core/platform/languages";
import { type TextSource, type Variable, numberOf, textOf } from "@regulars/core/platform/message-text";
import type { TextId, VariablesOfText } from "./en.ts";
import { type Formats, formatsOf } from "./formats.ts";
import { isolated } from "./isolated.ts";
import { writeId } from "./write-text.ts";

/** The values of a text: numbers are written as the language does, and decide its plural forms. */
type Values<Id extends TextId> = [VariablesOfText<Id>] extends [never]
  ? []
  : [values: Readonly<Record<VariablesOfText<Id>, string | number>>];

/** The product's words for one reader. */
export interface Words {
  readonly language: Language;
  readonly formats: Formats;
  /** A text of the product: plain, not escaped; right-to-left names in it are isolated. */
  readonly say: <Id extends TextId>(id: Id, ...values: Values<Id>) => string;
  /** The same of a text whose id is known only when it is written. */
  readonly text: (id: TextId, values?: Readonly<Record<string, string | number>>) => string;
}

const noTexts: TextSource = () => undefined;

/** The words of a locale's language, with a tenant's own where `texts` has them. */
export function wordsOf(locale: string, texts: TextSource = noTexts): Words {
  const formats = formatsOf(locale);
  const text = (id: TextId, values?: Readonly<Record<string, string | number>>): string =>
    writeId(id, variablesOf(values), texts, formats);
  return { language: formats.language, formats, text, say: (id, ...values) => text(id, values[0]) };
}

function variablesOf(
  values: Readonly<Record<string, string | number>> | undefined,
): Readonly<Record<string, Variable>> {
  if (values === undefined) return NO_VARIABLES;
  const variables: Record<string, Variable> = {};
  for (const [name, value] of Object.entries(values))
    variables[name] = typeof value === "number" ? numberOf(value) : textOf(isolated(value));
  return variables;
}

const NO_VARIABLES = {};
