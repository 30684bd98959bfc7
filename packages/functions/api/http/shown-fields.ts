import type { Shown } from "@regulars/core/platform/shown";
import * as z from "zod";

type ShownFields<S extends z.ZodObject> = { readonly [K in keyof Shown<S>]: z.ZodType<Shown<S>[K]> };

/** The fields of an answer that shows an entity's fields as they are stored; an absent one is null. */
export const shownFields = <S extends z.ZodObject>(schema: S): ShownFields<S> =>
  Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, written(field)])) as ShownFields<S>;

/** A field as JSON has it: ids and days are texts. */
function written(field: z.core.$ZodType): z.ZodType {
  if (field instanceof z.ZodOptional) return written(field.unwrap()).nullable();
  if (field instanceof z.ZodPipe) return written(field.in);
  if (field instanceof z.ZodString) return z.string();
  if (field instanceof z.ZodDiscriminatedUnion) return z.union(field.options.map(writtenObject));
  if (field instanceof z.ZodType) return field;
  throw new Error("a field that an answer cannot show");
}

function writtenObject(field: z.core.$ZodType): z.ZodType {
  if (field instanceof z.ZodObject) return z.strictObject(shownFields(field));
  throw new Error("a form of a field that an answer cannot show");
}
