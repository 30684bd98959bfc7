import * as z from "zod";
import { daySchema, itemIdSchema } from "../../../platform/values.ts";
import { finders, gates, usualSettings } from "./rule.ts";
import { wholeAtLeast, wholeFrom } from "../../../platform/whole-number.ts";

/** Settings of a tenant for lost items. */
export const settingsSchema = z.strictObject({
  lookbackDays: wholeFrom(91, 1095).default(usualSettings.lookbackDays),
  windowDays: wholeFrom(7, 365).default(usualSettings.windowDays),
  moreThanOrders: wholeAtLeast(1).default(usualSettings.moreThanOrders),
  minItemOrders: wholeAtLeast(2).default(usualSettings.minItemOrders),
  /** `rule` lists what the plain rule finds, `score` what is told to people. */
  gate: z.enum(gates).default(usualSettings.gate),
  /** The finding of an item missed for longer expires (docs/reference/insights.md 2.3, "Hold-open"). */
  expiresAfterDays: wholeFrom(1, 365).default(usualSettings.expiresAfterDays),
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
  /** What found it; absent in findings that were stored before both did. */
  foundBy: z.array(z.enum(finders)).min(1).default(["rule"]),
  /** The item's net value in the window of days that ends with its last purchase. */
  windowNetMinor: z.number(),
  /** No other customer buys the item any more (docs/reference/insights.md 2.3, "Nobody buys it"). */
  unwanted: z.literal(true).optional(),
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
