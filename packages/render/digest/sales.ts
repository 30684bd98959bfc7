import type { DigestSales } from "@regulars/core/notifications/message";
import { formatMoney } from "@regulars/core/platform/money";
import { minor } from "@regulars/core/platform/values";
import { formatCount } from "./counts.ts";
import { NAME_LENGTH, formatDay, oneLine } from "../plain-text.ts";

/** The texts of the sales part, cleaned but not escaped. */
export interface SalesTexts {
  readonly period: string;
  readonly sales: string;
  readonly change: string;
  /** Only with price editing on. */
  readonly gp: string | undefined;
  /** Absent when no customer ordered in the window. */
  readonly lowest: LowestTexts | undefined;
}

interface LowestTexts {
  readonly of: string;
  readonly rows: readonly { readonly customerName: string; readonly figures: string }[];
}

/** The texts of a digest's sales part, with money and numbers in the reader's locale. */
export function salesTexts(given: DigestSales, locale: string): SalesTexts {
  const money = (units: number): string => formatMoney(minor(units), given.currency, locale);
  return {
    period: `${formatDay(given.from, locale, "short")} to ${formatDay(given.to, locale, "short")}`,
    sales: money(given.salesMinor),
    change: `${changeText(given.changePct, "%", locale)}; the week before: ${money(given.previousMinor)}`,
    gp: given.grossProfit === undefined ? undefined : gpText(given.grossProfit, locale),
    lowest: given.lowest.customers === 0 ? undefined : lowestTexts(given, locale, money),
  };
}

function gpText({ gpPct, changePoints }: NonNullable<DigestSales["grossProfit"]>, locale: string): string {
  if (gpPct === null) return "GP% cannot be computed: no cost is known";
  return `${decimal(gpPct, locale)} % GP, ${changeText(changePoints, "points", locale)}`;
}

function lowestTexts({ lowest }: DigestSales, locale: string, money: (units: number) => string): LowestTexts {
  const { customers, windowDays, rows } = lowest;
  const who = customers === 1 ? "1 customer" : `${formatCount(customers, locale)} customers`;
  return {
    of: `by units, of ${who} with an order in ${windowDays} days`,
    rows: rows.map(({ customerName, units, salesMinor, gpPct }) => ({
      customerName: oneLine(customerName, NAME_LENGTH),
      figures: [
        `${decimal(units, locale)} ${Math.abs(units) === 1 ? "unit" : "units"}`,
        money(salesMinor),
        ...(gpPct === undefined ? [] : [gpPct === null ? "GP% unknown" : `${decimal(gpPct, locale)} % GP`]),
      ].join(" · "),
    })),
  };
}

/** A change with its direction as a shape; says so when there is nothing to compare with. */
function changeText(change: number | null, unit: string, locale: string): string {
  if (change === null) return "nothing to compare with";
  const shape = change > 0 ? "▲ +" : change < 0 ? "▼ " : "▬ ";
  return `${shape}${decimal(change, locale)} ${unit}`;
}

const decimal = (value: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(value);
