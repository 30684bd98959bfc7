import { reportGroupings, type ReasonRow, type ReportRow } from "@regulars/core/refusals/refusal-report";
import { groupName } from "@regulars/render/refusals/report-text";
import { type ChartWords, reportChart } from "@regulars/render/refusals/report-chart";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html, raw } from "hono/html";
import { refusalsPath } from "../page/addresses.ts";
import { totalText } from "../deals/deal-text.ts";
import { type Html, layout } from "../page/layout.ts";
import { changedAddress } from "../page/query.ts";
import { option } from "../page/option.ts";
import type { RefusalsPage } from "./refusals-page.ts";

/** The refusal report: won and lost deals by plan or manager, and lost deals by reason. */
export function refusalsView(page: RefusalsPage): Html {
  const { tenant, words, report } = page;
  const { say } = words;
  return layout({
    title: say("place.lost"),
    main: html`<h1>${say("place.lost")}</h1>
      <p class="lead"><bdi>${tenant.name}</bdi> · ${say("refusals.lead")}</p>
      ${askView(page)}
      ${
        report.total.closings === 0
          ? html`<p class="empty">${say("refusals.none")}</p>`
          : html`${chartView(page)} ${outcomesView(page)} ${reasonsView(page, report.total)}`
      }`,
  });
}

/** What the report is by, as one click; its filters, folded while none is in use; and its figures as a file. */
function askView(page: RefusalsPage): Html {
  const { tenant, words, asked } = page;
  const { say } = words;
  const { by: chosen, ...filters } = asked;
  const address = (change: Readonly<Record<string, string>>): string =>
    changedAddress(refusalsPath(tenant.tenantId), { ...asked, ...change });
  return html`<div class="choices">
    <span>${say("refusals.by")}</span>
    <ul class="choices">
      ${reportGroupings.map((by) => {
        const text = say(`refusals.by.${by}`);
        return by === chosen
          ? html`<li><strong aria-current="true">${text}</strong></li>`
          : html`<li><a href="${address({ by })}">${text}</a></li>`;
      })}
    </ul>
    <a href="${address({ csv: "1" })}">CSV</a>
    <details ${Object.values(filters).some((value) => value !== undefined) ? html`open` : ""}>
      <summary>${say("common.filter")}</summary>
      ${filterForm(page)}
    </details>
  </div>`;
}

/** The filters in use. */
function filterForm({ tenant, words: { say }, asked, plans }: RefusalsPage): Html {
  const path = refusalsPath(tenant.tenantId);
  return html`<form class="review" method="get" action="${path}">
    <input type="hidden" name="by" value="${asked.by}" />
    ${
      plans.length < 2
        ? ""
        : html`<label
            >${say("refusals.plan")}
            <select name="planId">
              ${option("", say("deals.all"), asked.planId === undefined)}
              ${plans.map(({ planId, name }) => option(planId, name, planId === asked.planId))}
            </select></label
          >`
    }
    <label>${say("refusals.from")} <input type="date" name="from" value="${asked.from ?? ""}" /></label>
    <label>${say("refusals.to")} <input type="date" name="to" value="${asked.to ?? ""}" /></label>
    <label
      ><input
        type="checkbox"
        name="clarifications"
        value="yes"
        ${asked.clarifications === "yes" ? html`checked` : ""}
      />
      ${say("refusals.withClarifications")}</label
    >
    <button class="button">${say("common.show")}</button>
    <a href="${changedAddress(path, { by: asked.by })}">${say("common.clear")}</a>
  </form>`;
}

const percentText = (percent: number | null, { formats }: PageWords): string =>
  percent === null
    ? ""
    : `${new Intl.NumberFormat(formats.locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(percent)} %`;

const groupWords = ({ say }: PageWords) => ({ total: say("refusals.total"), nobody: say("refusals.nobody") });

const chartWords = ({ words, report: { by, total } }: RefusalsPage): ChartWords => ({
  ...groupWords(words),
  title: words.say(`refusals.chart.${by}`, { wins: total.won.count, lost: total.lost.count }),
  notSpecified: words.say("refusals.notSpecified"),
  won: words.say("refusals.barWon"),
  others: words.say("refusals.others"),
  number: words.formats.number,
  firstOf: (text, numb, most) => words.say("refusals.firstOf", { text, numb, most }),
});

