import { html } from "hono/html";
import { refusalsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment } from "../page/moments.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import type { ClosedRow, RefusalDealsPage } from "./refusal-deals-page.ts";

const titles = { won: "Won deals", lost: "Lost deals", cancelled: "Deals opened again" } as const;

/** Exactly the deals that a cell of the refusal report counts (seed 001, "in one click"). */
export const refusalDealsView = (
  { tenant, outcome, rows, nextAddress }: RefusalDealsPage,
  refused?: RefusedForm,
): Html =>
  layout({
    title: titles[outcome],
    crumbs: [{ name: "Why deals are lost", path: refusalsPath(tenant.tenantId) }],
    main: html`<h1>${titles[outcome]}</h1>
      ${refusedView(refused)}
      <p class="lead"><bdi>${tenant.name}</bdi> · the latest first</p>
      <div class="card scroll" role="group" aria-label="Deals" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">Closed</th>
              <th scope="col">Deal</th>
              <th scope="col">Manager then</th>
              <th scope="col" class="number">Amount</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(rowView)}
          </tbody>
        </table>
      </div>
      ${nextAddress === undefined ? "" : html`<p><a href="${nextAddress}">More</a></p>`}`,
  });

const rowView = ({ path, title, closed, managerName, amount, why, cancelled }: ClosedRow): Html =>
  html`<tr>
    <td>${moment(closed)}</td>
    <th scope="row">
      <a href="${path}"><bdi>${title}</bdi></a>
    </th>
    <td><bdi>${managerName}</bdi></td>
    <td class="number">${amount}</td>
    <td>
      <bdi>${why}</bdi>
      ${cancelled === undefined ? "" : html`<span class="soft">opened again ${moment(cancelled)}</span>`}
    </td>
  </tr>`;
