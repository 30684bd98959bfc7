import type { Estimate } from "@regulars/core/backtests/estimate";
import type { PageWords } from "../texts/page-words.ts";

export const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A table that scrolls sideways in itself, with a name for who cannot see where it begins. */
export const scrolling = (name: string, table: string): string =>
  `<div class="scroll" role="group" aria-label="${escape(name)}" tabindex="0">${table}</div>`;

/** Fewer alerts than these say nothing about a rule. */
export const FEWEST_ALERTS = 5;

/** A rule's precision; says so when there were too few alerts. */
export const precisionText = (estimate: Estimate | null, alerts: number, words: PageWords): string =>
  alerts < FEWEST_ALERTS ? words.say("report.tooFew") : shareText(estimate, words);

/** A number with so many decimals, as the language writes it. */
export const decimals = (value: number, digits: number, { formats: { locale } }: PageWords): string =>
  Number(value.toFixed(digits)).toLocaleString(locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });

export const percent = (share: number, words: PageWords): string => `${decimals(100 * share, 1, words)} %`;

/** "52.2 % (43.1 to 61.5)". */
export const shareText = (estimate: Estimate | null, words: PageWords): string =>
  estimate === null
    ? "–"
    : words.say("report.share", {
        text: percent(estimate.value, words),
        from: decimals(100 * estimate.low, 1, words),
        upto: decimals(100 * estimate.high, 1, words),
      });

/** ".521 (.431 to .615)", as average precisions are written. */
export const averageText = (estimate: Estimate | null, words: PageWords): string =>
  estimate === null
    ? "–"
    : words.say("report.share", {
        text: decimals(estimate.value, 3, words),
        from: decimals(estimate.low, 3, words),
        upto: decimals(estimate.high, 3, words),
      });

/** The title of a rule or an order; reports keep them in English. */
export function titleText(title: string, words: PageWords): string {
  const id = `title.${title}`;
  return words.find(id) ?? title;
}
