import * as z from "zod";
import { linkMonths, usualLinkMonths } from "../catalog/link-rules.ts";
import { wholeFrom } from "../platform/whole-number.ts";

/** The numbers of months that a column compares. */
export const columnMonths = [1, 3, 6, 12] as const;
export type ColumnMonths = (typeof columnMonths)[number];

export const comparisonModes = ["completeMonths", "toDate", "rolling"] as const;
export type ComparisonMode = (typeof comparisonModes)[number];

const daysOrOff = wholeFrom(1, 3650).nullable().default(null);

/** How a tenant compares its customers' purchases (docs/reference/code-red.md 1 to 6). */
export const codeRedSettingsSchema = z.strictObject({
  /** A column is red when it is worse by at least this many percent. */
  percent: wholeFrom(1, 100).default(20),
  mode: z.enum(comparisonModes).default("completeMonths"),
  /** Compares with the same months of the year before. */
  seasonal: z.boolean().default(false),
  /** Orders less credits, or the totals of invoices as they were sent. */
  basis: z.enum(["order", "invoice"]).default("order"),
  /** The first month of the business year: quarters, half-years and years to date begin there. */
  yearStartsIn: wholeFrom(1, 12).default(1),
  /** A month is complete only this many days after its end, for companies that invoice late. */
  closeDays: wholeFrom(0, 10).default(0),
  /** Whether more of an item is red too. */
  itemDirection: z.enum(["drop", "any"]).default("drop"),
  /** The months that the items' light compares. */
  itemMonths: z.literal(columnMonths).default(3),
  /** Items in fewer orders of the compared period are not compared. */
  minInvoices: wholeFrom(1, 100).default(4),
  /** Whether more of a linked item than expected is red too. */
  linkDirection: z.enum(["any", "shortfall"]).default("any"),
  /** The last months in which linked items are compared. */
  linkMonths: z.literal(linkMonths).default(usualLinkMonths),
  /** Ignored customers are back after so many days; 0 shows them at once. */
  ignoreCustomerDays: wholeFrom(0, 3650).default(180),
  /** Ignored items and links are back after so many days. */
  ignoreRowDays: wholeFrom(0, 3650).default(180),
  /** Ignored customers are back earlier once their loss has doubled. */
  untilWorse: z.boolean().default(true),
  /** Customers with such a record in the last days are left out; null: not left out. */
  excludeActivityDays: daysOrOff,
  excludeQuoteDays: daysOrOff,
  excludeOrderDays: daysOrOff,
  excludeInvoiceDays: daysOrOff,
});
export type CodeRedSettings = z.output<typeof codeRedSettingsSchema>;

/** Settings that are tried without being saved. */
export type TriedSettings = { readonly [Name in keyof CodeRedSettings]?: CodeRedSettings[Name] | undefined };

export const codeRedSettingNames: readonly string[] = Object.keys(codeRedSettingsSchema.shape);

export const usualCodeRedSettings: CodeRedSettings = codeRedSettingsSchema.parse({});
