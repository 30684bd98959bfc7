import type { DigestSales } from "@regulars/core/notifications/message";
import { NAME_LENGTH, oneLine } from "../plain-text.ts";
import type { Words } from "../texts/words.ts";

/** The texts of the sales part, cleaned but not escaped. */
interface SalesTexts {
  readonly period: string;
  readonly sales: string;
  readonly change: string;
  /** What the picture of the two weeks shows, and which bar is which. */
  readonly picture: { readonly alt: string; readonly legend: string };
  /** Only with price editing on. */
  readonly gp: string | undefined;
  /** Absent when no customer ordered in the window. */
  readonly lowest: LowestTexts | undefined;
}

interface LowestTexts {
  readonly of: string;
  readonly rows: readonly { readonly customerName: string; readonly figures: string }[];
}

/** The Content-ID of the picture within its mail. */
export const SALES_PICTURE = "weekly-sales.regulars";

/** The weeks that the picture compares, the latest first, in minor units. */
export const weeksOf = ({ salesMinor, previousMinor }: DigestSales): readonly number[] => [salesMinor, previousMinor];

/** The texts of a digest's sales part in the reader's words. */
export function salesTexts(given: DigestSales, words: Words): SalesTexts {
  const { say, formats } = words;
  const mony = formats.money(given.previousMinor, given.currency);
  const chan = changeText("sales.percent", given.changePct, words);
  return {
    period: say("sales.period", { from: formats.day(given.from, "short"), upto: formats.day(given.to, "short") }),
    sales: formats.money(given.salesMinor, given.currency),
    change: say("sales.compared", { chan, mony }),
    picture: {
      alt: say("sales.picture", { mony: formats.money(given.salesMinor, given.currency), last: mony }),
      legend: say("sales.bars"),
    },
    gp: given.grossProfit === undefined ? undefined : gpText(given.grossProfit, words),
    lowest: given.lowest.customers === 0 ? undefined : lowestTexts(given, words),
  };
}

function gpText({ gpPct, changePoints }: NonNullable<DigestSales["grossProfit"]>, words: Words): string {
  if (gpPct === null) return words.say("sales.noGp");
  return words.say("sales.gp", { perc: gpPct, chan: changeText("sales.points", changePoints, words) });
}

function lowestTexts({ lowest, currency }: DigestSales, { say, formats }: Words): LowestTexts {
  const { customers, windowDays, rows } = lowest;
  return {
    of: say("lowest.of", { numb: customers, days: windowDays }),
    rows: rows.map(({ customerName, units, salesMinor, gpPct }) => ({
      customerName: oneLine(customerName, NAME_LENGTH),
      figures: [
        say("lowest.units", { numb: units }),
        formats.money(salesMinor, currency),
        ...(gpPct === undefined ? [] : [gpPct === null ? say("lowest.noGp") : say("lowest.gp", { perc: gpPct })]),
      ].join(" · "),
    })),
  };
}

/** A change with its direction as a shape; says so when there is nothing to compare with. */
function changeText(text: "sales.percent" | "sales.points", change: number | null, { say }: Words): string {
  if (change === null) return say("sales.incomparable");
  return say(text, { sign: change > 0 ? "up" : change < 0 ? "down" : "same", numb: change });
}
