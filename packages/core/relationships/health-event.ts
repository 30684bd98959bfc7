import * as z from "zod";
import type { PublishedEvent } from "../platform/domain-event.ts";
import { encodeId } from "../platform/id-text.ts";
import type { Shown } from "../platform/shown.ts";
import {
  type CustomerId,
  type Day,
  type Instant,
  type PersonId,
  customerIdSchema,
  daySchema,
  personIdSchema,
} from "../platform/values.ts";
import { grades } from "./grades.ts";
import type { Health, HealthEvents } from "./health.ts";

/** Types of health events that webhooks receive (docs/reference/relationships.md 3). */
export const healthEventTypes = ["health.gradeChanged", "health.trendDown"] as const;
export type HealthEventType = (typeof healthEventTypes)[number];

/** Whose health changed: a customer's, or that of a person at it. */
export interface HealthSubject {
  readonly customerId: CustomerId;
  readonly personId?: PersonId | undefined;
}

/** The health of a subject in an event: no names, no addresses. */
export const healthStateSchema = z.object({
  customerId: customerIdSchema,
  personId: personIdSchema.optional(),
  asOf: daySchema,
  /** The grade of events. */
  grade: z.enum(grades),
  score: z.int(),
  trend: z.enum(["up", "down", "neutral"]).optional(),
});
type HealthState = Shown<typeof healthStateSchema>;

/** What is known of the health before: nothing, where only the trend turned. */
export const healthBeforeSchema = healthStateSchema.pick({ customerId: true, personId: true, grade: true });

/** Ids of events have no `~`. */
const idPart = (id: string): string => encodeId(id).replaceAll("~", "_.");

/** The event of a day's change; `undefined` when nothing changed. The same day again gives the same event. */
export function healthEvent(
  { customerId, personId }: HealthSubject,
  health: Pick<Health, "grade" | "score" | "trend">,
  { from, to, isTrendDown }: HealthEvents,
  { asOf, at }: { readonly asOf: Day; readonly at: Instant },
): PublishedEvent | undefined {
  const eventTypes: HealthEventType[] = [
    ...(to === undefined ? [] : ["health.gradeChanged" as const]),
    ...(isTrendDown ? ["health.trendDown" as const] : []),
  ];
  if (eventTypes.length === 0) return undefined;
  const current: HealthState = {
    customerId,
    personId: personId ?? null,
    asOf,
    grade: to ?? health.grade,
    score: health.score,
    trend: health.trend?.direction ?? null,
  };
  const owner = personId === undefined ? "" : `.${idPart(personId)}`;
  return {
    type: "published",
    eventId: `health.${asOf}.${idPart(customerId)}${owner}`,
    eventTypes,
    at,
    actorId: "nightly",
    requestId: `nightly-${asOf}`,
    isBulk: true,
    ...(from === undefined ? {} : { previous: { customerId, personId: personId ?? null, grade: from } }),
    current,
  };
}
