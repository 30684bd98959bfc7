import { board, cardOf, columnOf, columns, say, textOf } from "./board-cards.js";
import { moveCard } from "./board-moves.js";

// Dragging by the grip with a mouse, a pen or a finger.

/** So far a pointer moves before it drags, px; so near to an edge it scrolls, and so fast. */
const THRESHOLD = 6;
const EDGE = 48;
const STEP = 14;
/** The drag that is on: its card, its copy under the pointer, and where it hangs. */
let drag;
export const isDragging = () => drag !== undefined;

board.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest?.(".grip");
  if (!grip || event.button !== 0 || drag) return;
  const card = cardOf(grip);
  const { left, top, width } = card.getBoundingClientRect();
  drag = {
    card,
    grip,
    pointer: event.pointerId,
    x: event.clientX,
    y: event.clientY,
    left,
    top,
    width,
    status: undefined,
  };
  grip.setPointerCapture(event.pointerId);
});

board.addEventListener("pointermove", (event) => {
  if (event.pointerId !== drag?.pointer) return;
  if (!drag.ghost && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < THRESHOLD) return;
  if (!drag.ghost) lift();
  drag.at = [event.clientX, event.clientY];
  hang();
});

function lift() {
  const { card, width } = drag;
  drag.ghost = document.createElement("div");
  drag.ghost.className = "deal ghost";
  drag.ghost.ariaHidden = "true";
  for (const node of [...card.children].slice(0, 3)) drag.ghost.append(node.cloneNode(true));
  drag.ghost.inert = true;
  drag.ghost.style.width = `${width}px`;
  document.body.append(drag.ghost);
  card.classList.add("lifted");
  scrollAtEdges();
}

/** Shows the copy under the pointer, and the column that it hangs over. */
function hang() {
  const [x, y] = drag.at;
  drag.ghost.style.transform = `translate(${drag.left + x - drag.x}px,${drag.top + y - drag.y}px)`;
  const under = document.elementFromPoint(x, y);
  const over = columnOf(under);
  drag.isOnName = under?.closest("h2") !== null;
  drag.status = over?.dataset.status;
  for (const column of columns()) column.classList.toggle("over", column === over);
}

const stepAt = (at, from, to) => (at < from + EDGE ? -STEP : at > to - EDGE ? STEP : 0);

function scrollAtEdges() {
  if (!drag?.ghost) return;
  const [x, y] = drag.at ?? [drag.x, drag.y];
  const { left, right, top, bottom } = board.getBoundingClientRect();
  board.scrollLeft += stepAt(x, Math.max(left, 0), Math.min(right, innerWidth));
  // A column's name stays at the edge: who drops there does not scroll.
  const step = drag.isOnName ? 0 : stepAt(y, Math.max(top, 0), Math.min(bottom, innerHeight));
  const before = board.scrollTop;
  board.scrollTop += step;
  if (board.scrollTop === before) scrollBy(0, step);
  if (drag.at) hang();
  requestAnimationFrame(scrollAtEdges);
}

const still = (event) => event.preventDefault();

/** Ends a drag: over a column the card moves there, else it stays. */
function drop(isDone) {
  const { card, grip, ghost, status } = drag;
  drag = undefined;
  for (const column of columns()) column.classList.remove("over");
  if (!ghost) return;
  ghost.remove();
  card.classList.remove("lifted");
  // The click that follows a drag opens nothing.
  grip.addEventListener("click", still);
  setTimeout(() => grip.removeEventListener("click", still));
  grip.focus({ preventScroll: true });
  const isElsewhere = status !== undefined && status !== columnOf(card)?.dataset.status;
  if (isDone && isElsewhere) void moveCard(card, status);
  else say(textOf("stays", { name: card.dataset.title }));
}

board.addEventListener("pointerup", (event) => event.pointerId === drag?.pointer && drop(true));
board.addEventListener("pointercancel", (event) => event.pointerId === drag?.pointer && drop(false));
addEventListener("keydown", (event) => event.key === "Escape" && isDragging() && drop(false));