function chartView(page: RefusalsPage): Html {
  const [wide, narrow] = (["wide", "narrow"] as const).map((size) =>
    raw(reportChart(page.report, page.hrefOf, size, chartWords(page))),
  );
  return html`<div class="card chart">${wide} ${narrow}</div>`;
}

/** A count that links to the deals it counts. */
const linked = ({ formats }: PageWords, count: number, href: string): Html =>
  count === 0 ? html`0` : html`<a href="${href}">${formats.number(count)}</a>`;

const outcomesView = ({ words, report, hrefOf }: RefusalsPage): Html =>
  html`<section class="card" aria-labelledby="outcomes">
    <h2 id="outcomes">${words.say("refusals.wonAndLost")}</h2>
    <div class="scroll stack" role="group" aria-label="${words.say("refusals.wonAndLost")}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.say(`refusals.${report.by}`)}</th>
            <th scope="col" class="number">${words.say("refusals.won")}</th>
            <th scope="col" class="number">${words.say("refusals.lost")}</th>
            <th scope="col" class="number">${words.say("refusals.wonOfClosed")}</th>
            <th scope="col" class="number">${words.say("refusals.wonValue")}</th>
            <th scope="col" class="number">${words.say("refusals.openedAgain")}</th>
          </tr>
        </thead>
        <tbody>
          ${[...report.rows, report.total].map((row) => {
            const { count, percent, sums } = row.won;
            const { cancelled } = row;
            return html`<tr>
              <th scope="row"><bdi>${groupName(row, groupWords(words))}</bdi></th>
              <td class="number" data-of="${words.say("refusals.won")}">
                ${linked(words, count, hrefOf(row.won.cell))}
              </td>
              <td class="number" data-of="${words.say("refusals.lost")}">
                ${linked(words, row.lost.count, hrefOf(row.lost.cell))}
              </td>
              <td class="number" data-of="${words.say("refusals.wonOfClosed")}">${percentText(percent, words)}</td>
              <td class="number" data-of="${words.say("refusals.wonValue")}">
                ${totalText(words.formats, { count, sums }).worth}
              </td>
              <td class="number" data-of="${words.say("refusals.openedAgain")}">
                ${cancelled === undefined ? 0 : linked(words, cancelled.count, hrefOf(cancelled.cell))}
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;

const reasonsView = ({ words, hrefOf }: RefusalsPage, { reasons, lost }: ReportRow): Html =>
  html`<section class="card" aria-labelledby="reasons">
    <h2 id="reasons">${words.say("refusals.reasonsOf", { numb: lost.count })}</h2>
    <div class="scroll stack" role="group" aria-label="${words.say("refusals.reasons")}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${words.say("refusals.reason")}</th>
            <th scope="col" class="number">${words.say("refusals.lost")}</th>
            <th scope="col" class="number">${words.say("refusals.share")}</th>
            <th scope="col"><span class="hidden">${words.say("refusals.asBar")}</span></th>
          </tr>
        </thead>
        <tbody>
          ${reasons.map((reason) => reasonView(reason, words, hrefOf))}
        </tbody>
      </table>
    </div>
  </section>`;

const reasonView = (
  { name, count, percent, cell, clarifications = [] }: ReasonRow,
  words: PageWords,
  hrefOf: RefusalsPage["hrefOf"],
): Html =>
  html`<tr>
      <th scope="row"><bdi>${name ?? words.say("refusals.notSpecified")}</bdi></th>
      <td class="number" data-of="${words.say("refusals.lost")}">${linked(words, count, hrefOf(cell))}</td>
      <td class="number" data-of="${words.say("refusals.share")}">${percentText(percent, words)}</td>
      <td class="long">${bar(percent ?? 0)}</td>
    </tr>
    ${clarifications.map(
      (one) =>
        html`<tr>
          <td class="soft clarification long"><bdi>${one.text ?? words.say("refusals.noClarification")}</bdi></td>
          <td class="number soft">${linked(words, one.count, hrefOf(one.cell))}</td>
          <td class="number soft">${percentText(one.percent, words)}</td>
          <td></td>
        </tr>`,
    )}`;

const bar = (percent: number): Html =>
  html`<svg class="bar-of" width="200" height="12" aria-hidden="true">
    <rect width="${Math.max(1, percent * 2).toFixed(0)}" height="12" rx="3" />
  </svg>`;
