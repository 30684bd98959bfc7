import { reportGroupings, type ReasonRow, type ReportRow } from "@regulars/core/refusals/refusal-report";
import { NOT_SPECIFIED, NO_CLARIFICATION, groupName } from "@regulars/render/refusals/report-text";
import { reportChart } from "@regulars/render/refusals/report-chart";
import { html, raw } from "hono/html";
import { refusalsPath } from "../page/addresses.ts";
import { totalText } from "../deals/deal-text.ts";
import { type Html, layout } from "../page/layout.ts";
import type { RefusalsPage } from "./refusals-page.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";

/** The refusal report: won and lost deals by plan or manager, and lost deals by reason. */
export function refusalsView(page: RefusalsPage, refused?: RefusedForm): Html {
  const { tenant, report } = page;
  return layout({
    title: "Why deals are lost",
    main: html`<h1>Why deals are lost</h1>
      <p class="lead"><bdi>${tenant.name}</bdi> · closed deals, counted for the plan and manager at closing</p>
      ${askForm(page, refused)}
      ${
        report.total.closings === 0
          ? html`<p class="empty">No deal was closed in this time.</p>`
          : html`${chartView(page)} ${outcomesView(page)} ${reasonsView(page, report.total)}`
      }`,
  });
}

/** The filters in use, or those that were refused. */
function askForm({ tenant, asked: used }: RefusalsPage, refused: RefusedForm | undefined): Html {
  const asked: Readonly<Record<string, string | undefined>> = { ...used, ...filledIn(refused) };
  return html`${refusedView(refused)}
    <form class="review" method="get" action="${refusalsPath(tenant.tenantId)}">
      <label
        >By
        <select name="by">
          ${reportGroupings.map(
            (by) => html`<option value="${by}" ${by === asked["by"] ? html`selected` : ""}>${by}</option>`,
          )}
        </select></label
      >
      <label>From <input type="date" name="from" value="${asked["from"] ?? ""}" /></label>
      <label>To <input type="date" name="to" value="${asked["to"] ?? ""}" /></label>
      <label
        ><input
          type="checkbox"
          name="clarifications"
          value="yes"
          ${asked["clarifications"] === "yes" ? html`checked` : ""}
        />
        with clarifications</label
      >
      <button class="button">Show</button>
      <button class="button" name="csv" value="1">CSV</button>
    </form>`;
}

const percentText = (percent: number | null): string => (percent === null ? "" : `${percent.toFixed(1)} %`);

const chartView = ({ report, hrefOf }: RefusalsPage): Html =>
  html`<div class="card chart">${raw(reportChart(report, hrefOf))} ${raw(reportChart(report, hrefOf, "narrow"))}</div>`;

/** A count that links to the deals it counts. */
const linked = (count: number, href: string): Html => (count === 0 ? html`0` : html`<a href="${href}">${count}</a>`);

const outcomesView = ({ tenant, report, hrefOf }: RefusalsPage): Html =>
  html`<section class="card" aria-labelledby="outcomes">
    <h2 id="outcomes">Won and lost</h2>
    <div class="scroll" role="group" aria-label="Won and lost" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${report.by === "plan" ? "Sales plan" : "Manager"}</th>
            <th scope="col" class="number">Won</th>
            <th scope="col" class="number">Lost</th>
            <th scope="col" class="number">Won of closed</th>
            <th scope="col" class="number">Won value</th>
            <th scope="col" class="number">Opened again</th>
          </tr>
        </thead>
        <tbody>
          ${[...report.rows, report.total].map((row) => {
            const { count, percent, sums } = row.won;
            const { cancelled } = row;
            return html`<tr>
              <th scope="row"><bdi>${groupName(row)}</bdi></th>
              <td class="number">${linked(count, hrefOf(row.won.cell))}</td>
              <td class="number">${linked(row.lost.count, hrefOf(row.lost.cell))}</td>
              <td class="number">${percentText(percent)}</td>
              <td class="number">${totalText(tenant, { count, sums }).worth}</td>
              <td class="number">${cancelled === undefined ? 0 : linked(cancelled.count, hrefOf(cancelled.cell))}</td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
  </section>`;

const reasonsView = ({ hrefOf }: RefusalsPage, { reasons, lost }: ReportRow): Html =>
  html`<section class="card" aria-labelledby="reasons">
    <h2 id="reasons">Reasons of ${lost.count} lost</h2>
    <div class="scroll" role="group" aria-label="Reasons" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col" class="number">Lost</th>
            <th scope="col" class="number">Share</th>
            <th scope="col"><span class="hidden">As a bar</span></th>
          </tr>
        </thead>
        <tbody>
          ${reasons.map((reason) => reasonView(reason, hrefOf))}
        </tbody>
      </table>
    </div>
  </section>`;

const reasonView = (
  { name, count, percent, cell, clarifications = [] }: ReasonRow,
  hrefOf: RefusalsPage["hrefOf"],
): Html =>
  html`<tr>
      <th scope="row"><bdi>${name ?? NOT_SPECIFIED}</bdi></th>
      <td class="number">${linked(count, hrefOf(cell))}</td>
      <td class="number">${percentText(percent)}</td>
      <td>${bar(percent ?? 0)}</td>
    </tr>
    ${clarifications.map(
      (one) =>
        html`<tr>
          <td class="soft clarification"><bdi>${one.text ?? NO_CLARIFICATION}</bdi></td>
          <td class="number soft">${linked(one.count, hrefOf(one.cell))}</td>
          <td class="number soft">${percentText(one.percent)}</td>
          <td></td>
        </tr>`,
    )}`;

const bar = (percent: number): Html =>
  html`<svg class="bar-of" width="200" height="12" aria-hidden="true">
    <rect width="${Math.max(1, percent * 2).toFixed(0)}" height="12" rx="3" />
  </svg>`;
