import type { CompiledCriteria } from "./compile.ts";
import type { StatusBook } from "./status-book.ts";

/** The kinds whose findings criteria read, also through the statuses that they name. */
export function kindsReadBy(compiled: CompiledCriteria, book: Pick<StatusBook, "criteria">): ReadonlySet<string> {
  const kinds = new Set<string>();
  const seen = new Set<string>();
  const follow = (criteria: CompiledCriteria | undefined): void => {
    for (const { field, leaf } of criteria?.leaves ?? []) {
      if (field.source === "finding") kinds.add(field.kind);
      const statusId = String(leaf.value);
      if (field.source !== "status" || seen.has(statusId)) continue;
      seen.add(statusId);
      follow(book.criteria.get(statusId));
    }
  };
  follow(compiled);
  return kinds;
}
