import type { Estimate } from "@regulars/core/backtests/estimate";

export const escape = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** "52.2 % (43.1 to 61.5)". */
export const shareText = (estimate: Estimate | null): string =>
  estimate === null
    ? "–"
    : `${percent(estimate.value)} (${(100 * estimate.low).toFixed(1)} to ${(100 * estimate.high).toFixed(1)})`;

/** ".521 (.431 to .615)", as average precisions are written. */
export const averageText = (estimate: Estimate | null): string =>
  estimate === null ? "–" : `${estimate.value.toFixed(3)} (${estimate.low.toFixed(3)} to ${estimate.high.toFixed(3)})`;
