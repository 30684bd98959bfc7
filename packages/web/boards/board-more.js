import { board, columnOf, focusCard, listOf, part, say, textOf } from "./board-cards.js";

// Further cards of a column: twenty at a time. Those beyond two hundred are taken out of the page while they are far off.

const MOST = 200;
/** Parts of the address that say how the page was come to, and how many cards it then showed. */
const OF_VISIT = ["more", "changed", "move"];

/** The numbers of cards that are shown, for the address: reloading shows the same. */
export function shownText() {
  return [...board.querySelectorAll(".column")]
    .map((column) => [column.dataset.status, listOf(column).children.length])
    .filter(([, count]) => count > 20)
    .map(([status, count]) => `${status}:${Math.min(count, MOST)}`)
    .join(",");
}

/** The address of the columns with this page's filters. */
export function columnsAddress(changes) {
  const query = new URLSearchParams(location.search);
  for (const name of OF_VISIT) query.delete(name);
  for (const [name, value] of Object.entries(changes)) if (value !== "") query.set(name, value);
  return `${part.dataset.columns}?${query}`;
}

/** A part of the page, as the server draws it. */
export const drawnOf = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

/** Cards after the first two hundred lie in lists of their own, which are empty while they are out of sight. */
const sight = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (isIntersecting && target.away) {
        target.append(...target.away);
        target.away = undefined;
        target.style.height = "";
      } else if (!isIntersecting && !target.away && !target.contains(document.activeElement)) {
        target.style.height = `${target.offsetHeight}px`;
        target.away = [...target.children];
        target.replaceChildren();
      }
    }
  },
  { root: board, rootMargin: "1200px" },
);

function listFor(column, count) {
  const first = listOf(column);
  if (first.children.length + count <= MOST) return first;
  const tail = document.createElement("ol");
  tail.className = "tail";
  [...column.querySelectorAll(".cards,.tail")].at(-1).after(tail);
  sight.observe(tail);
  return tail;
}

/** Adds the next cards of a column below the last one; a card that is there already is not shown twice. */
async function addMore(column) {
  const link = column.querySelector(".more a");
  if (!link || column.dataset.loading) return [];
  column.dataset.loading = "yes";
  const { status } = column.dataset;
  const answer = await fetch(columnsAddress({ status, after: link.dataset.after, limit: "20" })).catch(() => undefined);
  delete column.dataset.loading;
  if (!answer?.ok) {
    say(textOf("moreFailed"));
    return [];
  }
  const drawn = (await drawnOf(answer)).querySelector(".column");
  const known = new Set(heldCards().map(({ id }) => id));
  const cards = [...drawn.querySelectorAll(".deal")].filter(({ id }) => !known.has(id));
  listFor(column, cards.length).append(...cards);
  column.querySelector(".more")?.remove();
  const more = drawn.querySelector(".more");
  if (more) column.append(more);
  rememberShown();
  return cards;
}

/** All cards of the page, those out of sight too. */
export const heldCards = () => [
  ...board.querySelectorAll(".deal"),
  ...[...board.querySelectorAll(".tail")].flatMap(({ away = [] }) => away),
];

/** Keeps in the address how many cards are shown. */
function rememberShown() {
  const query = new URLSearchParams(location.search);
  for (const name of OF_VISIT) query.delete(name);
  const more = shownText();
  if (more !== "") query.set("more", more);
  const text = query.toString();
  const address = `${location.pathname}${text === "" ? "" : `?${text}`}`;
  if (address !== location.pathname + location.search) history.replaceState(history.state, "", address);
}

board.addEventListener("click", async (event) => {
  const link = event.target.closest?.(".more a");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const [first] = await addMore(columnOf(link));
  if (first) focusCard(first);
});

// Coming back to the page, or loading it again, it is scrolled as it was.
const SETTLED_MS = 100;
let settling;
const settled = () => {
  const scrolled = { left: board.scrollLeft, top: board.scrollTop, y: scrollY };
  history.replaceState({ ...history.state, scrolled }, "");
};
for (const target of [board, document])
  target.addEventListener("scroll", () => {
    clearTimeout(settling);
    settling = setTimeout(settled, SETTLED_MS);
  });
if (history.state?.scrolled) {
  const { left, top, y } = history.state.scrolled;
  board.scrollTo(left, top);
  scrollTo(0, y);
}
if (location.search !== "") rememberShown();
