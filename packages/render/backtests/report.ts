import type { BacktestReport } from "@regulars/core/backtests/run";
import type { Estimate } from "@regulars/core/backtests/estimate";
import type { RuleScore } from "@regulars/core/backtests/rule-score";
import { type KindScore, hasNothing } from "@regulars/core/backtests/score";
import { calibrationHtml, rankingHtml } from "./report-tables.ts";
import { daySchema } from "@regulars/core/platform/values";
import type { PageWords } from "../texts/page-words.ts";
import { headlineText } from "./headline-words.ts";
import { decimals, escape, precisionText, scrolling, shareText, titleText } from "./report-words.ts";
import { simplerText } from "./simpler-words.ts";

const ROW = 34;
const TOP = 34;
const LABELS = 320;
const PLOT = 235;
const GAP = 60;
const WIDTH = LABELS + 2 * PLOT + GAP + 40;

/**
 * A backtest report as one self-contained HTML page in the reader's language: a plot and a table for each kind. `name` is
 * whose orders it is about, `back` the address of the page that it was opened from, if any.
 */
export function backtestHtml(name: string, report: BacktestReport, words: PageWords, back?: string): string {
  const { say, formats } = words;
  const title = say("report.of", { name });
  const lead = say("report.lead", {
    cust: report.customers,
    days: report.orderDays,
    from: formats.day(daySchema.parse(report.from)),
    upto: formats.day(daySchema.parse(report.to)),
    most: report.horizonDays,
    draw: report.resamples,
    seed: String(report.seed),
  });
  return `<!doctype html>
<html lang="${words.language}">
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
${back === undefined ? "" : `<p><a href="${escape(back)}">${escape(say("report.back"))}</a></p>`}
<h1>${escape(title)}</h1>
<p>${escape(lead)}</p>
${report.kinds.every(hasNothing) ? `<p>${escape(say("report.nothing"))}</p>` : report.kinds.map((kind) => kindHtml(kind, words)).join("\n")}
</main>
</body>
</html>
`;
}

const kindHtml = (kind: KindScore, words: PageWords): string => `<section>
<h2>${escape(kindTitle(kind, words))}</h2>
${kind.headline === null ? "" : `<p class="headline">${escape(headlineText(kind.headline, words))}</p>`}
<p>${escape(saysText(kind, words))} ${escape(foundText(kind, words))}</p>
${hasNothing(kind) ? "" : figures(kind, words)}
</section>`;

const figures = (kind: KindScore, words: PageWords): string => `${plot(kind, words)}
${table(kind, words)}
${kind.simpler.map((text) => `<p>${escape(simplerText(text, words))}</p>`).join("")}
${kind.ranking === null ? "" : rankingHtml(kind.ranking, words)}
${kind.calibration === null ? "" : calibrationHtml(kind.calibration, words)}`;

const kindTitle = ({ kind, title }: KindScore, words: PageWords): string => words.kindTitle(kind) ?? title;

/** What counts as right, by the first words under which a report keeps it in English. */
function saysText({ says }: KindScore, { say }: PageWords): string {
  if (says.startsWith("One alert for each silence,")) return say("says.silences");
  return says.startsWith("One alert for each absence of an item ") ? say("says.items") : says;
}

const foundText = ({ eligibleCustomers: numb, truths }: KindScore, { say }: PageWords): string =>
  truths === 0 ? say("report.enoughNone", { numb }) : say("report.enough", { numb, trth: truths });

function plot(kind: KindScore, words: PageWords): string {
  const { rules } = kind;
  const { say } = words;
  const height = TOP + rules.length * ROW + 24;
  const rows = rules.map((rule, i) => plotRow(rule, TOP + i * ROW + ROW / 2, words)).join("");
  const axes = [
    { name: say("report.precision"), left: LABELS },
    { name: say("report.recall"), left: LABELS + PLOT + GAP },
  ].map(({ name, left }) => axis(name, left, height));
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escape(say("report.plot", { name: kindTitle(kind, words) }))}">${axes.join("")}${rows}</svg>`;
}

function axis(name: string, left: number, height: number): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const x = left + share * PLOT;
    return `<line class="axis" x1="${x}" y1="${TOP}" x2="${x}" y2="${height - 22}"/><text class="soft" x="${x}" y="${height - 6}" text-anchor="middle">${100 * share} %</text>`;
  });
  return `<text x="${left}" y="20" font-weight="600">${escape(name)}</text>${ticks.join("")}`;
}

/** The product's own rules have a filled dot, the baselines a hollow one; the colour only repeats this. */
function plotRow({ rule, title, isOurs, precision, recall }: RuleScore, y: number, words: PageWords): string {
  const name = titleText(title, words);
  const mark = (estimate: Estimate | null, left: number): string => {
    if (estimate === null) return "";
    const x = (share: number): string => (left + share * PLOT).toFixed(1);
    const colour = isOurs ? "ours" : "other";
    return `<line class="${colour}" stroke-width="2" x1="${x(estimate.low)}" y1="${y}" x2="${x(estimate.high)}" y2="${y}"/><circle class="${colour}" ${isOurs ? "" : 'fill-opacity="0.25"'} cx="${x(estimate.value)}" cy="${y}" r="5"><title>${escape(name)}: ${shareText(estimate, words)}</title></circle>`;
  };
  return `<g data-rule="${escape(rule)}"><text x="0" y="${y + 4}">${escape(name)}</text>${mark(precision, LABELS)}${mark(recall, LABELS + PLOT + GAP)}</g>`;
}

function table(kind: KindScore, words: PageWords): string {
  const { say } = words;
  const names = (["rule", "alerts", "right", "precision", "equal", "money", "recall"] as const).map((name) =>
    say(`report.${name}`),
  );
  const all = [...names, "F1", say("report.per100"), say("report.silent"), say("report.lead-days")];
  return scrolling(
    say("report.rules", { name: kindTitle(kind, words) }),
    `<table>
<thead><tr>${all.map((name) => `<th>${escape(name)}</th>`).join("")}</tr></thead>
<tbody>${kind.rules.map((one) => ruleRow(one, words)).join("")}</tbody></table>`,
  );
}

function ruleRow(one: RuleScore, words: PageWords): string {
  const { number } = words.formats;
  const orDash = (value: number | null): string => (value === null ? "–" : number(value));
  const cells = [
    number(one.alerts),
    number(one.hits),
    precisionText(one.precision, one.alerts, words),
    equalText(one, words),
    shareText(one.valuePrecision, words),
    shareText(one.recall, words),
    one.f1 === null ? "–" : decimals(one.f1.value, 3, words),
    orDash(one.alertsPer100),
    orDash(one.medianSilentDays),
    orDash(one.medianLeadDays),
  ];
  return `<tr><th scope="row">${escape(titleText(one.title, words))}</th>${cells.map((cell) => `<td>${escape(cell)}</td>`).join("")}</tr>`;
}

/** What a rule reaches with its limit moved until it alerts as often as `high`. */
const equalText = ({ atEqualNumber }: RuleScore, words: PageWords): string =>
  atEqualNumber === null
    ? "–"
    : words.say("report.ofAlerts", { text: shareText(atEqualNumber.precision, words), numb: atEqualNumber.alerts });
