import { type Owner, ownerIdOf } from "@regulars/core/monitors/owner";
import type { Preview } from "@regulars/core/monitors/preview";
import { textTable } from "../text-table.ts";

/** What criteria would do: who matches, enters and leaves, and what each comparison excludes. */
export function previewText(
  {
    asOf,
    owners,
    matches,
    unknown,
    examples,
    enter,
    leave,
    entering,
    leaving,
    leaves,
  }: Preview & { readonly asOf: string },
  { isCompared }: { readonly isCompared: boolean },
): string {
  const head = `${matches} of ${owners} match as of ${asOf}: ${named(matches, examples)}\n`;
  const turns = !isCompared
    ? ""
    : `${enter} would enter: ${named(enter, entering)}\n${leave} would leave: ${named(leave, leaving)}\n`;
  const asked =
    unknown === 0
      ? ""
      : `${unknown} cannot be known, because they have no such value: orNever counts them in, below a NOT isNotNull beside it\n`;
  const rows = leaves.map(({ path, field, ...leaf }) => [path, field, String(leaf.excludes), String(leaf.unknown)]);
  return `${head}${turns}${asked}${textTable(["COMPARISON", "FIELD", "EXCLUDES", "UNKNOWN"], rows)}\n`;
}

function named(count: number, first: readonly Owner[]): string {
  if (count === 0) return "nobody";
  const names = first.map(ownerIdOf).join(", ");
  return count > first.length ? `${names}, and ${count - first.length} more` : names;
}
