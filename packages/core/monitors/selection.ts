import * as z from "zod";
import { compareText } from "../platform/compare.ts";
import { line } from "../platform/text.ts";
import { daySchema, instantSchema } from "../platform/values.ts";
import { criterionSchema } from "./criteria.ts";
import { ownerTypes } from "./owner.ts";

/** Selections that a tenant may have. */
export const MOST_SELECTIONS = 200;
/** Most ids in one request that adds or takes members. */
export const MOST_IDS = 1_000;

export const selectionNameSchema = line(100);

/** Static: a list that people keep. Dynamic: whoever meets the criteria when it is read. */
export const selectionKinds = ["static", "dynamic"] as const;

/** A selection of companies, persons or projects (docs/reference/monitors.md 5). */
export const selectionSchema = z.object({
  selectionId: z.string(),
  name: selectionNameSchema,
  ownerType: z.enum(ownerTypes),
  kind: z.enum(selectionKinds),
  /** Of a dynamic selection. */
  criteria: criterionSchema.optional(),
  /** Of a static one that was frozen: from which, and its members of which day. */
  frozenFrom: z.object({ selectionId: z.string(), on: daySchema }).optional(),
  createdAt: instantSchema,
  createdBy: z.string(),
  version: z.int(),
});
export type Selection = Readonly<z.output<typeof selectionSchema>>;

/** A new selection: dynamic with criteria, static without. */
export const newSelectionSchema = z.strictObject({
  name: selectionNameSchema,
  ownerType: z.enum(ownerTypes),
  criteria: z.unknown(),
});

export const byName = (a: Selection, b: Selection): number =>
  compareText(a.name, b.name) || compareText(a.selectionId, b.selectionId);
