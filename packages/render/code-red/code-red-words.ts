import type { CauseName, Causes } from "@regulars/core/code-red/causes";
import { largestFirst } from "@regulars/core/code-red/causes";
import type { AssessedColumn } from "@regulars/core/code-red/row";
import { formatMoney } from "@regulars/core/platform/money";
import { type Currency, minor } from "@regulars/core/platform/values";

/** What each cause is called, as "60.00 fewer orders". */
export const causeText: Readonly<Record<CauseName, string>> = {
  workingDays: "fewer working days",
  market: "as everybody",
  orders: "fewer orders",
  orderValue: "smaller orders",
  credits: "more credits",
  rest: "other",
};

/** What a negative part, a gain, is called: "60.00 gained by more orders". */
const gainText: Readonly<Record<CauseName, string>> = {
  workingDays: "more working days",
  market: "a growing market",
  orders: "more orders",
  orderValue: "larger orders",
  credits: "fewer credits",
  rest: "other",
};

/** "3v3": the months of a column and those it is compared with. */
export const columnName = ({ months }: Pick<AssessedColumn, "months">): string => `${months}v${months}`;

/** "red", "red, confirmed", "grey (new)": a column's light in words. */
export function lightText({ light, confirmation, isWithMarket }: AssessedColumn): string {
  if (light.light === "grey") return `grey (${light.reason.replaceAll("-", " ")})`;
  const more = [confirmation?.isConfirmed === true ? "confirmed" : "", isWithMarket ? "with the market" : ""];
  return [light.light, ...more.filter((word) => word !== "")].join(", ");
}

/** "€610.00 as everybody, €90.00 fewer working days": what made the value fall, the largest first. */
export const lossesText = (causes: Causes, currency: Currency, locale: string): string =>
  largestFirst(causes)
    .filter((name) => causes[name] > 0)
    .map((name) => `${formatMoney(minor(causes[name]), currency, locale)} ${causeText[name]}`)
    .join(", ");

/** The same with the gains: "…; €30.00 gained by more orders". All parts add up to what was lost. */
export function causesText(causes: Causes, currency: Currency, locale: string): string {
  const gains = largestFirst(causes)
    .filter((name) => causes[name] < 0)
    .map((name) => `${formatMoney(minor(-causes[name]), currency, locale)} gained by ${gainText[name]}`);
  return [lossesText(causes, currency, locale), gains.join(", ")].filter((text) => text !== "").join("; ");
}
