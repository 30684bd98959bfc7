import { alsoSay, board, columnNamed, columnOf, columns, keepingFocus, listOf, textOf } from "./board-cards.js";
import { isDragging } from "./board-drag.js";
import { openForm, takeForm } from "./board-form.js";
import { showChosen } from "./board-keys.js";
import { columnsAddress, drawnOf, heldCards, shownText } from "./board-more.js";
import { TOLD, isMoving, movesBegun, onceMoved, own, pinned } from "./board-moves.js";

// What others change is shown and told within five seconds.

const EVERY_MS = 4000;
/** Most changes that are told one by one. */
const MOST_TOLD = 2;
/** What was last drawn of each card: one that is still the same is left alone. */
const drawnAs = new Map();
// Not before the board can be seen: it takes as long as parsing it.
requestAnimationFrame(() =>
  setTimeout(() => {
    for (const card of board.querySelectorAll(".deal")) if (!drawnAs.has(card.id)) drawnAs.set(card.id, card.outerHTML);
  }),
);
let seen = { address: "", tag: "" };
let isAsking = false;

const isBusy = () => document.hidden || isAsking || isDragging() || isMoving();

const addressNow = () => columnsAddress({ more: shownText() });

/**
 * Asks what is new; an answer that comes while somebody moves a card is left for the next time, and so is one from before
 * a move or before further cards were shown.
 */
export async function follow() {
  if (isBusy()) return;
  isAsking = true;
  const before = movesBegun();
  const address = addressNow();
  const headers = seen.address === address ? { "if-none-match": seen.tag } : {};
  const answer = await fetch(address, { headers }).catch(() => undefined);
  const drawn = answer?.ok ? await drawnOf(answer) : undefined;
  isAsking = false;
  if (drawn && (before !== movesBegun() || address !== addressNow())) return follow();
  if (!drawn || isBusy()) return;
  seen = { address, tag: answer.headers.get("etag") ?? "" };
  const told = [...takeColumns(drawn), ...takeCards(drawn)];
  takeForm(drawn);
  showChosen();
  if (told.length > MOST_TOLD)
    alsoSay(`${told.slice(0, MOST_TOLD).join(" ")} ${textOf("moreChanges", { numb: told.length - MOST_TOLD })}`);
  else alsoSay(...told);
}

/** Columns that came, went, were renamed or changed places; the cards inside are kept. */
function takeColumns(drawn) {
  const told = [];
  const fresh = [...drawn.querySelectorAll(".column")];
  const wanted = fresh.map((now) => {
    const old = columnNamed(now.dataset.status);
    if (!old) {
      const empty = now.cloneNode(true);
      listOf(empty).replaceChildren();
      told.push(textOf("columnNew", { stat: now.dataset.name }));
      return document.adoptNode(empty);
    }
    if (old.dataset.name !== now.dataset.name)
      told.push(textOf("columnNamed", { from: old.dataset.name, stat: now.dataset.name }));
    for (const name of Object.keys(old.dataset)) delete old.dataset[name];
    Object.assign(old.dataset, now.dataset);
    for (const selector of ["h2", ".worth"]) swap(old.querySelector(selector), now.querySelector(selector));
    if (!old.querySelector(".tail")) {
      old.querySelector(".more")?.remove();
      const more = now.querySelector(".more");
      if (more) old.append(document.adoptNode(more.cloneNode(true)));
    }
    return old;
  });
  swap(document.getElementById("total"), drawn.getElementById("total"));
  for (const column of columns())
    if (!wanted.includes(column)) {
      told.push(textOf("columnGone", { stat: column.dataset.name }));
      column.classList.add("gone");
    }
  inOrder(board, [...wanted, ...board.querySelectorAll(".gone")]);
  return told;
}

function swap(old, now) {
  if (old.innerHTML !== now.innerHTML) old.innerHTML = now.innerHTML;
}

/** Cards that came, went, moved or changed. */
function takeCards(drawn) {
  const told = [];
  const held = new Map(heldCards().map((card) => [card.id, card]));
  const focused = document.activeElement?.closest?.(".deal");
  const isIn = new Map();
  for (const column of drawn.querySelectorAll(".column"))
    for (const card of column.querySelectorAll(".deal")) isIn.set(card.id, column.dataset.status);
  // All cards are taken before one changes its place: what is open beneath a card, and the focus, go with it.
  const lists = [...drawn.querySelectorAll(".column")].map((fresh) => {
    const column = columnNamed(fresh.dataset.status);
    const cards = [...fresh.querySelectorAll(".deal")].map((now) => {
      const old = held.get(now.id);
      const from = old && columnOf(old);
      const isTold = own.get(now.id) === TOLD || own.get(now.id) === fresh.dataset.status;
      if (!old) told.push(textOf("isNewIn", { name: now.dataset.title, stat: column.dataset.name }));
      else if (from !== column && !isTold)
        told.push(textOf("isIn", { name: now.dataset.title, stat: column.dataset.name }));
      return taken(old, now);
    });
    const kept = [...listOf(column).children].filter(
      ({ id }) => pinned.get(id) === column.dataset.status && !isIn.has(id) && fresh.querySelector(".more"),
    );
    return [listOf(column), [...kept, ...cards]];
  });
  const at = document.activeElement;
  for (const [list, wanted] of lists) inOrder(list, wanted);
  for (const tail of board.querySelectorAll(".tail"))
    tail.replaceChildren(...Array.from(tail.children).filter(({ id }) => !isIn.has(id)));
  board.querySelectorAll(".gone").forEach((column) => column.remove());
  own.clear();
  if (focused && document.activeElement === document.body) {
    const card = document.getElementById(focused.id) ?? board.querySelector(".deal");
    const before = card?.contains(at) ? at : card?.querySelector(".who");
    before?.focus({ preventScroll: true });
  }
  return held.size === 0 ? [] : told;
}

/** The card as it is now: the same element while nothing of it has changed, with the focus and the choice it had. */
function taken(old, now) {
  const text = now.outerHTML;
  if (old && drawnAs.get(now.id) === text) return old;
  drawnAs.set(now.id, text);
  const fresh = document.adoptNode(now.cloneNode(true));
  if (!old) return fresh;
  const box = old.querySelector("[type=checkbox]");
  const newBox = fresh.querySelector("[type=checkbox]");
  if (box && newBox) newBox.checked = box.checked;
  return keepingFocus(old, () => {
    if (old.contains(openForm()) && fresh.querySelector(".grip")) fresh.append(openForm());
    old.replaceWith(fresh);
    return fresh;
  });
}

/** Brings children into an order; those that are there already in that order are not touched. */
function inOrder(parent, wanted) {
  const focused = document.activeElement;
  let at = parent.firstElementChild;
  for (const child of wanted)
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  while (at) {
    const next = at.nextElementSibling;
    at.remove();
    at = next;
  }
  if (focused?.isConnected && focused !== document.activeElement) focused.focus({ preventScroll: true });
}

onceMoved(() => void follow());
document.addEventListener("visibilitychange", () => void follow());
setInterval(() => void follow(), EVERY_MS);
