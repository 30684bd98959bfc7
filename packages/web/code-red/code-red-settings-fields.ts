import type { CodeRedSettings } from "@regulars/core/code-red/settings";
import { codeRedSettingsSchema, comparisonModes } from "@regulars/core/code-red/settings";

/** A field of the form: a whole number, or one of some values with their words. */
export interface SettingField {
  readonly name: keyof CodeRedSettings;
  readonly label: string;
  /** After the field. */
  readonly unit?: string;
  readonly range?: { readonly least: number; readonly most: number };
  readonly choices?: readonly (readonly [value: string, text: string])[];
}

const months = ["1", "3", "6", "12"].map((value) => [value, `${value} months`] as const);
const modes = { completeMonths: "complete months", toDate: "to date", rolling: "rolling" } as const;
const days = { least: 1, most: 3650 };
const ignoredDays = { least: 0, most: 3650 };

/** Every setting of Code Red, in the order of docs/reference/code-red.md. */
export const settingFields: readonly SettingField[] = [
  { name: "percent", label: "Red from", unit: "% less", range: { least: 1, most: 100 } },
  { name: "mode", label: "Months", choices: comparisonModes.map((mode) => [mode, modes[mode]]) },
  {
    name: "seasonal",
    label: "Against",
    choices: [
      ["false", "the months before"],
      ["true", "the same months last year"],
    ],
  },
  {
    name: "basis",
    label: "Value of",
    choices: [
      ["order", "orders less credits"],
      ["invoice", "invoices, as sent"],
    ],
  },
  { name: "yearStartsIn", label: "Business year begins in month", range: { least: 1, most: 12 } },
  { name: "closeDays", label: "A month counts", unit: "days after its end", range: { least: 0, most: 10 } },
  {
    name: "itemDirection",
    label: "Items are red for",
    choices: [
      ["drop", "less"],
      ["any", "less or more"],
    ],
  },
  { name: "itemMonths", label: "Items compare", choices: months },
  { name: "minInvoices", label: "Items in at least", unit: "orders", range: { least: 1, most: 100 } },
  {
    name: "linkDirection",
    label: "Linked items are red for",
    choices: [
      ["any", "too few or too many"],
      ["shortfall", "too few"],
    ],
  },
  { name: "linkMonths", label: "Linked items compare", choices: months },
  { name: "ignoreCustomerDays", label: "Ignored customers are back after", unit: "days", range: ignoredDays },
  { name: "ignoreRowDays", label: "Ignored items are back after", unit: "days", range: ignoredDays },
  {
    name: "untilWorse",
    label: "Back earlier when the loss has doubled",
    choices: [
      ["true", "yes"],
      ["false", "no"],
    ],
  },
  { name: "excludeActivityDays", label: "Leave out who was contacted in", unit: "days", range: days },
  { name: "excludeQuoteDays", label: "Leave out who got a quote in", unit: "days", range: days },
  { name: "excludeOrderDays", label: "Leave out who ordered in", unit: "days", range: days },
  { name: "excludeInvoiceDays", label: "Leave out who got an invoice in", unit: "days", range: days },
];

/** The change that a form asks for: an empty field is null, the usual value; a text that is no number stays one. */
export const changeOfForm = (form: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    settingFields.filter(({ name }) => typeof form[name] === "string").map(({ name }) => [name, valueOf(form[name])]),
  );

function valueOf(given: unknown): string | number | boolean | null {
  const text = String(given).trim();
  if (text === "") return null;
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}

/** The usual value of a setting as the form shows it. */
export function usualText({ name, choices }: SettingField): string {
  const value = String(codeRedSettingsSchema.parse({})[name] ?? "");
  return choices?.find(([own]) => own === value)?.[1] ?? value;
}
