import type { CustomerId, Day, ItemId } from "../platform/values.ts";
import { addDays } from "../platform/period.ts";
import type { Book } from "./book.ts";
import { isConfirmed } from "./columns.ts";
import {
  type IgnoreStamp,
  type IgnoreTarget,
  isFurtherOff,
  isHidden,
  isWorseSince,
  stampsOn,
  targetKey,
} from "./ignore.ts";
import type { ItemRow } from "./items.ts";
import type { LinkRow } from "./links.ts";
import type { ComparisonPlan } from "./plan.ts";
import { type LastRecords, type RecentType, recentlyContacted } from "./recent.ts";
import { type CustomerComparison, type AssessedColumn, assessColumns, largestRed, lostOf } from "./row.ts";
import type { CodeRedSettings } from "./settings.ts";

/** A part of a row with whether somebody has hidden it. */
export type Marked<T> = T & {
  readonly ignored?: IgnoreStamp | undefined;
  /** It was ignored, and is back because it is twice as far off. */
  readonly isBackEarly?: boolean | undefined;
};

/** What the list needs of an item and of a link. */
export type ItemMark = Pick<ItemRow, "itemId" | "isCompared" | "isRed" | "isConfirmed" | "current" | "previous">;
export type LinkMark = Pick<LinkRow, "itemId" | "linkedItemId" | "light" | "expected" | "linked">;

/** One customer of the call list (docs/reference/code-red.md 10). */
export interface CodeRedRow<I extends ItemMark = ItemMark, L extends LinkMark = LinkMark> {
  readonly customerId: CustomerId;
  readonly columns: readonly AssessedColumn[];
  readonly items: readonly Marked<I>[];
  readonly links: readonly Marked<L>[];
  readonly lights: { readonly items: "red" | "green" | "grey"; readonly links: "red" | "green" | "grey" };
  readonly isRed: boolean;
  readonly isConfirmed: boolean;
  readonly isWithMarket: boolean;
  /** Of the largest red column, in minor units; 0 without one. */
  readonly lostMinor: number;
  readonly lostBeyondMarketMinor: number;
  /** The stamp that hides the customer, or that was overruled because the loss doubled. */
  readonly ignored?: IgnoreStamp | undefined;
  readonly isBackEarly: boolean;
  /** Why the customer is left out: a record in the last days. */
  readonly recent?: RecentType | undefined;
  readonly withoutRate: number;
}

/** What is seen: days that override those of the stamps. */
export interface ListView {
  readonly ignoreCustomerDays?: number | undefined;
  readonly ignoreRowDays?: number | undefined;
}

interface ListedCustomer<I, L> {
  readonly customerId: CustomerId;
  readonly compared: CustomerComparison<I, L>;
  readonly stamps: readonly IgnoreStamp[];
  readonly lastRecords: LastRecords;
}

/** One customer's row on the morning after the plan's day. */
export function rowOf<I extends ItemMark, L extends LinkMark>(
  { customerId, compared, stamps, lastRecords }: ListedCustomer<I, L>,
  plan: ComparisonPlan,
  asOf: Day,
  book: Book,
  view: ListView = {},
): CodeRedRow<I, L> {
  const today = addDays(asOf, 1);
  const known = stampsOn(stamps, today);
  const columns = assessColumns(compared.columns, plan, book);
  const { settings } = plan;
  const hiding = { today, days: view.ignoreRowDays, untilWorse: settings.untilWorse };
  // Most customers have no stamp: nothing of theirs is hidden, and no name of a target is made.
  const stampOf = (target: IgnoreTarget) => known.get(targetKey(target));
  const items: readonly Marked<I>[] =
    known.size === 0
      ? compared.items
      : compared.items.map((row) =>
          marked(row, itemOff(row, settings), stampOf({ type: "item", itemId: row.itemId }), hiding),
        );
  const links: readonly Marked<L>[] =
    known.size === 0
      ? compared.links
      : compared.links.map((row) =>
          marked(row, linkOff(row, settings), stampOf(linkTarget(row.itemId, row.linkedItemId)), hiding),
        );
  const lights = { items: lightOfItems(items), links: lightOfLinks(links) };
  const largest = largestRed(columns);
  const redColumns = columns.filter(({ light }) => light.light === "red");
  const isRed = redColumns.length > 0 || lights.items === "red" || lights.links === "red";
  const stamp = known.get("customer");
  const hidden = isHidden(stamp, today, view.ignoreCustomerDays) ? stamp : undefined;
  const columnNow = (months: number) => {
    const column = columns.find((one) => one.months === months);
    return column && { isRed: column.light.light === "red", lostMinor: lostOf(column) };
  };
  return {
    customerId,
    columns,
    items,
    links,
    lights,
    isRed,
    isConfirmed: redColumns.some(isConfirmed),
    isWithMarket: redColumns.length > 0 && redColumns.every(({ isWithMarket }) => isWithMarket),
    lostMinor: largest === undefined ? 0 : lostOf(largest),
    lostBeyondMarketMinor: largest?.lostBeyondMarket ?? 0,
    ignored: hidden,
    isBackEarly: hidden !== undefined && settings.untilWorse && isWorseSince(hidden, columnNow),
    recent: recentlyContacted(lastRecords, today, settings),
    withoutRate: compared.withoutRate,
  };
}

