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

/** What is hidden: the customer's row, one of its items, or one of its links. */
export const ignoreTargetSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("customer") }),
  z.object({ type: z.literal("item"), itemId: itemIdSchema }),
  z.object({ type: z.literal("link"), itemId: itemIdSchema, linkedItemId: itemIdSchema }),
]);
export type IgnoreTarget = Immutable<z.output<typeof ignoreTargetSchema>>;

/** Hides a row of the call list for some days, or shows it again. All stamps are kept: a past day sees its own. */
export const ignoreStampSchema = z.object({
  customerId: customerIdSchema,
  target: ignoreTargetSchema,
  /** `days` 0 shows the row again. */
  days: z.int().min(0).max(3650),
  on: daySchema,
  at: instantSchema,
  by: userIdSchema.optional(),
  note: z.string().max(500).optional(),
  /** What the largest red column had lost when a customer was ignored. */
  lost: z.object({ months: z.literal(columnMonths), lostMinor: z.int() }).optional(),
  /** By how many base units an item had fallen, or a link was off, when it was ignored. */
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

/** Whether an item or a link is off by at least twice as many units as when it was ignored. */
export const isFurtherOff = ({ offUnits = 0 }: IgnoreStamp, units: number): boolean =>
  offUnits > 0 && units >= 2 * offUnits;

/** Whether what a customer lost in the stamped column has doubled since. */
export function isWorseSince(stamp: IgnoreStamp, lostIn: (months: number) => number): boolean {
  return stamp.lost !== undefined && stamp.lost.lostMinor > 0 && lostIn(stamp.lost.months) >= 2 * stamp.lost.lostMinor;
}
