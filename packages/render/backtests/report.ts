import type { BacktestReport } from "@regulars/core/backtests/run";
import type { Estimate } from "@regulars/core/backtests/estimate";
import type { RuleScore } from "@regulars/core/backtests/rule-score";
import type { KindScore } from "@regulars/core/backtests/score";
import { calibrationHtml, rankingHtml } from "./report-tables.ts";
import { TOO_FEW, escape, precisionText, scrolling, shareText } from "./report-words.ts";

const ROW = 34;
const TOP = 34;
const LABELS = 320;
const PLOT = 235;
const GAP = 60;
const WIDTH = LABELS + 2 * PLOT + GAP + 40;

/**
 * A backtest report as one self-contained HTML page: a plot and a table for each kind. `back` is the address of the page
 * that it was opened from, if any.
 */
export function backtestHtml(title: string, report: BacktestReport, back?: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>
:root { color-scheme: light dark; --ink: light-dark(#1d2733, #eef2f5); --soft: light-dark(#56616e, #a9b5c0); --edge: light-dark(#dfe4e9, #36414b); --ours: light-dark(#0b5468, #7fc8dc); --other: light-dark(#8a94a0, #8a94a0); --paper: light-dark(#fff, #1b2127); }
body { max-width: 1120px; margin: 24px auto; padding: 0 16px; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
h1 { font-size: 26px; } h3 { margin-top: 28px; font-size: 17px; } p.headline { color: var(--ink); font-size: 19px; } h2 { margin-top: 36px; font-size: 20px; }
p { color: var(--soft); } a { color: var(--ours); } svg { width: 100%; height: auto; } svg text { fill: var(--ink); font: 13px system-ui, sans-serif; }
svg .axis { stroke: var(--edge); } svg .soft { fill: var(--soft); }
svg .ours { stroke: var(--ours); fill: var(--ours); } svg .other { stroke: var(--other); fill: var(--other); }
.scroll { overflow-x: auto; } table { width: 100%; border-collapse: collapse; font-size: 14px; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px 6px 0; white-space: nowrap; border-top: 1px solid var(--edge); text-align: right; } th:first-child { text-align: left; font-weight: 400; } thead th { color: var(--soft); border-top: 0; }
</style>
</head>
<body>
<main>
${back === undefined ? "" : `<p><a href="${escape(back)}">‹ How right the rules are</a></p>`}
<h1>${escape(title)}</h1>
<p>${report.customers} customers with ${report.orderDays} order days from ${report.from} to ${report.to}. On each
day, rules see only what was known then; an alert is right when it stays true for the days that it names, at most ${report.horizonDays}. The bars are
95 % intervals from ${report.resamples} bootstrap resamples of the customers (seed ${report.seed}).</p>
${report.kinds.map(kindHtml).join("\n")}
</main>
</body>
</html>
`;
}

const kindHtml = (kind: KindScore): string => `<section>
<h2>${escape(kind.title)}</h2>
${kind.headline === null ? "" : `<p class="headline">${escape(kind.headline.says)}</p>`}
<p>${escape(kind.says)} ${kind.eligibleCustomers} customers have enough history; there were ${kind.truths} to find${kind.truths === 0 ? `: ${TOO_FEW}` : ""}.</p>
${plot(kind)}
${table(kind)}
${kind.simpler.map((text) => `<p>${escape(text)}</p>`).join("")}
${kind.ranking === null ? "" : rankingHtml(kind.ranking)}
${kind.calibration === null ? "" : calibrationHtml(kind.calibration)}
</section>`;

function plot({ title, rules }: KindScore): string {
  const height = TOP + rules.length * ROW + 24;
  const rows = rules.map((rule, i) => plotRow(rule, TOP + i * ROW + ROW / 2)).join("");
  const axes = [
    { name: "Precision", left: LABELS },
    { name: "Recall", left: LABELS + PLOT + GAP },
  ].map(({ name, left }) => axis(name, left, height));
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Precision and recall of each rule, ${escape(title)}">${axes.join("")}${rows}</svg>`;
}

function axis(name: string, left: number, height: number): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const x = left + share * PLOT;
    return `<line class="axis" x1="${x}" y1="${TOP}" x2="${x}" y2="${height - 22}"/><text class="soft" x="${x}" y="${height - 6}" text-anchor="middle">${100 * share} %</text>`;
  });
  return `<text x="${left}" y="20" font-weight="600">${name}</text>${ticks.join("")}`;
}

/** The product's own rules have a filled dot, the baselines a hollow one; the colour only repeats this. */
function plotRow({ rule, title, isOurs, precision, recall }: RuleScore, y: number): string {
  const mark = (estimate: Estimate | null, left: number): string => {
    if (estimate === null) return "";
    const x = (share: number): string => (left + share * PLOT).toFixed(1);
    const name = isOurs ? "ours" : "other";
    return `<line class="${name}" stroke-width="2" x1="${x(estimate.low)}" y1="${y}" x2="${x(estimate.high)}" y2="${y}"/><circle class="${name}" ${isOurs ? "" : 'fill-opacity="0.25"'} cx="${x(estimate.value)}" cy="${y}" r="5"><title>${escape(title)}: ${shareText(estimate)}</title></circle>`;
  };
  return `<g data-rule="${escape(rule)}"><text x="0" y="${y + 4}">${escape(title)}</text>${mark(precision, LABELS)}${mark(recall, LABELS + PLOT + GAP)}</g>`;
}

const table = ({ rules, title }: KindScore): string =>
  scrolling(
    `Rules, ${title}`,
    `<table>
<thead><tr><th>Rule</th><th>Alerts</th><th>Right</th><th>Precision</th><th>At as many alerts as high</th><th>Of the money</th><th>Recall</th><th>F1</th><th>Alerts per 100</th><th>Silent days</th><th>Lead days</th></tr></thead>
<tbody>${rules
      .map(
        (one) =>
          `<tr><th scope="row">${escape(one.title)}</th><td>${one.alerts}</td><td>${one.hits}</td><td>${precisionText(one.precision, one.alerts)}</td><td>${equalText(one)}</td><td>${shareText(one.valuePrecision)}</td><td>${shareText(one.recall)}</td><td>${one.f1 === null ? "–" : one.f1.value.toFixed(3)}</td><td>${one.alertsPer100 ?? "–"}</td><td>${one.medianSilentDays ?? "–"}</td><td>${one.medianLeadDays ?? "–"}</td></tr>`,
      )
      .join("")}</tbody></table>`,
  );

/** What a rule reaches with its limit moved until it alerts as often as `high`. */
const equalText = ({ atEqualNumber }: RuleScore): string =>
  atEqualNumber === null ? "–" : `${shareText(atEqualNumber.precision)} of ${atEqualNumber.alerts}`;
