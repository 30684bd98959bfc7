import type { SortPlace } from "@regulars/core/boards/board-query";
import * as z from "zod";

const placeSchema = z.object({ value: z.union([z.string(), z.number()]), dealId: z.string() });

/** A place in an order, as an address has it. One that was changed by hand begins at the first deal. */
export function readPlace(text: string | undefined): SortPlace | undefined {
  try {
    return placeSchema.safeParse(JSON.parse(text ?? "")).data;
  } catch {
    return undefined;
  }
}
