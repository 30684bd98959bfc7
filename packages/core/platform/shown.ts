import type * as z from "zod";
import type { WithNulls } from "./immutable.ts";

/** What of an entity is shown to others: the fields of a schema, an absent one as null. */
export type Shown<S extends z.ZodObject> = WithNulls<z.output<S>>;

/** An entity's fields of a schema, as answers and webhooks show them. */
export function shownOf<S extends z.ZodObject>(schema: S, entity: z.output<S>): Shown<S> {
  const given: Readonly<Record<string, unknown>> = entity;
  return Object.fromEntries(Object.keys(schema.shape).map((name) => [name, given[name] ?? null])) as Shown<S>;
}
