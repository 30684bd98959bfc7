import * as z from "zod";
import { currencySchema, minorSchema } from "../platform/values.ts";
import type { OwnerType } from "./owner.ts";
import { wholeFrom } from "../platform/whole-number.ts";

export const MOST_PERIODS = 3;
const DEFAULT_PERIODS = [30, 60, 90];

const periodsSchema = z
  .array(z.int("is not a whole number of days").min(1, "is shorter than 1 day").max(3650, "is longer than 3650 days"))
  .min(1, "has no period: 1 to 3 are allowed")
  .max(MOST_PERIODS, "has more than 3 periods")
  .refine((periods) => periods.every((days, index) => index === 0 || days > (periods[index - 1] ?? 0)), {
    error: "is not in order: each period is longer than the one before, like 30, 60, 90",
  })
  .default(DEFAULT_PERIODS);

/** A part of a class: amounts of one currency from `fromMinor` up to, but not including, `toMinor`. */
const amountClassSchema = z
  .strictObject({
    /** 1 to 9; class 0 are all sales. The same class may have a range in each currency. */
    class: wholeFrom(1, 9),
    currency: currencySchema,
    fromMinor: minorSchema,
    /** Absent: without an upper end. */
    toMinor: minorSchema.optional(),
  })
  .refine(({ fromMinor, toMinor }) => toMinor === undefined || fromMinor < toMinor, {
    error: "ends before it begins: fromMinor must be smaller than toMinor",
    path: ["toMinor"],
  });
export type AmountClass = z.output<typeof amountClassSchema>;

/** What counters count by (docs/reference/monitors.md 1). */
export const counterSettingsSchema = z.strictObject({
  /** Days of period 1, 2 and 3, for each type of owner. */
  periods: z.strictObject({ company: periodsSchema, person: periodsSchema, project: periodsSchema }).prefault({}),
  amountClasses: z.array(amountClassSchema).max(100).check(checkOverlaps).default([]),
  /** An order day is a sold sale with its net value. */
  ordersAreSales: z.boolean().default(true),
});
export type CounterSettings = z.output<typeof counterSettingsSchema>;

export const usualCounterSettings: CounterSettings = counterSettingsSchema.parse({});

/** The days of a period of an owner type, by its number 1 to 3; `undefined` when the tenant has no such period. */
export const periodDays = ({ periods }: CounterSettings, ownerType: OwnerType, period: number): number | undefined =>
  periods[ownerType][period - 1];

function checkOverlaps({ value, issues }: z.core.ParsePayload<AmountClass[]>): void {
  value.forEach((range, index) => {
    const other = value.slice(0, index).find((earlier) => overlap(earlier, range));
    if (other !== undefined)
      issues.push({
        code: "custom",
        input: value,
        path: [index],
        message: `${rangeText(range)} overlaps ${rangeText(other)}: ranges of one currency must not`,
      });
  });
}

const overlap = (a: AmountClass, b: AmountClass): boolean =>
  a.currency === b.currency && a.fromMinor < (b.toMinor ?? Infinity) && b.fromMinor < (a.toMinor ?? Infinity);

const rangeText = (range: AmountClass): string =>
  `class ${range.class} (${range.currency} ${range.fromMinor} to ${range.toMinor ?? "any amount"})`;
