import { type AmountClass, counterSettingsSchema } from "@regulars/core/monitors/counter-settings";
import { type Closure, tenantSchema } from "@regulars/core/tenants/tenant";
import { daySchema } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";
import { settingFields, settingValue as codeRedValue } from "@regulars/render/code-red/setting-fields";
import { codeText } from "../page/code-choices.ts";
import { settingCodes } from "./settings-groups.ts";

/** A setting's value in the reader's language, by its path: as its form calls it, lists in words; "usual" where none was set. */
export function valueText(path: string, value: unknown, words: PageWords): string {
  const { say, formats } = words;
  if (value === null || value === undefined) return say("changes.usual");
  if (Array.isArray(value) && value.length === 0) return say("changes.noEntry");
  if (STRUCTURED.has(path)) return structuredText(path, value, words) ?? JSON.stringify(value);
  const field = path.startsWith("codeRed.") ? settingFields.find(({ name }) => path === `codeRed.${name}`) : undefined;
  if (field !== undefined) return codeRedValue(words, field, String(value));
  return Array.isArray(value)
    ? formats.list(value.map((one) => plainText(path, one, words)))
    : plainText(path, value, words);
}

const STRUCTURED = new Set(["closures", "monitors.amountClasses"]);
const { closures } = tenantSchema.shape;
const { amountClasses } = counterSettingsSchema.shape;

/** A list of closures or amount classes; `undefined` for what today's rules refuse: the log keeps what was once allowed. */
function structuredText(path: string, value: unknown, words: PageWords): string | undefined {
  const { list } = words.formats;
  if (path === "closures") {
    const { data } = closures.safeParse(value);
    return data && list(data.map((closure) => closureText(closure, words)));
  }
  const { data } = amountClasses.safeParse(value);
  return data && list(data.map((range) => rangeText(range, words)));
}

/** Paths whose values may be words of a few; all others are texts that people wrote. */
const HAS_WORDS = /^(?:(?:insights\.[^.]+|relationships|whoKnows)\.(?!followUp$)[^.]+)$/;

function plainText(path: string, value: unknown, words: PageWords): string {
  if (typeof value === "number") return words.formats.number(value);
  const text = String(value);
  const word = typeof value === "boolean" || HAS_WORDS.test(path) ? words.find(`setting.is.${text}`) : undefined;
  const code = settingCodes.get(path);
  return word ?? (code === undefined ? text : codeText(text, code, words));
}

const closureText = ({ from, to }: Closure, words: PageWords): string =>
  from === to ? closedDay(from, words) : `${closedDay(from, words)} – ${closedDay(to, words)}`;

/** A date, or a day of every year: read as one of a leap year, which has them all. One that no year has stays as it is. */
function closedDay(date: string, { formats }: PageWords): string {
  const isYearly = date.length === "MM-DD".length;
  const { data } = daySchema.safeParse(isYearly ? `2000-${date}` : date);
  return data === undefined ? date : formats.day(data, isYearly ? "short" : undefined);
}

/** "1: €100 – €200"; the upper end is not part of it. */
function rangeText({ class: number, currency, fromMinor, toMinor }: AmountClass, { formats }: PageWords): string {
  const from = formats.money(fromMinor, currency);
  return `${formats.number(number)}: ${toMinor === undefined ? `≥ ${from}` : `${from} – ${formats.money(toMinor, currency)}`}`;
}
