/** The candidate that needs the fewest edits to be `name`, upper and lower case apart; the earlier one of two. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: { readonly candidate: string; readonly edits: number } | undefined;
  const wanted = name.toLowerCase().slice(0, MOST_COMPARED);
  for (const candidate of candidates) {
    const edits = editsBetween(wanted, candidate.toLowerCase().slice(0, MOST_COMPARED));
    if (best === undefined || edits < best.edits) best = { candidate, edits };
  }
  return best?.candidate;
}

/** Longer names are cut, so that a hostile one costs no time. */
const MOST_COMPARED = 100;

/** Inserted, removed and replaced characters between two texts (Levenshtein). */
function editsBetween(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
