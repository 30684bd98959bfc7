/** The candidate that needs the fewest edits to be `name`, upper and lower case apart; the earlier one of two. */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let fewest = Infinity;
  const wanted = codesOf(name);
  for (const candidate of candidates) {
    const edits = editsBetween(wanted, codesOf(candidate), fewest);
    if (edits < fewest) [best, fewest] = [candidate, edits];
  }
  return best;
}

/** Longer names are cut, so that a hostile one costs no time. */
const MOST_COMPARED = 100;

const codesOf = (name: string): Uint16Array => {
  const text = name.toLowerCase().slice(0, MOST_COMPARED);
  return Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
};

/**
 * Inserted, removed and replaced characters between two texts (Levenshtein); Infinity when there are not fewer than
 * `limit`, which is known before the end.
 */
function editsBetween(a: Uint16Array, b: Uint16Array, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return Infinity;
  let above = Uint16Array.from({ length: b.length + 1 }, (_, column) => column);
  let current = new Uint16Array(b.length + 1);
  for (let row = 1; row <= a.length; row += 1) {
    let least = row;
    let left = row;
    current[0] = row;
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      left = Math.min(replaced, (above[column] ?? 0) + 1, left + 1);
      current[column] = left;
      if (left < least) least = left;
    }
    if (least >= limit) return Infinity;
    [above, current] = [current, above];
  }
  const edits = above[b.length] ?? 0;
  return edits < limit ? edits : Infinity;
}
