import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { refusalsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment } from "../page/moments.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { rich } from "../page/rich.ts";
import type { ClosedRow, RefusalDealsPage } from "./refusal-deals-page.ts";

/** Exactly the deals that a cell of the refusal report counts. */
export const refusalDealsView = (
  { tenant, words, outcome, rows, nextAddress }: RefusalDealsPage,
  refused?: RefusedForm,
): Html => {
  const { say } = words;
  return layout({
    title: say(`closedDeals.${outcome}`),
    crumbs: [{ name: say("place.lost"), path: refusalsPath(tenant.tenantId) }],
    main: html`<h1>${say(`closedDeals.${outcome}`)}</h1>
      ${refusedView(refused)}
      <p class="lead"><bdi>${tenant.name}</bdi> · ${say("closedDeals.lead")}</p>
      ${rows.length === 0 ? html`<p class="empty">${say("refusals.none")}</p>` : tableView(rows, words)}
      ${nextAddress === undefined ? "" : html`<p><a href="${nextAddress}">${say("closedDeals.more")}</a></p>`}`,
  });
};

const tableView = (rows: readonly ClosedRow[], words: PageWords): Html => {
  const { say } = words;
  // A won deal has no reason: a column without any is left out.
  const hasWhy = rows.some(({ why, cancelled }) => why !== "" || cancelled !== undefined);
  return html`<div class="card scroll stack" role="group" aria-label="${say("deals.region")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("closedDeals.closed")}</th>
          <th scope="col">${say("deals.deal")}</th>
          <th scope="col">${say("closedDeals.managerThen")}</th>
          <th scope="col" class="number">${say("deals.amount")}</th>
          ${hasWhy ? html`<th scope="col">${say("closedDeals.why")}</th>` : ""}
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => rowView(row, words, hasWhy))}
      </tbody>
    </table>
  </div>`;
};

const rowView = (row: ClosedRow, words: PageWords, hasWhy: boolean): Html => {
  const { path, title, closed, managerName, amount } = row;
  return html`<tr>
    <td data-of="${words.say("closedDeals.closed")}">${moment(closed)}</td>
    <th scope="row">
      <a href="${path}"><bdi>${title}</bdi></a>
    </th>
    <td data-of="${words.say("closedDeals.managerThen")}"><bdi>${managerName}</bdi></td>
    <td class="number" data-of="${words.say("deals.amount")}">${amount}</td>
    ${hasWhy ? whyView(row, words) : ""}
  </tr>`;
};

const whyView = ({ why, cancelled }: ClosedRow, words: PageWords): Html =>
  html`<td class="long" data-of="${words.say("closedDeals.why")}">
    <bdi>${why === "" ? "–" : why}</bdi>
    ${cancelled === undefined ? "" : html`<span class="soft">${rich(words, "closedDeals.openedAgain", { date: moment(cancelled) })}</span>`}
  </td>`;
