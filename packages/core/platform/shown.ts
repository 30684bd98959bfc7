import type * as z from "zod";
import type { WithNulls } from "./immutable.ts";

/** The fields of an entity that are shown to others, by a schema; an absent one is null. */
export type Shown<S extends z.ZodObject> = WithNulls<z.output<S>>;

/** An entity's fields of a schema, as answers and webhooks show them. */
export function shownOf<S extends z.ZodObject>(schema: S, entity: z.output<S>): Shown<S> {
  const given: Readonly<Record<string, unknown>> = entity;
  return Object.fromEntries(Object.keys(schema.shape).map((name) => [name, given[name] ?? null])) as Shown<S>;
}
