/**
 * The order that a form of a list has: its ids, of which one went up or down by a button, or to where it was dragged by
 * the script.
 */
export function movedInOrder({ order = "", up, down }: Readonly<Record<string, string>>): readonly string[] {
  const ids = order.split(",").filter((id) => id !== "");
  const moved = up ?? down;
  const from = moved === undefined ? -1 : ids.indexOf(moved);
  const to = from + (up === undefined ? 1 : -1);
  if (from < 0 || to < 0 || to >= ids.length) return ids;
  return ids.with(from, ids[to] ?? "").with(to, ids[from] ?? "");
}
