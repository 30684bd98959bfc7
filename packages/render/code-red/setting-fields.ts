import type { CodeRedSettings, ComparisonMode } from "@regulars/core/code-red/settings";
import { codeRedSettingsSchema, comparisonModes } from "@regulars/core/code-red/settings";
import type { PageWords } from "../texts/page-words.ts";

/** A choice of a field, in words. */
type ChoiceText =
  | `codeRed.mode.${ComparisonMode}`
  | "codeRed.before"
  | "codeRed.lastYear"
  | `codeRedSettings.${"basis.order" | "basis.invoice" | "itemDirection.drop" | "itemDirection.any"}`
  | `codeRedSettings.linkDirection.${"any" | "shortfall"}`
  | "common.yes"
  | "common.no";

/** A field of the form: a whole number, or one of some values with their words. Its label has its name. */
export interface SettingField {
  readonly name: keyof CodeRedSettings;
  /** After the field. */
  readonly unit?: `codeRedSettings.${"less" | "afterEnd" | "orders" | "days"}`;
  readonly range?: { readonly least: number; readonly most: number };
  readonly choices?: readonly (readonly [value: string, text: ChoiceText | number])[];
}

/** A number of months is its own text. */
const months = [1, 3, 6, 12].map((value) => [String(value), value] as const);
const days = { least: 1, most: 3650 };
const ignoredDays = { least: 0, most: 3650 };

/** Every setting of Code Red, in the order of docs/reference/code-red.md. */
export const settingFields: readonly SettingField[] = [
  { name: "percent", unit: "codeRedSettings.less", range: { least: 1, most: 100 } },
  { name: "mode", choices: comparisonModes.map((mode) => [mode, `codeRed.mode.${mode}`]) },
  {
    name: "seasonal",
    choices: [
      ["false", "codeRed.before"],
      ["true", "codeRed.lastYear"],
    ],
  },
  {
    name: "basis",
    choices: [
      ["order", "codeRedSettings.basis.order"],
      ["invoice", "codeRedSettings.basis.invoice"],
    ],
  },
  { name: "yearStartsIn", range: { least: 1, most: 12 } },
  { name: "closeDays", unit: "codeRedSettings.afterEnd", range: { least: 0, most: 10 } },
  {
    name: "itemDirection",
    choices: [
      ["drop", "codeRedSettings.itemDirection.drop"],
      ["any", "codeRedSettings.itemDirection.any"],
    ],
  },
  { name: "itemMonths", choices: months },
  { name: "minInvoices", unit: "codeRedSettings.orders", range: { least: 1, most: 100 } },
  {
    name: "linkDirection",
    choices: [
      ["any", "codeRedSettings.linkDirection.any"],
      ["shortfall", "codeRedSettings.linkDirection.shortfall"],
    ],
  },
  { name: "linkMonths", choices: months },
  { name: "ignoreCustomerDays", unit: "codeRedSettings.days", range: ignoredDays },
  { name: "ignoreRowDays", unit: "codeRedSettings.days", range: ignoredDays },
  {
    name: "untilWorse",
    choices: [
      ["true", "common.yes"],
      ["false", "common.no"],
    ],
  },
  { name: "excludeActivityDays", unit: "codeRedSettings.days", range: days },
  { name: "excludeQuoteDays", unit: "codeRedSettings.days", range: days },
  { name: "excludeOrderDays", unit: "codeRedSettings.days", range: days },
  { name: "excludeInvoiceDays", unit: "codeRedSettings.days", range: days },
];

/** The usual value of a setting as the form shows it. */
export function usualText(words: PageWords, { name, choices }: SettingField): string {
  const value = String(codeRedSettingsSchema.parse({})[name] ?? "");
  const text = choices?.find(([own]) => own === value)?.[1];
  return text === undefined ? value : choiceText(words, text);
}

/** A value as the form shows it: the words of a choice, or a number with its unit. */
export function settingValue(words: PageWords, { choices, unit }: SettingField, value: string): string {
  const text = choices?.find(([own]) => own === value)?.[1];
  if (text !== undefined) return choiceText(words, text);
  return unit === undefined ? value : `${value} ${words.say(unit)}`;
}

export const choiceText = ({ say }: PageWords, text: ChoiceText | number): string =>
  typeof text === "number" ? say("codeRedSettings.months", { numb: text }) : say(text);
