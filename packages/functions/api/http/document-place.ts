import type { DocumentPlace } from "@regulars/core/platform/paging";
import { daySchema } from "@regulars/core/platform/values";
import type * as z from "zod";
import type { Cursors } from "./cursor.ts";

/** The place after which a list of documents continues, from its cursor. */
export function readDocumentPlace<Id>(
  cursors: Cursors,
  list: string,
  cursor: string | undefined,
  idSchema: z.ZodType<Id>,
): DocumentPlace<Id> | undefined {
  const after = cursors.read(list, cursor);
  if (after === undefined) return undefined;
  const [on = ""] = after.split(" ", 1);
  return { on: daySchema.parse(on), id: idSchema.parse(after.slice(on.length + 1)) };
}

/** The cursor of a place; null at a list's end. */
export const writePlace = (cursors: Cursors, list: string, place: DocumentPlace<string> | undefined): string | null =>
  place === undefined ? null : cursors.write(list, `${place.on} ${place.id}`);
