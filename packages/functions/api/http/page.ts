import { Problem } from "./problem.ts";
import type { Cursors } from "./cursor.ts";

interface PageInput<T> {
  readonly cursors: Cursors;
  /** The route with its filters. */
  readonly list: string;
  readonly cursor: string | undefined;
  readonly limit: number;
  readonly idOf: (one: T) => string;
}

/** One page of a list that is in memory, after the cursor's entry. */
export function pageOfAll<T>(
  all: readonly T[],
  { cursors, list, cursor, limit, idOf }: PageInput<T>,
): { data: T[]; next: string | null } {
  const after = cursors.read(list, cursor);
  const start = after === undefined ? 0 : all.findIndex((one) => idOf(one) === after) + 1;
  if (after !== undefined && start === 0)
    throw new Problem({
      status: 409,
      code: "list-changed",
      detail: "the cursor's entry is no longer in the list: start again without a cursor",
    });
  const data = all.slice(start, start + limit);
  const last = data.at(-1);
  const isMore = start + data.length < all.length;
  return { data, next: isMore && last !== undefined ? cursors.write(list, idOf(last)) : null };
}
