// "/" and Ctrl or Cmd with k go to the search, Escape leaves it, "?" opens the help page of keys. Nothing happens while somebody types.
const search = document.getElementById("search");
const find = (event) => {
  event.preventDefault();
  search.focus();
  search.select();
};
addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key === "Escape" && target === search) search.blur();
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === "k";
  if (isCommand && search !== null) return find(event);
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest?.("input,select,textarea,[contenteditable]"))
    return;
  if (key === "/" && search !== null) find(event);
  if (key === "?") location.href = "/keys";
});
