// Keeps the parts of a page that are marked data-live as they are on the server, without a reload. Entries that are gone
// or new are announced by their names, in the words of the part. Focus and what is unfolded stay; nothing is drawn anew while somebody types.
const EVERY_MS = 10_000;
const MOST_NAMES = 5;
const said = document.createElement("p");
said.className = "hidden";
said.setAttribute("role", "status");
document.body.append(said);

// What is folded away is not on the list.
const namesIn = (part) =>
  new Set([...part.querySelectorAll("[data-name]:not(details *)")].map((one) => one.dataset.name));
const markOf = (one) =>
  one && [one.tagName, one.getAttribute("href"), one.closest("form")?.action, one.value].join(" ");
const drawn = new Map([...document.querySelectorAll("[data-live]")].map((part) => [part.id, part.innerHTML]));

function draw(part, next) {
  const [before, after] = [namesIn(part), namesIn(next)];
  const open = new Set([...part.querySelectorAll("details[open] > summary")].map((one) => one.textContent));
  const focused = part.contains(document.activeElement) ? markOf(document.activeElement) : undefined;
  part.replaceChildren(...next.childNodes);
  for (const one of part.querySelectorAll("summary")) if (open.has(one.textContent)) one.parentElement.open = true;
  if (focused !== undefined) {
    const same = [...part.querySelectorAll("a,button,summary,input")].find((one) => markOf(one) === focused);
    same?.focus({ preventScroll: true });
    // What had the focus is gone, or folded away.
    if (same === undefined || document.activeElement !== same) {
      part.tabIndex = -1;
      part.focus({ preventScroll: true });
    }
  }
  const tell = (text, names, others) => {
    const told = [...names].filter((name) => !others.has(name)).slice(0, MOST_NAMES);
    return told.length === 0 ? [] : [text.replace("{list}", () => told.join(", "))];
  };
  const { gone, come } = part.dataset;
  const sentences = [...tell(gone, before, after), ...tell(come, after, before)];
  if (sentences.length > 0) said.textContent = sentences.join(" ");
}

async function look() {
  const typing = document.activeElement?.closest("input:not([type=hidden]),textarea,select");
  if (document.hidden || drawn.size === 0 || typing) return;
  const answer = await fetch(location.href, { headers: { "x-part": "live" } }).catch(() => undefined);
  if (!answer?.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const [id, known] of drawn) {
    const [part, next] = [document.getElementById(id), page.getElementById(id)];
    if (part === null || next === null || next.innerHTML === known) continue;
    drawn.set(id, next.innerHTML);
    draw(part, next);
  }
}

// Which row is open stands in the address, for reloads and for who gets the link.
addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.dataset?.card) return;
    const address = new URL(location.href);
    const open = document.querySelector("details[data-card][open]")?.dataset.card;
    if (open === undefined) address.searchParams.delete("open");
    else address.searchParams.set("open", open);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  },
  true,
);

setInterval(look, EVERY_MS);
document.addEventListener("visibilitychange", look);
