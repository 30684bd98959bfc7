import { type ContactColumns, contactColumns } from "../snapshots/activity-columns.ts";
import type { ActivityView } from "../snapshots/activity-view.ts";
import type { PersonId } from "../platform/values.ts";

/** An interaction that counts, of a timeline. */
export type Interaction = Pick<ActivityView, "day" | "type" | "direction" | "userId" | "personId">;

/** Interactions in the order of their days: a list, or the columns of one. */
export type Timeline = readonly Interaction[] | ContactColumns;

export const columnsOfTimeline = (timeline: Timeline): ContactColumns =>
  "count" in timeline ? timeline : contactColumns(timeline);

/** E-mails of a direction and day that count for the score. */
export const MOST_EMAILS = 3;

/** The completed interactions of a customer; one that is stored for several persons counts once. */
export const unionOf = (activities: readonly ActivityView[]): ActivityView[] =>
  activities.filter(({ completed, joinsPrevious }) => completed && joinsPrevious !== true);

/** Each person's timeline, in the order in which they first appear. */
export function timelinesOf(activities: readonly ActivityView[]): ReadonlyMap<PersonId, readonly ActivityView[]> {
  const timelines = new Map<PersonId, ActivityView[]>();
  for (const one of activities) {
    if (one.personId === undefined || !one.completed) continue;
    const timeline = timelines.get(one.personId);
    if (timeline === undefined) timelines.set(one.personId, [one]);
    else timeline.push(one);
  }
  return timelines;
}

/**
 * A timeline, in the order of its days, without the e-mails of a day and direction past the third
 * (docs/reference/relationships.md 2).
 */
export function withoutFloods(timeline: readonly Interaction[]): Interaction[] {
  const seen = { in: 0, out: 0, none: 0 };
  const kept: Interaction[] = [];
  let current = Number.NaN;
  for (const contact of timeline) {
    const { type, direction, day } = contact;
    if (type === "email") {
      if (day !== current) seen.in = seen.out = seen.none = 0;
      current = day;
      seen[direction] += 1;
    }
    if (type !== "email" || seen[direction] <= MOST_EMAILS) kept.push(contact);
  }
  return kept;
}
