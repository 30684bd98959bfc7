// The cards of a board: where they are, what is focused, what is said.
export const part = document.getElementById("board");
export const board = part.querySelector(".board");
const texts = JSON.parse(part.dataset.texts);
/** A text in the viewer's language, with its values. */
export const textOf = (id, values = {}) => texts[id].replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const said = document.getElementById("said");

export const columnOf = (node) => node?.closest?.(".column");
export const cardOf = (node) => node?.closest?.(".deal");
export const columnNamed = (status) => board.querySelector(`.column[data-status="${status}"]`);
export const listOf = (column) => column.querySelector(".cards");
export const columns = () => [...board.querySelectorAll(".column")];
export const cardsIn = (column) => [...column.querySelectorAll(".deal")];

/** Most sentences that are shown at once. */
const MOST_SAID = 3;

/** Tells people, and screen readers, what happened to what they did. */
export function say(sentence) {
  said.replaceChildren();
  alsoSay(sentence);
}

/** Tells them what else happened: it does not take away the answer that they wait for. */
export function alsoSay(...sentences) {
  for (const sentence of sentences) {
    const last = document.createElement("p");
    last.textContent = sentence;
    said.append(last);
  }
  while (said.children.length > MOST_SAID) said.firstElementChild.remove();
}

/** Focuses a card, and shows it where its column or the page is scrolled. */
export function focusCard(card) {
  const link = card?.querySelector(".who");
  link?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

const FOCUSABLE = "a,input:not([type=hidden]),select,button";

/** Does something to a card that takes the focus from it, and gives the focus back. */
export function keepingFocus(card, change) {
  const at = [...card.querySelectorAll(FOCUSABLE)].indexOf(document.activeElement);
  const after = change() ?? card;
  if (at >= 0)
    ([...after.querySelectorAll(FOCUSABLE)][at] ?? after.querySelector(".who"))?.focus({ preventScroll: true });
  return after;
}

/** Counts a column's deals anew after a card came or went; the server's numbers follow. */
export function count(column, change) {
  if (!column) return;
  column.dataset.deals = String(Number(column.dataset.deals) + change);
  column.querySelector("h2 .soft").textContent = column.dataset.deals;
}
