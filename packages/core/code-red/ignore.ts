import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { compareText } from "../platform/compare.ts";
import { daysBetween } from "../platform/period.ts";
import {
  type Day,
  customerIdSchema,
  daySchema,
  instantSchema,
  itemIdSchema,
  userIdSchema,
} from "../platform/values.ts";
import { columnMonths } from "./settings.ts";
import { noteSchema } from "../platform/text.ts";
import { wholeFrom } from "../platform/whole-number.ts";

/** What is hidden: the customer's row, one of its items, or one of its links. */
export const ignoreTargetSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("customer") }),
  z.object({ type: z.literal("item"), itemId: itemIdSchema }),
  z.object({ type: z.literal("link"), itemId: itemIdSchema, linkedItemId: itemIdSchema }),
]);
export type IgnoreTarget = Immutable<z.output<typeof ignoreTargetSchema>>;

const lostInSchema = z.object({ months: z.literal(columnMonths), lostMinor: z.int() });

/** Why a row is hidden, in somebody's words. */
export const ignoreNoteSchema = noteSchema(500);

/** Hides a row of the call list for some days, or shows it again. All stamps are kept: a past day sees its own. */
export const ignoreStampSchema = z.object({
  customerId: customerIdSchema,
  target: ignoreTargetSchema,
  /** `days` 0 shows the row again. */
  days: wholeFrom(0, 3650),
  on: daySchema,
  at: instantSchema,
  by: userIdSchema.optional(),
  note: ignoreNoteSchema.optional(),
  /** What the largest red column had lost when a customer was ignored. */
  lost: lostInSchema.optional(),
  /** What every column had lost when a customer without a red one was ignored; negative for a gain. */
  lostUnred: z.array(lostInSchema).optional(),
  /** By how many base units an item or a link was off, in a direction that is red, when it was ignored; usually 0. */
  offUnits: z.number().optional(),
});
export type IgnoreStamp = Immutable<z.output<typeof ignoreStampSchema>>;

/** A name of the target that is unique within a customer. */
export function targetKey(target: IgnoreTarget): string {
  switch (target.type) {
    case "customer":
      return "customer";
    case "item":
      return JSON.stringify(["item", target.itemId]);
    case "link":
      return JSON.stringify(["link", target.itemId, target.linkedItemId]);
  }
}

const NO_STAMPS: ReadonlyMap<string, IgnoreStamp> = new Map();

/** The stamps that count on a day, by target: of each the last one made on that day or before. */
export function stampsOn(stamps: readonly IgnoreStamp[], today: Day): ReadonlyMap<string, IgnoreStamp> {
  if (stamps.length === 0) return NO_STAMPS;
  const known = stamps.filter(({ on }) => on <= today).toSorted((a, b) => compareText(a.at, b.at));
  return new Map(known.map((stamp) => [targetKey(stamp.target), stamp]));
}

/**
 * Whether a stamp hides its row on a day: `today - on < days`, so that a row is back on the last day
 * (docs/reference/code-red.md 8). `viewDays` overrides the stamp's own.
 */
export const isHidden = (stamp: IgnoreStamp | undefined, today: Day, viewDays?: number): boolean =>
  stamp !== undefined && stamp.days > 0 && daysBetween(stamp.on, today) < (viewDays ?? stamp.days);

/** A column on the day of the list. */
interface ColumnNow {
  readonly isRed: boolean;
  readonly lostMinor: number;
}

/** Whether an item or a link is red, and off by at least twice as many units as when it was ignored. */
export const isFurtherOff = ({ offUnits = 0 }: IgnoreStamp, isRed: boolean, units: number): boolean =>
  isRed && units >= 2 * offUnits;

/**
 * Whether what a customer lost in the stamped column has doubled since; of a customer without a red column then, whether
 * one has become red whose loss has doubled (docs/reference/code-red.md 8).
 */
export function isWorseSince(
  { lost, lostUnred = [] }: IgnoreStamp,
  columnOf: (months: number) => ColumnNow | undefined,
): boolean {
  if (lost !== undefined) return lost.lostMinor > 0 && (columnOf(lost.months)?.lostMinor ?? 0) >= 2 * lost.lostMinor;
  return lostUnred.some(({ months, lostMinor }) => {
    const now = columnOf(months);
    return now?.isRed === true && now.lostMinor >= 2 * lostMinor;
  });
}
