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

/** The error, the levels, the money, and what ended well, in sentences. */
export function calibrationText(calibration: Calibration): string {
  const { error, intervals } = calibration;
  const between =
    intervals.error === null ? "" : ` (${percent(intervals.error.low)} to ${percent(intervals.error.high)})`;
  return [
    `Stated chances are off by ${percent(error)} on average${between}.`,
    ...levelsText(calibration),
    ...moneyText(calibration),
    ...endedText(calibration),
  ].join(" ");
}

function levelsText({ levels }: Calibration): string[] {
  const texts = levels.flatMap(({ level, statements, stated, cameTrue }) =>
    stated === null || cameTrue === null || level === "watch"
      ? []
      : [`of ${statements} at ${level} ${shareText(cameTrue)}, ${percent(stated)} stated`],
  );
  return texts.length === 0 ? [] : [`Of the entries of the lists came true: ${texts.join("; ")}.`];
}

function moneyText({ statedMinor, lostMinor, statedByLost, intervals, ...counts }: Calibration): string[] {
  if (statedByLost === null) return ["No money was lost."];
  const { statedByLost: interval } = intervals;
  const between = interval === null ? "" : ` (${interval.low.toFixed(2)} to ${interval.high.toFixed(2)})`;
  const inNumber =
    counts.losses === 0 ? [] : [`In number: ${Math.round(counts.statedLosses)} stated, ${counts.losses} lost.`];
  const largest =
    counts.largestThree === null
      ? []
      : [`Three customers have ${percent(counts.largestThree)} of the money that was stated.`];
  return [
    `${units(statedMinor)} stated as at stake, ${units(lostMinor)} lost: ${statedByLost.toFixed(2)} times${between}.`,
    ...inNumber,
    ...largest,
  ];
}

const endedText = ({ ended: { silences, medium, high } }: Calibration): string[] =>
  medium === null || high === null
    ? []
    : [
        `Of ${silences} silences that ended with an order, ${percent(medium)} had reached medium and ${percent(high)} high.`,
      ];