const linkTarget = (itemId: ItemId, linkedItemId: ItemId) => ({ type: "link", itemId, linkedItemId }) as const;

interface Hiding {
  readonly today: Day;
  readonly days: number | undefined;
  readonly untilWorse: boolean;
}

/** A part of a row with the stamp that hides it; one that is twice as far off as when it was stamped is back early. */
function marked<T extends object>(
  row: T,
  { isRed, units }: Off,
  stamp: IgnoreStamp | undefined,
  { today, days, untilWorse }: Hiding,
): Marked<T> {
  if (stamp === undefined || !isHidden(stamp, today, days)) return { ...row, ignored: undefined };
  const isBackEarly = untilWorse && isFurtherOff(stamp, isRed, units);
  return isBackEarly ? { ...row, ignored: undefined, isBackEarly } : { ...row, ignored: stamp };
}

/** By how many base units an item or a link is off, in a direction that is red; 0 in another. */
interface Off {
  readonly isRed: boolean;
  readonly units: number;
}

export const itemOff = (
  { isRed, current, previous }: Pick<ItemRow, "isRed" | "current" | "previous">,
  { itemDirection }: Pick<CodeRedSettings, "itemDirection">,
): Off => ({ isRed, units: offBy(previous - current, itemDirection === "any") });

export const linkOff = (
  { light, expected, linked }: Pick<LinkRow, "light" | "expected" | "linked">,
  { linkDirection }: Pick<CodeRedSettings, "linkDirection">,
): Off => ({ isRed: light.light === "red", units: offBy(expected - linked, linkDirection === "any") });

const offBy = (missing: number, isEither: boolean): number => (isEither ? Math.abs(missing) : Math.max(0, missing));

function lightOfItems(rows: readonly Marked<ItemMark>[]): "red" | "green" | "grey" {
  let light: "red" | "green" | "grey" = "grey";
  for (const { isCompared, isRed, ignored } of rows)
    if (isCompared && isRed && ignored === undefined) return "red";
    else if (isCompared) light = "green";
  return light;
}

function lightOfLinks(rows: readonly Marked<LinkMark>[]): "red" | "green" | "grey" {
  for (const { light, ignored } of rows) if (light.light === "red" && ignored === undefined) return "red";
  return rows.length === 0 ? "grey" : "green";
}

/** Whether a row is shown: not hidden, or back early because the loss has doubled. */
export const isShown = ({ ignored, isBackEarly }: CodeRedRow): boolean => ignored === undefined || isBackEarly;

/** Confirmed rows first, those with the market last, then what was lost beyond the market, then the id. */
export const compareRows = (a: CodeRedRow, b: CodeRedRow): number =>
  Number(b.isConfirmed && !b.isWithMarket) - Number(a.isConfirmed && !a.isWithMarket) ||
  Number(a.isWithMarket) - Number(b.isWithMarket) ||
  b.lostBeyondMarketMinor - a.lostBeyondMarketMinor ||
  (a.customerId < b.customerId ? -1 : 1);
