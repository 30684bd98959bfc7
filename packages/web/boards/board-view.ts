import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { distributionText } from "../assignment/rule-text.ts";
import { filterForm } from "../deals/deal-filters.ts";
import { planSettingsPath, plansPath, refusalsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { outcome } from "../page/outcome.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { rich } from "../page/rich.ts";
import type { BoardPageView, CardView } from "./board-page.ts";
import { BOARD_SCRIPT } from "./board-script.ts";
import { totalWords } from "../deals/total-words.ts";
import { columnsView } from "./column-view.ts";
import { manyForm } from "./many-form.ts";
import { gripsForm, moveForm } from "./move-form.ts";
import { whyDialog } from "./why-dialog.ts";

/** A sales plan's board: a column for each status, the newest deals first. */
export function boardView(page: BoardPageView, refused?: RefusedForm): Html {
  const { tenant, plan, words } = page;
  const { say } = words;
  return layout({
    title: plan.name,
    isWide: true,
    script: BOARD_SCRIPT,
    main: html`<div class="part-head">
        <h1><bdi>${plan.name}</bdi></h1>
        ${newDealLink(page)}
      </div>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · ${say("board.newLeads", { rule: distributionText(words, plan.distribution) })} ·
        <a href="${page.listAddress}">${say("board.asList")}</a> ·
        <a href="${refusalsPath(tenant.tenantId)}">${say("place.lost")}</a> ·
        <a href="${plansPath(tenant.tenantId)}">${say("board.allPlans")}</a>
        ${page.mayManage ? html` · <a href="${planSettingsPath(tenant.tenantId, plan.planId)}">${say("common.settings")}</a>` : ""}
      </p>
      ${refusedView(refused)} ${filterForm(page)} ${boardPart(page, refused)}
      <div id="said" role="status">
        ${page.changed === undefined ? "" : html`<p ${outcome}>${say("board.changed", { numb: page.changed })}</p>`}
        ${page.added === undefined ? "" : html`<p>${say("board.isNewIn", { name: page.added.title, stat: columnOf(page, page.added) })}</p>`}
      </div>
      ${whyDialog(page)}`,
  });
}

const newDealLink = ({ newDealAddress, words: { say } }: BoardPageView): Html =>
  newDealAddress === undefined
    ? html``
    : html`<a class="button main" href="${newDealAddress}">${say("newDeal.title")}</a>`;

const columnOf = ({ columns }: BoardPageView, { dealId }: CardView): string =>
  columns.find(({ cards }) => cards.some((card) => card.dealId === dealId))?.status.name ?? "";

/** What changes while people work on a board: its total, columns and cards. */
export const boardPart = (page: BoardPageView, refused?: RefusedForm): Html =>
  html`<div id="board" data-columns="${page.path}/columns" data-texts="${textsOf(page.words)}">
    <p class="soft" id="total">${totalWords(page.words, page.total)}</p>
    ${page.total.count === 0 && page.newDealAddress !== undefined ? html`<p class="empty">${rich(page.words, "newDeal.empty", { link: html`<a href="${page.newDealAddress}">${page.words.say("newDeal.first")}</a>` })}</p>` : ""}
    ${columnsView(page, refused)} ${manyForm(page, refused)} ${gripsForm(page)}
    <template id="move">${moveForm(page)}</template>
  </div>`;

/** The texts that the script says, with the names of their values in braces. */
const textsOf = ({ say }: PageWords): string => {
  const [name, stat] = ["{name}", "{stat}"];
  return JSON.stringify({
    isIn: say("board.isIn", { name, stat }),
    isNewIn: say("board.isNewIn", { name, stat }),
    stays: say("board.stays", { name }),
    notMoved: say("board.notMoved", { text: "{text}" }),
    noConnection: say("board.noConnection"),
    ended: say("board.ended"),
    failed: say("board.failed"),
    why: say("board.why", { name, stat }),
    chosen: say("board.chosen", { numb: "{numb}" }),
    columnNew: say("board.columnNew", { stat }),
    columnGone: say("board.columnGone", { stat }),
    columnNamed: say("board.columnNamed", { from: "{from}", stat }),
    moreChanges: say("board.moreChanges", { numb: "{numb}" }),
    moreFailed: say("board.moreFailed"),
  });
};
