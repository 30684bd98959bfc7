import type { Calibration } from "@regulars/core/backtests/calibration";
import type { RankingReport } from "@regulars/core/backtests/ranking-score";
import { averageText, escape, percent, scrolling, shareText } from "./report-words.ts";

/** Whole units of the base currency: a report names no minor ones. */
const units = (minor: number): string => Math.round(minor / 100).toLocaleString("en");

/** The orders of the lists of every seventh day, with what the same number of calls reaches. */
export const rankingHtml = ({ lists, candidates, rankings }: RankingReport): string => `<h3>The order of the list</h3>
<p>On every seventh day, ${lists} lists with ${candidates} entries. Each order gets as many calls as ours makes, at most ten a
rep and list, and calls a customer once in a silence. Lost money: three months of what customers bought who then ordered nothing for 90 days.</p>
${scrolling(
  "The order of the list",
  `<table>
<thead><tr><th>Order</th><th>Average precision</th><th>Calls</th><th>Right</th><th>Lost money called</th></tr></thead>
<tbody>${rankings
    .map(
      (one) =>
        `<tr><th scope="row">${escape(one.title)}</th><td>${averageText(one.averagePrecision)}</td><td>${one.calls}</td><td>${shareText(one.firstTen)}</td><td>${one.lostMinor === null ? "–" : units(one.lostMinor.value)}</td></tr>`,
    )
    .join("")}</tbody></table>`,
)}`;

/** What was stated, and what of it came true. */
export const calibrationHtml = (calibration: Calibration): string => `<h3>What was stated, and what came true</h3>
${calibration.notes.map((note) => `<p class="headline">${escape(note)}</p>`).join("")}
<p>${calibrationText(calibration)}</p>
${scrolling(
  "What was stated, and what came true",
  `<table>
<thead><tr><th>Stated</th><th>Statements</th><th>Stated on average</th><th>Came true</th></tr></thead>
<tbody>${calibration.bins
    .map(
      ({ from, to, statements, stated, cameTrue }) =>
        `<tr><th scope="row">${Math.round(100 * from)} to ${Math.round(100 * to)} %</th><td>${statements}</td><td>${stated === null ? "–" : percent(stated)}</td><td>${cameTrue === null ? "–" : percent(cameTrue)}</td></tr>`,
    )
    .join("")}</tbody></table>`,
)}`;

/** The error, the money, and what ended well, in sentences. */
export function calibrationText({ error, statedMinor, lostMinor, statedByLost, ended }: Calibration): string {
  const money =
    statedByLost === null
      ? "No money was lost."
      : `${units(statedMinor)} stated as at stake, ${units(lostMinor)} lost: ${statedByLost.toFixed(2)} times.`;
  const well =
    ended.medium === null || ended.high === null
      ? ""
      : ` Of ${ended.silences} silences that ended with an order, ${percent(ended.medium)} had reached medium and ${percent(ended.high)} high.`;
  return `Stated chances are off by ${percent(error)} on average. ${money}${well}`;
}
