import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import {
  activityIdSchema,
  customerIdSchema,
  daySchema,
  instantSchema,
  personIdSchema,
  userIdSchema,
} from "../platform/values.ts";
import { isProgramAddress } from "./program-address.ts";

export const activityTypes = ["email", "meeting", "call", "task"] as const;
export const directions = ["in", "out", "none"] as const;

/** An interaction between the tenant's employees and a customer's, past or planned. */
export const activitySchema = z.object({
  activityId: activityIdSchema,
  /** As given, else its person's customer at the time of the import. */
  customerId: customerIdSchema,
  type: z.enum(activityTypes),
  /** From the tenant's side: `in` was initiated by the customer. */
  direction: z.enum(directions),
  userId: userIdSchema.optional(),
  personId: personIdSchema.optional(),
  occurredAt: instantSchema,
  /** `occurredAt` in the tenant's zone, fixed at import (docs/reference/insights.md G1). */
  occurredOn: daySchema,
  completed: z.boolean(),
  /** The conversation that a message is part of. */
  threadId: z.string().optional(),
  /** How many people from outside took part, or got the message. */
  attendees: z.int().optional(),
  /** Those of them who are told by name, besides `personId`. */
  attendeeIds: z.array(personIdSchema).optional(),
  durationMinutes: z.int().optional(),
  /** Sent by a program: out-of-office, bounce, calendar receipt, no-reply sender. The address may tell it too. */
  automatic: z.boolean().optional(),
  /** Sent to a mass: newsletter, mailing list. */
  mass: z.boolean().optional(),
});
export type Activity = Immutable<z.output<typeof activitySchema>>;

/** A message to more people than this is to a mass, whatever the system that sent it says. */
const MOST_RECIPIENTS = 50;

/**
 * Whether an activity is counted. What a program sent, and what went to a mass, is stored and shown and counted nowhere
 * (docs/reference/relationships.md 1).
 */
export const isCounted = ({
  type,
  automatic,
  mass,
  attendees,
  personId,
}: Pick<Activity, "type" | "automatic" | "mass" | "attendees" | "personId">): boolean =>
  automatic !== true &&
  mass !== true &&
  !(type === "email" && (attendees ?? 0) > MOST_RECIPIENTS) &&
  (personId === undefined || !isProgramAddress(personId));
