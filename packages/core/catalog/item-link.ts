import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { itemIdSchema } from "../platform/values.ts";

/**
 * Two items that are bought together: `ratio` of one with `linkedRatio` of the other, whole numbers from 1. The link
 * has a direction (seed 002).
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
