import type { Closure } from "../platform/closure.ts";
import { dayNumber, toDay } from "../platform/values.ts";
import { HealthOfTimeline } from "../relationships/health.ts";
import { type StoredHealthSettings, healthSettingsOf } from "../relationships/health-settings.ts";
import { SCORE_DAYS } from "../relationships/score.ts";
import type { Interaction } from "../relationships/timeline.ts";
import type { CountedActivity } from "./owner-records.ts";

/** The health of one relationship on any day, as criteria read it. */
export interface HealthFacts {
  /** `health`, `health.grade` or `health.trend`; `undefined` where there is none. */
  readonly valueOf: (field: string, on: number) => string | number | undefined;
  /** On other days than these the values are those of the day before. */
  readonly days: () => { readonly first: number; readonly last: number };
}

/** An activity, whether it counts or not. */
export type ToldActivity = Interaction & CountedActivity;

/** What an owner's health depends on besides its activities. */
export interface HealthTerms {
  /** The tenant's. */
  readonly relationships: StoredHealthSettings;
  /** Of the customer. */
  readonly category: string | undefined;
  /** The customer's closed days, including the tenant's own. */
  readonly closures: readonly Closure[];
  /** Persons who opted out have none. */
  readonly outPersons: ReadonlySet<string>;
}

/** No relationship, or none that may be scored. */
export const noHealth: HealthFacts = {
  valueOf: () => undefined,
  days: () => ({ first: Infinity, last: -Infinity }),
};

/**
 * The health of activities in day order, automatic and planned ones among them, which do not count
 * (docs/reference/relationships.md 2). It is computed when a criterion first asks for it.
 */
export function healthFacts(activities: readonly ToldActivity[], terms: HealthTerms): HealthFacts {
  let opened: HealthFacts | undefined;
  const open = (): HealthFacts => (opened ??= openHealth(activities, terms));
  return { valueOf: (field, on) => open().valueOf(field, on), days: () => open().days() };
}

function openHealth(
  activities: readonly ToldActivity[],
  { relationships, category, closures }: HealthTerms,
): HealthFacts {
  const settings = healthSettingsOf(relationships, category);
  const timeline = activities.filter(({ completed, isAutomatic }) => completed && isAutomatic !== true);
  const [first, last] = [timeline[0], timeline.at(-1)];
  if (!settings.health || first === undefined || last === undefined) return noHealth;
  const health = new HealthOfTimeline(timeline, { settings, closures });
  return {
    valueOf: (field, on) => {
      const day = toDay(dayNumber(on));
      if (field === "health.trend") return health.on(day)?.trend?.direction;
      const graded = health.gradedOn(day);
      return field === "health.grade" ? graded?.grade : graded?.score;
    },
    // From the day after the last one there is not enough data any more.
    days: () => ({ first: first.day, last: last.day + SCORE_DAYS + 1 }),
  };
}
