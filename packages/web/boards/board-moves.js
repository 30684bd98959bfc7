import {
  board,
  cardOf,
  columnNamed,
  columnOf,
  count,
  focusCard,
  keepingFocus,
  listOf,
  say,
  textOf,
} from "./board-cards.js";
import { closeForm, disableHere, formDrawn, openForm } from "./board-form.js";

// Moves: shown at once, sent one after the other for each card, and taken back when they are refused.

/** By card's id: where the server has it, the version it is at, and how many moves are on their way. */
const moving = new Map();
/** Cards that the viewer moved stay at the top of their column, wherever the order has them. */
export const pinned = new Map();
/** What the server told of cards that were moved here: the same is not told again as somebody else's doing. */
export const own = new Map();
/** Stands for any column: what became of the card was told with its refusal. */
export const TOLD = "*";
let afterMoves = () => {};
let begun = 0;
/** How many moves have begun: an answer from before one is old. */
export const movesBegun = () => begun;
export const onceMoved = (follow) => (afterMoves = follow);
export const isMoving = () => moving.size > 0 || document.querySelector("dialog[open]") !== null;

/** Puts a card on top of a column, or where it was. */
function place(card, column, before) {
  const from = columnOf(card);
  keepingFocus(
    card,
    () =>
      void listOf(column).insertBefore(
        card,
        before?.parentNode === listOf(column) ? before : listOf(column).firstElementChild,
      ),
  );
  if (from === column) return;
  disableHere(card);
  count(from, -1);
  count(column, 1);
}

/** Moves a card as a drag, a key or its form asks. */
export async function moveCard(card, status) {
  const column = columnNamed(status);
  if (!column || column === columnOf(card)) return;
  const state = moving.get(card.id) ?? {
    home: columnOf(card).dataset.status,
    before: card.nextElementSibling,
    version: card.dataset.version,
    last: Promise.resolve(),
    waiting: 0,
  };
  moving.set(card.id, state);
  state.waiting += 1;
  begun += 1;
  const hadFocus = card.contains(document.activeElement);
  if (card.contains(openForm())) closeForm();
  place(card, column);
  if (hadFocus) focusCard(card);
  const reason = await whyOf(card, column);
  if (reason === undefined) {
    ended(card, state, textOf("stays", { name: card.dataset.title }));
    focusCard(card);
    return;
  }
  state.last = state.last.then(() => send(card, state, { statusId: status, ...reason }));
  await state.last;
}

async function send(card, state, fields) {
  const form = formDrawn();
  const body = new URLSearchParams(new FormData(form));
  const deal = card.querySelector(".grip").value;
  for (const [name, value] of Object.entries({ ...fields, deal, version: state.version })) body.set(name, value);
  const post = () =>
    fetch(form.getAttribute("action"), { method: "POST", body, headers: { accept: "application/json" } });
  // Its answer may have been lost on the way: sent twice it is done once, and the second answer says so.
  const answer = await post()
    .catch(post)
    .catch(() => undefined);
  const told = await answer?.json().catch(() => ({}));
  if (!answer?.ok) {
    own.set(card.id, TOLD);
    return ended(card, state, textOf("notMoved", { text: refusalOf(answer, told) }));
  }
  state.version = told.version;
  state.home = fields.statusId;
  state.before = undefined;
  pinned.set(card.id, fields.statusId);
  own.set(card.id, fields.statusId);
  ended(card, state, told.said);
}

function refusalOf(answer, { detail = "" } = {}) {
  if (!answer) return textOf("noConnection");
  if (answer.status === 401) return textOf("ended");
  if (answer.status >= 500 || detail === "") return textOf("failed");
  return `${detail[0].toUpperCase()}${detail.slice(1)}.`;
}

/** After the last move of a card it is where the server has it. */
function ended(card, state, sentence) {
  state.waiting -= 1;
  card.dataset.version = state.version;
  say(sentence);
  if (state.waiting > 0) return;
  moving.delete(card.id);
  const home = columnNamed(state.home);
  if (home && home !== columnOf(card)) place(card, home, state.before);
  if (moving.size === 0) afterMoves();
}

/** Why a deal is lost, where the column asks; nothing when whoever is asked leaves the card where it is. */
function whyOf(card, column) {
  if (column.dataset.why === undefined) return {};
  const dialog = document.getElementById("why").content.firstElementChild.cloneNode(true);
  const { reasonId, clarification } = dialog.querySelector("form").elements;
  const offered = column.dataset.why.split(" ").filter(Boolean);
  const isOffered = ({ value }) =>
    value === "" ? column.dataset.must === "false" : offered.length === 0 || offered.includes(value);
  const placeOf = ({ value }) => offered.indexOf(value);
  reasonId.replaceChildren(...[...reasonId.options].filter(isOffered).toSorted((a, b) => placeOf(a) - placeOf(b)));
  const ask = () => {
    clarification.required = reasonId.selectedOptions[0]?.dataset.clarify !== undefined;
    dialog.querySelector("p").hidden = !clarification.required;
  };
  reasonId.addEventListener("change", ask);
  ask();
  dialog.querySelector("h2").textContent = textOf("why", { name: card.dataset.title, stat: column.dataset.name });
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(
        dialog.returnValue === "move" ? { reasonId: reasonId.value, clarification: clarification.value } : undefined,
      );
    });
  });
}

board.addEventListener("submit", (event) => {
  const card = cardOf(event.target);
  if (!card) return;
  event.preventDefault();
  const status = event.target.elements.statusId.value;
  focusCard(card);
  void moveCard(card, status);
});
