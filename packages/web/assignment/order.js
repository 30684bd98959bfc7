// Lists that are ordered by dragging an entry by its grip; the form that its buttons send takes the new order.

const THRESHOLD = 6;
let drag;

for (const list of document.querySelectorAll("[data-order]"))
  for (const grip of list.querySelectorAll(":scope > li > .order-of > .grip, :scope > li > p > .order-of > .grip")) {
    grip.hidden = false;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const entry = grip.closest("li");
      drag = { list, entry, before: entry.nextElementSibling, y: event.clientY, isOn: false };
      grip.setPointerCapture(event.pointerId);
    });
    grip.addEventListener("pointermove", (event) => {
      if (!drag || (!drag.isOn && Math.abs(event.clientY - drag.y) < THRESHOLD)) return;
      drag.isOn = true;
      drag.entry.classList.add("lifted");
      const next = [...list.children].find((other) => {
        const { top, height } = other.getBoundingClientRect();
        return other !== drag.entry && event.clientY < top + height / 2;
      });
      bringBefore(next);
    });
    grip.addEventListener("pointerup", () => end(true));
    grip.addEventListener("pointercancel", () => end(false));
  }

addEventListener("keydown", (event) => event.key === "Escape" && drag && end(false));

/** Brings the dragged entry before another one, or to the end; the others move, so that the pointer stays with its grip. */
function bringBefore(next) {
  const { list, entry } = drag;
  const all = [...list.children];
  const isBelow = next === undefined || all.indexOf(next) > all.indexOf(entry);
  while (entry.nextElementSibling !== (next ?? null))
    if (isBelow) list.insertBefore(entry.nextElementSibling, entry);
    else list.insertBefore(entry.previousElementSibling, entry.nextElementSibling);
}

/** Sends the new order, or puts the entry back. */
function end(isDone) {
  if (!drag) return;
  const { list, entry, before, isOn } = drag;
  drag = undefined;
  entry.classList.remove("lifted");
  if (!isDone) list.insertBefore(entry, before);
  else if (isOn && entry.nextElementSibling !== before) {
    const form = document.getElementById(list.dataset.order);
    form.elements.order.value = [...list.children].map(({ dataset }) => dataset.id).join(",");
    form.requestSubmit();
  }
}
