// "/" goes to the search, Escape leaves it, "?" opens the help page of keys. Nothing happens while somebody types.
const search = document.getElementById("search");
addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (key === "Escape" && target === search) search.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || target.closest?.("input,select,textarea,[contenteditable]"))
    return;
  if (key === "/" && search !== null) {
    event.preventDefault();
    search.focus();
    search.select();
  }
  if (key === "?") location.href = "/keys";
});
