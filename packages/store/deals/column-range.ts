import type { ColumnPage } from "@regulars/core/boards/board-store";

/** Sorts after every instant. */
export const LAST = "~";

/**
 * The range of sort keys `<createdAt>#<dealId>` for a page of a column. Both ends are included, also the place of
 * `after`: the caller skips that one. A deal created exactly at `to` sorts after it. `undefined` when the range is
 * empty.
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
