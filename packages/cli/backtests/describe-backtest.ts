import type { RankingReport } from "@regulars/core/backtests/ranking-score";
import type { BacktestReport } from "@regulars/core/backtests/run";
import { type KindScore, hasNothing } from "@regulars/core/backtests/score";
import { counted } from "@regulars/core/platform/counted";
import { calibrationText } from "@regulars/render/backtests/report-tables";
import { averageText, percent, shareText } from "@regulars/render/backtests/report-words";
import type { PageWords } from "@regulars/render/texts/page-words";
import { textTable } from "../text-table.ts";

/** A backtest's report as text: each kind begins with its sentence. */
export function describeBacktest(title: string, report: BacktestReport, words: PageWords): string {
  const span = `${report.from} to ${report.to}, ${counted(report.customers, "customer")}; an alert is right when it stays true for the days that it names, at most ${report.horizonDays}`;
  const kinds = report.kinds.every(hasNothing)
    ? [words.say("report.nothing")]
    : report.kinds.map((kind) => describeKind(kind, words));
  return [`${title}, ${span}`, ...kinds].join("\n\n");
}

function describeKind(kind: KindScore, words: PageWords): string {
  const { title, headline, eligibleCustomers, truths, rules, ranking, calibration, simpler } = kind;
  const found = `${title}: ${counted(eligibleCustomers, "customer")} with enough history, ${truths} to find`;
  if (hasNothing(kind)) return `${found}: ${words.say("report.tooFew")}`;
  const header = ["RULE", "ALERTS", "PRECISION (95 %)", "AT EQUAL NUMBER", "OF THE MONEY", "RECALL (95 %)", "SILENT"];
  const rows = rules.map((one) => [
    one.title,
    String(one.alerts),
    shareText(one.precision, words),
    one.atEqualNumber === null
      ? "–"
      : `${shareText(one.atEqualNumber.precision, words)} of ${one.atEqualNumber.alerts}`,
    one.valuePrecision === null ? "–" : percent(one.valuePrecision.value, words),
    shareText(one.recall, words),
    String(one.medianSilentDays ?? "–"),
  ]);
  return [
    found,
    ...(headline === null ? [] : [headline.says]),
    textTable(header, rows),
    ...simpler,
    ...(ranking === null ? [] : [describeRanking(ranking, words)]),
    ...(calibration === null ? [] : [...calibration.notes, calibrationText(calibration, words)]),
  ].join("\n");
}

function describeRanking({ rankings, lists }: RankingReport, words: PageWords): string {
  const header = [`ORDER OF ${lists} LISTS`, "AVERAGE PRECISION (95 %)", "CALLS", "RIGHT (95 %)", "LOST MONEY"];
  const rows = rankings.map((one) => [
    one.title,
    averageText(one.averagePrecision, words),
    String(one.calls),
    shareText(one.firstTen, words),
    String(one.lostMinor === null ? "–" : Math.round(one.lostMinor.value / 100)),
  ]);
  return textTable(header, rows);
}
