import type { Status } from "@regulars/core/sales-plans/status";
import { html } from "hono/html";
import { dot } from "../sales-plans/status-dot.ts";
import { time } from "../insights/marks.ts";
import { cardAnchorOf } from "../page/addresses.ts";
import type { Html } from "../page/layout.ts";
import type { RefusedForm } from "../page/refused-form.ts";
import { type BoardPageView, type CardView, type ColumnView, anchorOf } from "./board-page.ts";
import { GRIPS, moveForm } from "./move-form.ts";
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
const asksWhy = ({ kind, refusal }: Status): boolean =>
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
    <a class="button" href="${address}" data-after="${place}"
      >${say("common.more", { numb: Math.min(CARDS, count) })}</a
    >
    <span class="soft">${say("board.of", { numb: count })}</span>
  </p>`;

const cardView = (card: CardView, { status }: ColumnView, board: Board): Html => {
  const { page, refused } = board;
  const { say } = page.words;
  const { dealId, title, version, personName } = card;
  const filled = refused?.fields["deal"] === dealId ? refused.fields : undefined;
  const isOpen = filled !== undefined || page.open === dealId;
  return html`<li
    class="deal"
    id="${cardAnchorOf(dealId)}"
    data-title="${title}"
    data-version="${version}"
    ${page.added === card ? html` tabindex="-1"` : ""}
  >
    <a class="who" href="${card.path}"><bdi>${title}</bdi></a>
    <p>${personName === undefined || personName === title ? "" : html`<bdi>${personName}</bdi> · `}${card.amount}</p>
    <p class="soft">
      ${card.managerName === undefined ? html`<strong>${say("board.unassigned")}</strong>` : html`<bdi>${card.managerName}</bdi>`}
      · ${time(card.changed)}
    </p>
    ${
      page.mayChangeMany
        ? html`<input
            class="choose"
            type="checkbox"
            name="deal"
            value="${dealId}"
            form="many"
            ${isChosen(card, board) ? html`checked` : ""}
            aria-label="${say("board.choose", { name: title })}"
          />`
        : ""
    }${card.mayMove ? gripView(card, page) : ""}${isOpen ? moveForm(page, { dealId, version, status, filled }) : ""}
  </li>`;
};

/** A card is dragged by its grip; pressed, it opens the Move form beneath the card, by the script or by an address. */
const gripView = ({ dealId, title }: CardView, { words: { say } }: BoardPageView): Html =>
  html`<button
    class="grip"
    form="${GRIPS}"
    name="move"
    value="${dealId}"
    title="${say("board.move")}"
    aria-label="${say("board.moveOf", { name: title })}"
  ></button>`;

const isChosen = ({ dealId }: CardView, { refused }: Board): boolean =>
  refused?.fields["chosen"]?.split(",").includes(dealId) === true;
