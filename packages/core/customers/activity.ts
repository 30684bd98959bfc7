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
});
export type Activity = Immutable<z.output<typeof activitySchema>>;
