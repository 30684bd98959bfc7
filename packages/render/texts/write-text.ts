import type { MessageText, TextSource, Variable } from "@regulars/core/platform/message-text";
import { renderText } from "@regulars/core/platform/template";
import { english } from "./en.ts";
import type { Formats } from "./formats.ts";

/** A rendered text: plain, not escaped. Throws when its template does not exist. */
export function writeText(text: MessageText, texts: TextSource, formats: Formats): string {
  const source = "text" in text ? text.text : sourceOf(text.template, texts);
  return fill(source, text.variables, texts, formats);
}

/** The source of a template. Throws when it does not exist. */
export function sourceOf(templateId: string, texts: TextSource): string {
  const source = texts(templateId);
  if (source === undefined) throw new Error(`there is no text ${templateId}`);
  return source;
}

function fill(
  source: string,
  variables: Readonly<Record<string, Variable>>,
  texts: TextSource,
  formats: Formats,
): string {
  const values = Object.entries(variables).map(([name, value]) => [name, writeVariable(value, texts, formats)]);
  return renderText(source, Object.fromEntries(values), "plain");
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
      return variable.amounts.map(({ minor, currency }) => formats.money(minor, currency)).join(english.and);
    case "phrase":
      return fill(sourceOf(variable.template, texts), variable.variables, texts, formats);
  }
}
