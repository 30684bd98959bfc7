import type { Calibration } from "@regulars/core/backtests/calibration";
import type { RankingReport } from "@regulars/core/backtests/ranking-score";
import type { PageWords } from "../texts/page-words.ts";
import { averageText, decimals, escape, percent, scrolling, shareText, titleText } from "./report-words.ts";

/** Whole units of the base currency: a report names no minor ones. */
const units = (minor: number, words: PageWords): string => decimals(Math.round(minor / 100), 0, words);

const head = (names: readonly string[]): string =>
  `<thead><tr>${names.map((name) => `<th>${escape(name)}</th>`).join("")}</tr></thead>`;

/** The orders of the lists of every seventh day, with what the same number of calls reaches. */
export function rankingHtml({ lists, candidates, rankings }: RankingReport, words: PageWords): string {
  const { say, formats } = words;
  const rows = rankings.map(
    (one) =>
      `<tr><th scope="row">${escape(titleText(one.title, words))}</th><td>${averageText(one.averagePrecision, words)}</td><td>${formats.number(one.calls)}</td><td>${shareText(one.firstTen, words)}</td><td>${one.lostMinor === null ? "–" : units(one.lostMinor.value, words)}</td></tr>`,
  );
  const names = [say("report.orderOf"), say("report.average"), say("report.calls"), say("report.right")];
  return `<h3>${escape(say("report.order"))}</h3>
<p>${escape(say("report.orderLead", { list: lists, entr: candidates }))}</p>
${scrolling(
  say("report.order"),
  `<table>
${head([...names, say("report.lostMoney")])}
<tbody>${rows.join("")}</tbody></table>`,
)}`;
}

/** What was stated, and what of it came true. */
export function calibrationHtml(calibration: Calibration, words: PageWords): string {
  const { say } = words;
  const share = (value: number | null): string => (value === null ? "–" : percent(value, words));
  const rows = calibration.bins.map(
    ({ from, to, statements, stated, cameTrue }) =>
      `<tr><th scope="row">${escape(say("report.bin", { from: Math.round(100 * from), upto: Math.round(100 * to) }))}</th><td>${words.formats.number(statements)}</td><td>${share(stated)}</td><td>${share(cameTrue)}</td></tr>`,
  );
  const names = [say("report.statedCol"), say("report.statements"), say("report.statedMean"), say("report.cameTrue")];
  return `<h3>${escape(say("report.stated"))}</h3>
${calibrationNotes(calibration, words)
  .map((note) => `<p class="headline">${escape(note)}</p>`)
  .join("")}
<p>${escape(calibrationText(calibration, words))}</p>
${scrolling(
  say("report.stated"),
  `<table>
${head(names)}
<tbody>${rows.join("")}</tbody></table>`,
)}`;
}

const NOTE = /^Where about (\d+) % was stated, (\d+) % of (\d+) ordered nothing: on these orders read it as that\.$/;

/** What the calibration notes of its bins, in the reader's language. */
const calibrationNotes = ({ notes }: Calibration, { say }: PageWords): readonly string[] =>
  notes.map((note) => {
    const [, perc, ...figures] = NOTE.exec(note) ?? [];
    if (perc === undefined) return note;
    const [cameTrue = 0, numb = 0] = figures.map(Number);
    return say("report.note", { perc: Number(perc), true: cameTrue, numb });
  });

/** The error, the levels, the money, and what ended well, in sentences. */
export function calibrationText(calibration: Calibration, words: PageWords): string {
  const { error, intervals } = calibration;
  const perc = percent(error, words);
  const said =
    intervals.error === null
      ? words.say("report.error", { perc })
      : words.say("report.errorIn", {
          perc,
          from: percent(intervals.error.low, words),
          upto: percent(intervals.error.high, words),
        });
  return [
    said,
    ...levelsText(calibration, words),
    ...moneyText(calibration, words),
    ...endedText(calibration, words),
  ].join(" ");
}

function levelsText({ levels }: Calibration, words: PageWords): string[] {
  const texts = levels.flatMap(({ level, statements, stated, cameTrue }) =>
    stated === null || cameTrue === null || level === "watch"
      ? []
      : [
          words.say(`report.level.${level}`, {
            numb: statements,
            shar: shareText(cameTrue, words),
            perc: percent(stated, words),
          }),
        ],
  );
  return texts.length === 0 ? [] : [words.say("report.levels", { list: texts.join("; ") })];
}

function moneyText(calibration: Calibration, words: PageWords): string[] {
  const { statedMinor, lostMinor, statedByLost, statedLosses, losses, largestThree, intervals } = calibration;
  const { say } = words;
  if (statedByLost === null) return [say("report.noMoney")];
  const { statedByLost: interval } = intervals;
  const figures = {
    what: units(statedMinor, words),
    lost: units(lostMinor, words),
    fact: decimals(statedByLost, 2, words),
  };
  const money =
    interval === null
      ? say("report.moneyOf", figures)
      : say("report.moneyIn", {
          ...figures,
          from: decimals(interval.low, 2, words),
          upto: decimals(interval.high, 2, words),
        });
  return [
    money,
    ...(losses === 0 ? [] : [say("report.inNumber", { numb: Math.round(statedLosses), lost: losses })]),
    ...(largestThree === null ? [] : [say("report.largest", { perc: percent(largestThree, words) })]),
  ];
}

const endedText = ({ ended: { silences, medium, high } }: Calibration, words: PageWords): string[] =>
  medium === null || high === null
    ? []
    : [words.say("report.ended", { numb: silences, medi: percent(medium, words), high: percent(high, words) })];
