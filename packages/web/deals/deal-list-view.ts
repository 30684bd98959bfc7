import { html } from "hono/html";
import { filterForm } from "./deal-filters.ts";
import type { DealListPage, DealRow } from "./deal-list-page.ts";
import { type Html, layout } from "../page/layout.ts";
import type { RefusedForm } from "../page/refused-form.ts";
import { counted } from "@regulars/core/platform/counted";
import { moment } from "../page/moments.ts";

/** A plan's deals in list mode. */
export function dealListView(page: DealListPage, refused?: RefusedForm): Html {
  const { tenant, plan, total, rows, boardAddress, nextAddress } = page;
  return layout({
    title: `${plan.name}, list`,
    isWide: true,
    main: html`<h1><bdi>${plan.name}</bdi></h1>
      <p class="lead"><bdi>${tenant.name}</bdi> · <a href="${boardAddress}">as a board</a></p>
      ${filterForm(page, refused)}
      <p class="soft" role="status">${counted(total.count, "deal")}${total.worth === "" ? "" : `, ${total.worth}`}</p>
      ${rows.length === 0 ? html`<p class="empty">No deals match the filters.</p>` : tableView(rows)}
      ${nextAddress === undefined ? "" : html`<p><a href="${nextAddress}">More</a></p>`}`,
  });
}

const tableView = (rows: readonly DealRow[]): Html =>
  html`<div class="card scroll" role="group" aria-label="Deals" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Deal</th>
          <th scope="col">Person</th>
          <th scope="col">Status</th>
          <th scope="col">Manager</th>
          <th scope="col" class="number">Amount</th>
          <th scope="col">Created</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map(rowView)}
      </tbody>
    </table>
  </div>`;

const rowView = ({ path, title, personName, statusName, managerName, amount, created }: DealRow): Html =>
  html`<tr>
    <th scope="row">
      <a href="${path}"><bdi>${title}</bdi></a>
    </th>
    <td><bdi>${personName ?? ""}</bdi></td>
    <td><bdi>${statusName}</bdi></td>
    <td>${managerName === undefined ? html`<strong>unassigned</strong>` : html`<bdi>${managerName}</bdi>`}</td>
    <td class="number">${amount}</td>
    <td>${moment(created)}</td>
  </tr>`;
