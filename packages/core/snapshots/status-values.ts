import * as z from "zod";
import { variableSchema } from "../platform/message-text.ts";
import { monitorIdSchema } from "../platform/ids.ts";
import { daySchema } from "../platform/values.ts";

/** What is told of a status that holds: its texts before they are translated, and where they are told. */
const toldStatusSchema = z.object({
  name: z.string(),
  description: z.string(),
  followUp: z.string().optional(),
  /** Values of the texts' variables, as they were when the status was evaluated. */
  variables: z.record(z.string(), variableSchema),
  level: z.enum(["high", "medium", "watch"]),
  /** Its place among the others: the level of the monitor, then its rank. */
  order: z.array(z.number()),
});
export type ToldStatus = Readonly<z.output<typeof toldStatusSchema>>;

/** A status that an owner has. */
export const heldStatusSchema = z.object({
  statusId: monitorIdSchema,
  ownerType: z.enum(["company", "person", "project"]),
  /** The id of the person or the project; absent for the company itself. */
  ownerId: z.string().optional(),
  since: daySchema,
  /** For the second or a later time on that day; absent for the first. */
  nth: z.int().optional(),
  /** Absent for a status that is told nowhere. */
  told: toldStatusSchema.optional(),
});
export type HeldStatus = Readonly<z.output<typeof heldStatusSchema>>;

/** A status that an owner has got or lost, whose follow-ups may not be made or closed yet. */
const turnToFollowSchema = heldStatusSchema.omit({ told: true }).extend({
  type: z.enum(["entered", "left"]),
  on: daySchema,
});
export type TurnToFollow = Readonly<z.output<typeof turnToFollowSchema>>;

/**
 * The statuses of a customer, of its persons and its projects, in the customer's snapshot. Of what was settled, only
 * those that hold are listed (docs/reference/monitors.md 6).
 */
export const statusValuesSchema = z.object({
  held: z.array(heldStatusSchema),
  /** Absent once all follow-ups are made and closed: else whoever settles the customer next does it. */
  toFollow: z.array(turnToFollowSchema).optional(),
  /** The day that all were settled for. */
  settledOn: daySchema,
  /** The next day on which one of them turns by time alone. */
  nextChangeOn: daySchema.optional(),
  /** The monitors that were settled, as one text (core/monitors/settled-names.ts). */
  settled: z.string(),
  /** The monitors and settings that they were settled with, and the data: another one means to settle them again. */
  book: z.string(),
  basis: z.string(),
});
export type StatusValues = Readonly<z.output<typeof statusValuesSchema>>;

/** The stored values with the number of the revision that they were read as; 0 before any. */
export interface StoredStatuses {
  readonly values: StatusValues | undefined;
  readonly revision: number;
}

export const noStatuses: StoredStatuses = { values: undefined, revision: 0 };
