import { counted } from "@regulars/core/platform/counted";
import type { Distribution } from "@regulars/core/sales-plans/distribution";
import { html } from "hono/html";
import { filterForm } from "../deals/deal-filters.ts";
import { refusalsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import type { RefusedForm } from "../page/refused-form.ts";
import type { BoardPageView } from "./board-page.ts";
import { BOARD_SCRIPT } from "./board-script.ts";
import { columnsView } from "./column-view.ts";
import { manyForm } from "./many-form.ts";
import { whyDialog } from "./why-dialog.ts";

/** A sales plan's board: a column for each status, the newest deals first. */
export function boardView(page: BoardPageView, refused?: RefusedForm): Html {
  const { tenant, plan } = page;
  return layout({
    title: plan.name,
    isWide: true,
    script: BOARD_SCRIPT,
    main: html`<h1><bdi>${plan.name}</bdi></h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · new leads go ${distributionWords(plan.distribution)} ·
        <a href="${page.listAddress}">as a list</a> · <a href="${refusalsPath(tenant.tenantId)}">why deals are lost</a>
      </p>
      ${filterForm(page, refused)} ${boardPart(page, refused)}
      <div id="said" role="status">
        ${page.changed === undefined ? "" : html`<p>${counted(page.changed, "deal")} changed.</p>`}
      </div>
      ${whyDialog(page)}`,
  });
}

/** What changes while people work on a board: its total, columns and cards. */
export const boardPart = (page: BoardPageView, refused?: RefusedForm): Html =>
  html`<div id="board" data-columns="${page.path}/columns">
    <p class="soft" id="total">${totalWords(page)}</p>
    ${columnsView(page, refused)} ${manyForm(page, refused)}
  </div>`;

const totalWords = ({ total }: BoardPageView): string =>
  `${counted(total.count, "deal")}${total.worth === "" ? "" : `, ${total.worth}`}`;

/** How a plan assigns its leads, as the end of "new leads go". */
export function distributionWords(distribution: Distribution): string {
  if (distribution.mode === "manual") return "to whoever is chosen by hand";
  const balance = distribution.balance === "even" ? "evenly to everybody" : "to whoever has the fewest open deals";
  return distribution.affinity === "related"
    ? `to whom the person knows, else ${balance}`
    : `${balance}, in random order`;
}
