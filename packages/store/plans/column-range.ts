import type { ColumnPage } from "@regulars/core/plans/ports";

/**
 * The sort keys `<createdAt>#<dealId>` that a page of a column may have. Both ends are included, and so is the place
 * that the page comes after: whoever reads leaves that one out. What was made at `to` itself sorts behind it.
 */
export function columnRange({ from, to, after, isAscending }: ColumnPage): {
  readonly ":low": string;
  readonly ":high": string;
} {
  return {
    ":low": (isAscending ? after : undefined) ?? from ?? "0",
    ":high": (isAscending ? undefined : after) ?? to ?? "9999",
  };
}
