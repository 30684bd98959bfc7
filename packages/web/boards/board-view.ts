import type { Distribution } from "@regulars/core/sales-plans/distribution";
import { html } from "hono/html";
import { dot } from "../deals/status-dot.ts";
import { refusalsPath } from "../page/addresses.ts";
import type { BoardPageView, CardView, ColumnView } from "./board-page.ts";
import { filterForm } from "../deals/deal-filters.ts";
import { type Html, layout } from "../page/layout.ts";
import type { RefusedForm } from "../page/refused-form.ts";
import { time } from "../insights/marks.ts";
import { counted } from "@regulars/core/platform/counted";

/** A sales plan's board: a column for each status, the newest deals first. */
export function boardView(page: BoardPageView, refused?: RefusedForm): Html {
  const { tenant, plan, total, columns } = page;
  return layout({
    title: plan.name,
    isWide: true,
    main: html`<h1><bdi>${plan.name}</bdi></h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · new leads go ${distributionWords(plan.distribution)} ·
        <a href="${page.listAddress}">as a list</a> · <a href="${refusalsPath(tenant.tenantId)}">why deals are lost</a>
      </p>
      ${filterForm(page, refused)}
      <p class="soft" role="status">${counted(total.count, "deal")}${total.worth === "" ? "" : `, ${total.worth}`}</p>
      <div class="board" role="group" aria-label="Board" tabindex="0">${columns.map(columnView)}</div>`,
  });
}

/** How a plan assigns its leads, as the end of "new leads go". */
export function distributionWords(distribution: Distribution): string {
  if (distribution.mode === "manual") return "to whoever is chosen by hand";
  const balance = distribution.balance === "even" ? "evenly to everybody" : "to whoever has the fewest open deals";
  return distribution.affinity === "related"
    ? `to whom the person knows, else ${balance}`
    : `${balance}, in random order`;
}

const columnView = ({ name, colour, total, cards, listAddress }: ColumnView): Html =>
  html`<section class="column">
    <h2>${dot(colour)} <bdi>${name}</bdi> <span class="soft">${total.count}</span></h2>
    <p class="soft">${total.worth === "" ? "nothing" : total.worth}</p>
    <ol>
      ${cards.map(cardView)}
    </ol>
    ${total.count > cards.length ? html`<p><a href="${listAddress}">and ${total.count - cards.length} more</a></p>` : ""}
  </section>`;

const cardView = ({ path, title, personName, amount, managerName, changed }: CardView): Html =>
  html`<li class="deal">
    <a class="who" href="${path}"><bdi>${title}</bdi></a>
    <p>${personName === undefined ? "" : html`<bdi>${personName}</bdi> · `}${amount}</p>
    <p class="soft">
      ${managerName === undefined ? html`<strong>unassigned</strong>` : html`<bdi>${managerName}</bdi>`} ·
      ${time(changed)}
    </p>
  </li>`;
