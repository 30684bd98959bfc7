import { type CauseName, type Causes, largestFirst } from "@regulars/core/code-red/causes";
import type { AssessedColumn } from "@regulars/core/code-red/row";
import type { Currency } from "@regulars/core/platform/values";
import type { PageWords } from "../texts/page-words.ts";

/** What each cause is called in a column of its own. */
export const causeText: Readonly<Record<CauseName, string>> = {
  workingDays: "fewer working days",
  market: "as everybody",
  orders: "fewer orders",
  orderValue: "smaller orders",
  credits: "more credits",
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

/** "€610.00 with the market and €90.00 from fewer working days": what made the value fall, the largest first. */
const lossesText = ({ say, formats }: PageWords, causes: Causes, currency: Currency): string =>
  formats.list(
    largestFirst(causes)
      .filter((name) => causes[name] > 0)
      .map((name) => say(`cause.${name}`, { mony: formats.money(causes[name], currency) })),
  );

/** The same with the gains: "…; €30.00 gained by more orders". All parts add up to what was lost. */
export function causesText(words: PageWords, causes: Causes, currency: Currency): string {
  const { say, formats } = words;
  const gains = largestFirst(causes)
    .filter((name) => causes[name] < 0)
    .map((name) => say(`gain.${name}`, { mony: formats.money(-causes[name], currency) }));
  return [lossesText(words, causes, currency), formats.list(gains)].filter((text) => text !== "").join("; ");
}
