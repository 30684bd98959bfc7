import { html } from "hono/html";
import { filterForm } from "./deal-filters.ts";
import type { DealListPage, DealRow } from "./deal-list-page.ts";
import { type Html, layout } from "../page/layout.ts";
import type { PageWords } from "@regulars/render/texts/page-words";
import { totalWords } from "./total-words.ts";
import { moment } from "../page/moments.ts";

/** A plan's deals in list mode. */
export function dealListView(page: DealListPage): Html {
  const { words, tenant, plan, total, rows, boardAddress, nextAddress } = page;
  const { say } = words;
  return layout({
    title: say("board.listOf", { name: plan.name }),
    isWide: true,
    main: html`<h1><bdi>${plan.name}</bdi></h1>
      <p class="lead"><bdi>${tenant.name}</bdi> · <a href="${boardAddress}">${say("board.asBoard")}</a></p>
      ${filterForm(page)}
      <p class="soft" role="status">${totalWords(words, total)}</p>
      ${rows.length === 0 ? html`<p class="empty">${say("deals.none")}</p>` : tableView(words, rows)}
      ${nextAddress === undefined ? "" : html`<p><a href="${nextAddress}">${say("common.next")}</a></p>`}`,
  });
}

const tableView = ({ say }: PageWords, rows: readonly DealRow[]): Html =>
  html`<div class="card scroll stack" role="group" aria-label="${say("deals.region")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("deals.deal")}</th>
          <th scope="col">${say("deals.person")}</th>
          <th scope="col">${say("deals.status")}</th>
          <th scope="col">${say("deals.manager")}</th>
          <th scope="col" class="number">${say("deals.amount")}</th>
          <th scope="col">${say("deals.created")}</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => rowView(row, say))}
      </tbody>
    </table>
  </div>`;

const rowView = (
  { path, title, personName, statusName, managerName, amount, created }: DealRow,
  say: PageWords["say"],
): Html =>
  html`<tr>
    <th scope="row">
      <a href="${path}"><bdi>${title}</bdi></a>
    </th>
    <td data-of="${say("deals.person")}"><bdi>${personName ?? ""}</bdi></td>
    <td data-of="${say("deals.status")}"><bdi>${statusName}</bdi></td>
    <td data-of="${say("deals.manager")}">
      ${managerName === undefined ? html`<strong>${say("board.unassigned")}</strong>` : html`<bdi>${managerName}</bdi>`}
    </td>
    <td class="number" data-of="${say("deals.amount")}">${amount}</td>
    <td data-of="${say("deals.created")}">${moment(created)}</td>
  </tr>`;
