import type { Status } from "@regulars/core/sales-plans/status";
import { html } from "hono/html";
import { dot } from "../sales-plans/status-dot.ts";
import { time } from "../insights/marks.ts";
import type { Html } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import type { RefusedForm } from "../page/refused-form.ts";
import { type BoardPageView, type CardView, type ColumnView, anchorOf, cardAnchorOf } from "./board-page.ts";
import { CARDS } from "./shown-cards.ts";

/** What the cards of one board share. */
interface Board {
  readonly page: BoardPageView;
  readonly refused: RefusedForm | undefined;
}

/** The columns of a board, side by side. */
export const columnsView = (page: BoardPageView, refused?: RefusedForm): Html =>
  html`<div class="board" role="group" aria-label="${page.words.say("board.board")}" tabindex="0">
    ${page.columns.map((column) => columnView(column, { page, refused }))}
  </div>`;

/** Whether a drop on this status asks for the reason why a deal is lost. */
export const asksWhy = ({ kind, refusal }: Status): boolean =>
  kind === "lost" && (refusal?.isRequired === true || (refusal?.reasonIds.length ?? 0) > 0);

const columnView = (column: ColumnView, board: Board): Html => {
  const { status, total, cards, more } = column;
  const anchor = anchorOf(status.statusId);
  const why = asksWhy(status)
    ? html`data-why="${status.refusal?.reasonIds.join(" ") ?? ""}" data-must="${status.refusal?.isRequired === true}"`
    : "";
  return html`<section
    class="column"
    id="${anchor}"
    data-status="${status.statusId}"
    data-name="${status.name}"
    data-deals="${total.count}"
    ${why}
    aria-labelledby="${anchor}-name"
  >
    <h2 id="${anchor}-name">
      ${dot(status.colour)} <bdi>${status.name}</bdi> <span class="soft">${total.count}</span>
    </h2>
    <p class="soft worth">${total.worth === "" ? board.page.words.say("board.nothing") : total.worth}</p>
    <ol class="cards">
      ${cards.map((card) => cardView(card, column, board))}
    </ol>
    ${more === undefined ? "" : moreView(more, board)}
  </section>`;
};

const moreView = (
  { address, place, count }: NonNullable<ColumnView["more"]>,
  {
    page: {
      words: { say },
    },
  }: Board,
): Html =>
  html`<p class="more">
    <a class="button" href="${address}" data-after="${place}">${say("board.more", { numb: Math.min(CARDS, count) })}</a>
    <span class="soft">${say("board.of", { numb: count })}</span>
  </p>`;

const cardView = (card: CardView, { status }: ColumnView, board: Board): Html =>
  html`<li class="deal" id="${cardAnchorOf(card.dealId)}" data-title="${card.title}">
    <a class="who" href="${card.path}"><bdi>${card.title}</bdi></a>
    <p>${card.personName === undefined ? "" : html`<bdi>${card.personName}</bdi> · `}${card.amount}</p>
    <p class="soft">
      ${card.managerName === undefined ? html`<strong>${board.page.words.say("board.unassigned")}</strong>` : html`<bdi>${card.managerName}</bdi>`}
      · ${time(card.changed)}
    </p>
    ${
      board.page.mayChangeMany
        ? html`<label class="choose"
            ><input
              type="checkbox"
              name="deal"
              value="${card.dealId}"
              form="many"
              ${isChosen(card, board) ? html`checked` : ""}
              aria-label="${board.page.words.say("board.choose", { name: card.title })}"
          /></label>`
        : ""
    }
    ${card.mayMove ? moveForm(card, status, board) : ""}
  </li>`;

/** The way to move a card that needs no pointer and no script; its fold is the grip by which a card is dragged. */
const moveForm = ({ dealId, title, version }: CardView, now: Status, { page, refused }: Board): Html => {
  const mine = refused?.fields["deal"] === dealId ? refused.fields : undefined;
  const { statuses } = page.plan;
  const { say } = page.words;
  const next =
    mine?.["statusId"] ?? statuses[statuses.findIndex(({ statusId }) => statusId === now.statusId) + 1]?.statusId;
  return html`<details class="move" ${mine === undefined ? "" : html`open`}>
    <summary class="grip" title="${say("board.move")}">
      <span aria-hidden="true">⠿</span
      ><span class="hidden">${rich(page.words, "board.moveOf", { name: html`<bdi>${title}</bdi>` })}</span>
    </summary>
    <form method="post" action="${page.address}">
      <input type="hidden" name="action" value="move" /><input type="hidden" name="deal" value="${dealId}" /><input
        type="hidden"
        name="version"
        value="${version}"
      />
      <label
        >${say("board.moveTo")}
        <select name="statusId">
          ${statuses.map(
            ({ statusId, name }) =>
              html`<option
                value="${statusId}"
                ${statusId === now.statusId ? html` disabled` : ""}${statusId === next ? html` selected` : ""}
              >
                ${name}
              </option>`,
          )}
        </select></label
      >
      <button class="button">${say("board.move")}</button>
    </form>
  </details>`;
};

const isChosen = ({ dealId }: CardView, { refused }: Board): boolean =>
  refused?.fields["chosen"]?.split(",").includes(dealId) === true;
