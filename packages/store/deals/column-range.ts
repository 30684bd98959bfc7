import type { ColumnPage } from "@regulars/core/boards/board-store";

/** Behind every time. */
export const LAST = "~";

/**
 * The sort keys `<createdAt>#<dealId>` that a page of a column may have. Both ends are included, and so is the place
 * that the page comes after: whoever reads leaves that one out. What was made at `to` itself sorts behind it. `undefined` where nothing can be: the place lies outside.
 */
export function columnRange({
  from,
  to,
  after,
  isAscending,
}: ColumnPage): { readonly ":low": string; readonly ":high": string } | undefined {
  const [first, last] = [from ?? "0", to ?? LAST];
  const low = isAscending && after !== undefined && after > first ? after : first;
  const high = !isAscending && after !== undefined && after < last ? after : last;
  return low <= high ? { ":low": low, ":high": high } : undefined;
}
