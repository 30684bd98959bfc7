import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type TemplateRule, templateRules } from "@regulars/core/notifications/templates";
import type { Language } from "@regulars/core/platform/languages";
import { localeFor } from "@regulars/core/platform/languages";
import { type TextSource, type Variable, numberOf, textOf } from "@regulars/core/platform/message-text";
import { escapeFor } from "@regulars/core/platform/template";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { lines, oneLine } from "../plain-text.ts";
import { slackText } from "../slack-text.ts";
import { type Formats, formatsOf } from "../texts/formats.ts";
import { sourceOf, writeSource } from "../texts/write-text.ts";

/** Where a text stands: each place has its own signs to escape. */
export const templatePlaces = ["subject", "text", "html", "slack"] as const;
type TemplatePlace = (typeof templatePlaces)[number];

/** A text that a tenant may say in its own words, with the words that hold. */
export interface ShownTemplate extends TemplateRule {
  readonly textId: string;
  readonly words: string;
  readonly usual: string;
  readonly isOwn: boolean;
  readonly places: readonly TemplatePlace[];
}

/** Every text that a tenant may say in its own words, in one language. */
export const shownTemplates = (
  { templates }: Pick<Tenant, "templates">,
  catalog: Pick<InsightCatalog, "kinds" | "textOf">,
  language: Language,
): readonly ShownTemplate[] =>
  [...templateRules(catalog)].map(([textId, rule]) => {
    const own = templates[language]?.[textId];
    const usual = sourceOf(textId, catalog.textOf, language);
    return { ...rule, textId, words: own ?? usual, usual, isOwn: own !== undefined, places: placesOf(textId) };
  });

/** The places of a text: a mail's subject, its plain and its HTML part, and Slack. */
function placesOf(textId: string): readonly TemplatePlace[] {
  if (/^(?:digest|introduction)\.subject$/.test(textId)) return ["subject"];
  if (textId.startsWith("digest.") || textId.startsWith("introduction.")) return ["text", "html"];
  return textId.endsWith(".title") ? templatePlaces : ["text", "html", "slack"];
}

interface PreviewInput {
  readonly textId: string;
  readonly words: string;
  readonly values: Readonly<Record<string, Variable>>;
  readonly texts: TextSource;
  readonly language: Language;
  readonly tenant: Pick<Tenant, "locale">;
}

/** Words with the values of a real customer; of a variable that has none its name stands there. */
export function writtenTemplate({ textId, words, values, texts, language, tenant }: PreviewInput): string {
  const formats = formatsOf(localeFor(language, tenant.locale));
  const written = writeSource(words, { ...values, ...datesOf(textId, values, formats) }, texts, formats);
  return lines(written, written.length + 1).join("\n");
}

/** The same as they are written in each place of the text. */
export function previewTemplate(input: PreviewInput) {
  const written = writtenTemplate(input);
  return placesOf(input.textId).map((place) => ({ place, written: writtenAt(place, written) }));
}

/** Words that follow a number, without others in them, and how they read for few and for many. */
interface CountedWords {
  readonly source: string;
  readonly one: string;
  readonly many: string;
}

const COUNTED = /\{\s*([a-z][a-z0-9]{3})\s*,\s*plural\s*,(?:[^{}]|\{[^{}]*\})*\}/;
/** A number that has the form of many in every language. */
const MANY = 5;

/** The first words of a text that follow a number; `undefined` where it has none. */
export function countedWordsOf(
  words: string,
  language: Language,
  { locale }: Pick<Tenant, "locale">,
): CountedWords | undefined {
  const [source, name = ""] = COUNTED.exec(words) ?? [];
  if (source === undefined) return undefined;
  const formats = formatsOf(localeFor(language, locale));
  const written = (count: number): string => writeSource(source, { [name]: numberOf(count) }, () => undefined, formats);
  return { source, one: written(1), many: written(MANY) };
}

function writtenAt(place: TemplatePlace, text: string): string {
  switch (place) {
    case "subject":
      return escapeFor("subject", oneLine(text, text.length + 1));
    case "text":
      return text;
    case "html":
      return escapeFor("html", text);
    case "slack":
      return slackText(text);
  }
}

/** The days of subjects are short, those of an alert's context long. */
function datesOf(textId: string, { date }: PreviewInput["values"], formats: Formats): PreviewInput["values"] {
  if (date?.type !== "day") return {};
  if (textId === "digest.subject") return { date: textOf(formats.day(date.day, "short")) };
  return textId === "alert.context" ? { date: textOf(formats.day(date.day, "long")) } : {};
}
