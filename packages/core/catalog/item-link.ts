import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { compareText } from "../platform/compare.ts";
import { itemIdSchema } from "../platform/values.ts";

/**
 * Two items that are bought together: `ratio` of one with `linkedRatio` of the other, whole numbers from 1. The link
 * has a direction.
 */
export const itemLinkSchema = z.object({
  itemId: itemIdSchema,
  linkedItemId: itemIdSchema,
  ratio: z.int(),
  linkedRatio: z.int(),
  /** The linked item is bought so many days later. */
  lagDays: z.int().optional(),
  /** The mirrored expectation is shown as text too; there is one light. */
  bidirectional: z.boolean().optional(),
});
export type ItemLink = Immutable<z.output<typeof itemLinkSchema>>;

/** The two items of a link, with its direction. */
export type LinkedPair = Pick<ItemLink, "itemId" | "linkedItemId">;

/** One name for both directions of a pair of items. */
export const pairName = ({ itemId, linkedItemId }: LinkedPair): string =>
  JSON.stringify([itemId, linkedItemId].toSorted(compareText));

/** The same pair, the other way. */
export const mirrored = ({ itemId, linkedItemId }: LinkedPair): LinkedPair => ({
  itemId: linkedItemId,
  linkedItemId: itemId,
});

/**
 * One link for each pair of items, because a pair has one light (docs/reference/code-red.md 6): of two that were entered
 * in both directions the one that fewer of the first item need, 1:24 rather than 24:1.
 */
export function onePerPair(links: readonly ItemLink[]): readonly ItemLink[] {
  const kept = new Map<string, ItemLink>();
  for (const link of links) {
    const name = pairName(link);
    const other = kept.get(name);
    if (other === undefined || comesFirst(link, other)) kept.set(name, link);
  }
  return [...kept.values()];
}

const comesFirst = (link: ItemLink, other: ItemLink): boolean =>
  link.ratio * other.linkedRatio - other.ratio * link.linkedRatio < 0 ||
  (link.ratio * other.linkedRatio === other.ratio * link.linkedRatio && link.itemId < other.itemId);
