import { board, cardOf, columnOf } from "./board-cards.js";

// The Move form: one for all cards. It opens beneath the card whose grip is pressed.

/** The form as the server draws it, without a card. */
export const formDrawn = () => document.getElementById("move").content.firstElementChild;
export const openForm = () => board.querySelector("form.move");

export function closeForm() {
  const form = openForm();
  if (!form) return;
  cardOf(form).querySelector(".grip")?.setAttribute("aria-expanded", "false");
  form.remove();
}

/** Opens the form beneath a card, with the next status chosen. */
export function showForm(card) {
  closeForm();
  const grip = card.querySelector(".grip");
  if (!grip) return;
  const form = document.importNode(formDrawn(), true);
  card.append(form);
  const { statusId } = form.elements;
  const here = disableHere(card);
  if (statusId.options[here + 1]) statusId.selectedIndex = here + 1;
  grip.setAttribute("aria-expanded", "true");
  statusId.focus();
}

/** A card is not moved to where it is: gives the place of its own status. */
export function disableHere(card) {
  const options = [...card.querySelectorAll(".move option")];
  for (const option of options) option.disabled = option.value === columnOf(card).dataset.status;
  return options.findIndex(({ disabled }) => disabled);
}

/** Takes the statuses as they are now, into the form that is open too; its card may have another one. */
export function takeForm(drawn) {
  const [old, now] = [document, drawn].map((one) => one.getElementById("move"));
  const select = openForm()?.elements.statusId;
  if (old.innerHTML !== now.innerHTML) {
    old.innerHTML = now.innerHTML;
    const chosen = select?.value;
    select?.replaceChildren(...document.importNode(formDrawn(), true).elements.statusId.options);
    if (select) select.value = chosen;
  }
  if (select) disableHere(cardOf(select));
}

board.addEventListener("click", (event) => {
  const grip = event.target.closest?.(".grip");
  if (!grip || event.defaultPrevented) return;
  event.preventDefault();
  const card = cardOf(grip);
  if (card.contains(openForm())) closeForm();
  else showForm(card);
});
