import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { daySchema, itemIdSchema } from "../platform/values.ts";

/** Something the tenant sells. Out of stock includes both days; without an end it still is. */
export const itemSchema = z.object({
  itemId: itemIdSchema,
  name: z.string().optional(),
  baseUnit: z.string().optional(),
  replacedBy: itemIdSchema.optional(),
  discontinuedOn: daySchema.optional(),
  outOfStockFrom: daySchema.optional(),
  outOfStockTo: daySchema.optional(),
});
export type Item = Immutable<z.output<typeof itemSchema>>;
