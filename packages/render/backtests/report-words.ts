import type { Estimate } from "@regulars/core/backtests/estimate";

export const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A table that scrolls sideways in itself, with a name for who cannot see where it begins. */
export const scrolling = (name: string, table: string): string =>
  `<div class="scroll" role="group" aria-label="${escape(name)}" tabindex="0">${table}</div>`;

/** Fewer alerts than these say nothing about a rule. */
const FEWEST_ALERTS = 5;
export const TOO_FEW = "too few to judge";

/** A rule's precision; says so when there were too few alerts. */
export const precisionText = (estimate: Estimate | null, alerts: number): string =>
  alerts < FEWEST_ALERTS ? TOO_FEW : shareText(estimate);

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** "52.2 % (43.1 to 61.5)". */
export const shareText = (estimate: Estimate | null): string =>
  estimate === null
    ? "–"
    : `${percent(estimate.value)} (${(100 * estimate.low).toFixed(1)} to ${(100 * estimate.high).toFixed(1)})`;

/** ".521 (.431 to .615)", as average precisions are written. */
export const averageText = (estimate: Estimate | null): string =>
  estimate === null ? "–" : `${estimate.value.toFixed(3)} (${estimate.low.toFixed(3)} to ${estimate.high.toFixed(3)})`;
