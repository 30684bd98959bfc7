import { closuresOf } from "@regulars/core/insights/evaluate";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { PublishedEvent } from "@regulars/core/platform/domain-event";
import { addDays, daysBetween } from "@regulars/core/platform/period";
import type { Day, Instant } from "@regulars/core/platform/values";
import { HealthOfTimeline } from "@regulars/core/relationships/health";
import { healthEvent } from "@regulars/core/relationships/health-event";
import { healthSettingsOf } from "@regulars/core/relationships/health-settings";
import { timelinesOf, unionOf } from "@regulars/core/relationships/timeline";
import type { Tenant } from "@regulars/core/tenants/tenant";

interface EventDays {
  readonly asOf: Day;
  /** The day of the last nightly run: events of the days since are reported now. */
  readonly lastRunOn: Day | undefined;
  readonly at: Instant;
}

/** Events of missed days are news for so long. */
const MOST_DAYS = 14;

/** What changed in the health of a customer and its persons since the last nightly run, each day's events once. */
export function healthEventsOf(
  { customer, activities }: Pick<CustomerSnapshot, "customer" | "activities">,
  tenant: Pick<Tenant, "relationships" | "closures">,
  { asOf, lastRunOn, at }: EventDays,
): PublishedEvent[] {
  const settings = healthSettingsOf(tenant.relationships, customer.category);
  if (!settings.health) return [];
  const context = { settings, closures: closuresOf(customer, tenant) };
  const views = activities();
  const { customerId } = customer;
  const subjects = [
    { subject: { customerId }, timeline: unionOf(views) },
    ...[...timelinesOf(views)].map(([personId, timeline]) => ({ subject: { customerId, personId }, timeline })),
  ];
  const missed = lastRunOn === undefined ? 1 : Math.min(MOST_DAYS, daysBetween(lastRunOn, asOf));
  const days = Array.from({ length: Math.max(0, missed) }, (_, i) => addDays(asOf, i + 1 - missed));
  return subjects.flatMap(({ subject, timeline }) => {
    const health = new HealthOfTimeline(timeline, context);
    return days.flatMap((on) => {
      const known = health.on(on);
      return known === undefined ? [] : (healthEvent(subject, known, health.eventsOn(on), { asOf: on, at }) ?? []);
    });
  });
}
