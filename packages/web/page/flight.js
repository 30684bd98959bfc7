// Says what takes longer than 300 ms, and sends no form while the server cannot be reached: what was written stays.
const SLOW_MS = 300;
const said = document.getElementById("flight");
let slow;

function say(text, isBad) {
  clearTimeout(slow);
  said.textContent = text;
  said.classList.toggle("bad", isBad === true);
}
const leaves = () => (slow = setTimeout(() => say(said.dataset.loading), SLOW_MS));

/** Whether the server answers; a page that is refused is an answer. */
const isReached = () =>
  navigator.onLine &&
  fetch("/favicon.ico", { method: "HEAD", cache: "no-store" }).then(
    () => true,
    () => false,
  );

addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (event.defaultPrevented) return;
  if (form.method !== "post" || form.dataset.reached !== undefined) return leaves();
  event.preventDefault();
  leaves();
  if (!(await isReached())) return say(said.dataset.offline, true);
  form.dataset.reached = "";
  form.requestSubmit(submitter);
  delete form.dataset.reached;
});
addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (event.defaultPrevented || link === null || link === undefined) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0 || link.target !== "") return;
  const isAway = link.origin !== location.origin || link.hasAttribute("download");
  if (!isAway && (link.pathname !== location.pathname || link.search !== location.search)) leaves();
});
addEventListener("offline", () => say(said.dataset.offline, true));
addEventListener("online", () => say(""));
addEventListener("pageshow", () => navigator.onLine && say(""));
