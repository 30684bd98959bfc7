import * as z from "zod";
import { daySchema, itemIdSchema } from "../../../platform/values.ts";
import { gates, usualSettings } from "./rule.ts";

/** Settings of a tenant for lost items. */
export const settingsSchema = z.strictObject({
  lookbackDays: z.int().min(91).max(1095).default(usualSettings.lookbackDays),
  windowDays: z.int().min(7).max(365).default(usualSettings.windowDays),
  moreThanOrders: z.int().min(1).default(usualSettings.moreThanOrders),
  minItemOrders: z.int().min(2).default(usualSettings.minItemOrders),
  /** With `score`, only findings at `high` are listed. */
  gate: z.enum(gates).default(usualSettings.gate),
  /** The finding of an item missed for longer expires (docs/reference/insights.md 2.3, "Hold-open"). */
  expiresAfterDays: z.int().min(1).max(365).default(usualSettings.expiresAfterDays),
});
export type Settings = z.infer<typeof settingsSchema>;

/** Facts about a lost item that only events change. */
export const factsSchema = z.object({
  itemId: itemIdSchema,
  since: daySchema,
  firstOrderOn: daySchema,
  lastOrderOn: daySchema,
  latestOrderOn: daySchema,
  windowOrders: z.int(),
  windowItemOrders: z.int(),
  itemOrders: z.int(),
  steps: z.int(),
  ordersWithout: z.int(),
  longestGapDays: z.int(),
  usualQuantity: z.number(),
  /** Found by the score alone; absent when the seed's rule found it. */
  gate: z.literal("score").optional(),
  /**
   * The item's net value on the window's days with it; by the score, on those of the window up to its last purchase.
   */
  windowNetMinor: z.number(),
  documents: z.array(z.string()),
  /** The orders since the last one with the item, oldest first. */
  documentsWithout: z.array(z.string()),
  /**
   * For an item that stays lost: the last day on which the rule held, and that day's operands where they have changed
   * since.
   */
  heldOpen: z.object({ until: daySchema, ordersWithout: z.int(), latestOrderOn: daySchema }).optional(),
});
export type Facts = z.infer<typeof factsSchema>;
