import type { Confirmation } from "./confirm.ts";
import type { CodeRedRow, Marked } from "./list.ts";
import type { IgnoreStamp } from "./ignore.ts";
import type { ItemRow } from "./items.ts";
import { changePercent } from "./light.ts";
import type { LinkRow } from "./links.ts";
import { netOf } from "./customer-values.ts";
import { type AssessedColumn, largestRed } from "./row.ts";
import { mainCause } from "./causes.ts";

/** A row as the API, the command line and files give it: amounts in minor units of the base currency. */
export const rowJson = (row: CodeRedRow, name: string | undefined) => ({
  customerId: row.customerId,
  name: name ?? null,
  isRed: row.isRed,
  isConfirmed: row.isConfirmed,
  isWithMarket: row.isWithMarket,
  lostMinor: row.lostMinor,
  lostBeyondMarketMinor: row.lostBeyondMarketMinor,
  mainCause: mainCauseOf(row),
  columns: row.columns.map(columnJson),
  itemsLight: row.lights.items,
  linksLight: row.lights.links,
  redItems: row.items.filter(({ isRed, ignored }) => isRed && ignored === undefined).length,
  confirmedItems: row.items.filter(({ isConfirmed, ignored }) => isConfirmed && ignored === undefined).length,
  redLinks: row.links.filter(({ light, ignored }) => light.light === "red" && ignored === undefined).length,
  ignored: row.ignored === undefined ? null : ignoredJson(row.ignored),
  isBackEarly: row.isBackEarly,
  withoutRate: row.withoutRate,
});

function mainCauseOf(row: CodeRedRow) {
  const causes = largestRed(row.columns)?.causes;
  return causes === undefined ? null : mainCause(causes);
}

export function columnJson({ months, current, previous, light, confirmation, causes, ...assessed }: AssessedColumn) {
  return {
    months,
    currentMinor: netOf(current),
    previousMinor: netOf(previous),
    currentOrders: current.orders,
    previousOrders: previous.orders,
    changePercent: changePercent(netOf(current), netOf(previous)) ?? null,
    light: light.light,
    greyReason: light.light === "grey" ? light.reason : null,
    isConfirmed: confirmation?.isConfirmed === true,
    confirmation: confirmation === undefined ? null : confirmationJson(confirmation),
    isWithMarket: assessed.isWithMarket,
    lostBeyondMarketMinor: assessed.lostBeyondMarket,
    causes: causes === undefined ? null : { ...causes },
  };
}

const confirmationJson = (confirmation: Confirmation) =>
  "reason" in confirmation
    ? { reason: confirmation.reason, monthsBefore: confirmation.monthsBefore }
    : {
        monthsBefore: confirmation.monthsBefore,
        meanBefore: confirmation.meanBefore,
        meanCurrent: confirmation.meanCurrent,
        t: confirmation.t ?? null,
        threshold: confirmation.threshold,
      };

export const ignoredJson = ({ on, days, by, note }: IgnoreStamp) => ({
  on,
  days,
  by: by ?? null,
  note: note ?? null,
});

export const itemJson = (row: Marked<ItemRow>, name: string | undefined) => ({
  itemId: row.itemId,
  name: name ?? null,
  current: row.current,
  previous: row.previous,
  currentOrders: row.ordersCurrent,
  previousOrders: row.ordersPrevious,
  state: row.state,
  isCompared: row.isCompared,
  isRed: row.isRed,
  isConfirmed: row.isConfirmed,
  suppressed: row.suppressed ?? null,
  ignored: row.ignored === undefined ? null : ignoredJson(row.ignored),
  isBackEarly: row.isBackEarly === true,
});

export const linkJson = (row: Marked<LinkRow>) => ({
  itemId: row.itemId,
  linkedItemId: row.linkedItemId,
  bought: row.anchor,
  linkedBought: row.linked,
  linkedExpected: row.expected,
  mirrorExpected: row.mirror ?? null,
  light: row.light.light,
  difference: row.light.light === "red" ? row.light.difference : null,
  greyReason: row.light.light === "grey" ? row.light.reason : null,
  ignored: row.ignored === undefined ? null : ignoredJson(row.ignored),
  isBackEarly: row.isBackEarly === true,
});
