import { board, cardOf, cardsIn, columnOf, columns, focusCard, textOf } from "./board-cards.js";
import { closeForm, openForm, showForm } from "./board-form.js";

// Keys on a card: arrows go to the next ones, m moves, o opens, x chooses, Escape leaves the form.

const STEPS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** The card so many columns and places away; empty columns are passed over. */
function neighbour(card, [across, down]) {
  const column = columnOf(card);
  const at = cardsIn(column).indexOf(card);
  if (across === 0) return cardsIn(column)[at + down];
  const all = columns();
  for (let i = all.indexOf(column) + across; all[i]; i += across) {
    const there = cardsIn(all[i]);
    if (there.length > 0) return there[Math.min(at, there.length - 1)];
  }
}

const actions = {
  m: showForm,
  o: (card) => card.querySelector(".who").click(),
  x: (card) => card.querySelector("[type=checkbox]")?.click(),
};

board.addEventListener("keydown", (event) => {
  const { key, target } = event;
  const card = cardOf(target);
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (target === board && key === "ArrowDown") {
    event.preventDefault();
    return focusCard(board.querySelector(".deal"));
  }
  if (!card) return;
  if (key === "Escape" && card.contains(openForm())) {
    closeForm();
    return focusCard(card);
  }
  if (target.closest("select,input:not([type=checkbox])")) return;
  if (STEPS[key]) {
    event.preventDefault();
    focusCard(neighbour(card, STEPS[key]));
  } else if (actions[key]) {
    event.preventDefault();
    actions[key](card);
  }
});

// How many cards are chosen.
const many = document.getElementById("many");
export function showChosen() {
  if (!many) return;
  const chosen = board.querySelectorAll("[name=deal]:checked").length;
  document.querySelector("#chosen strong").textContent = textOf("chosen", { numb: chosen });
}
board.addEventListener("change", showChosen);
// A page that was gone back to, or refused, may have some.
if (board.querySelector("[name=deal]:checked")) showChosen();
