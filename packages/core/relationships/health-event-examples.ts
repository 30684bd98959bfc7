import type { PublishedEvent } from "../platform/domain-event.ts";
import { customerIdSchema, day, personIdSchema, toInstant } from "../platform/values.ts";
import { type HealthEventType, type HealthSubject, healthEvent } from "./health-event.ts";
import type { HealthEvents } from "./health.ts";

const customerId = customerIdSchema.parse("acme");

/** What a night would say of a made-up customer, or of a person there. */
function eventOf(subject: HealthSubject, found: HealthEvents): PublishedEvent {
  const health = { grade: "fair", score: 52, trend: { direction: "down", difference: -14 } } as const;
  const event = healthEvent(subject, health, found, {
    asOf: day("2026-01-14"),
    at: toInstant(Date.UTC(2026, 0, 15, 3)),
  });
  if (event === undefined) throw new Error("nothing happens in an example");
  return event;
}

/** For each event type a made-up relationship of which it tells. */
export const healthEventExamples: Readonly<Record<HealthEventType, PublishedEvent>> = {
  "health.gradeChanged": eventOf({ customerId }, { from: "good", to: "fair", isTrendDown: false }),
  "health.trendDown": eventOf({ customerId, personId: personIdSchema.parse("acme-buyer") }, { isTrendDown: true }),
};
