import { type Activity, isCounted } from "../customers/activity.ts";
import { type PersonId, toDayNumber } from "../platform/values.ts";
import type { ActivityView } from "./activity-view.ts";

type Told = Pick<
  Activity,
  "activityId" | "type" | "direction" | "userId" | "personId" | "occurredAt" | "occurredOn" | "completed"
> &
  Partial<Pick<Activity, "attendees" | "attendeeIds" | "automatic" | "mass">>;

/**
 * A customer's activities as a snapshot holds them: those that count, in the order of their instants, then ids. What is
 * told once for each attendee is one interaction (docs/reference/relationships.md 1).
 */
export const interactionsOf = (activities: readonly Told[]): ActivityView[] => groupsOf(activities).flatMap(viewsOf);

/** Activities that count, by the interaction that they tell of. */
export function groupsOf<One extends Told>(activities: readonly One[]): (readonly One[])[] {
  const counted = activities
    .filter(isCounted)
    .toSorted((a, b) => compare(a.occurredAt, b.occurredAt) || compare(a.activityId, b.activityId));
  const groups = new Map<string, One[]>();
  const repeats = new Map<string, number>();
  for (const one of counted) {
    const keys = keysOf(one, nthOf(one, repeats));
    const key = keys.find((wanted) => groups.has(wanted));
    const group = key === undefined ? [] : (groups.get(key) ?? []);
    group.push(one);
    for (const name of keys) if (!groups.has(name)) groups.set(name, group);
  }
  return [...new Set(groups.values())];
}

/** The activities that do not count, in the order of their instants: each is one of its own. */
export const automaticOf = (activities: readonly Told[]): ActivityView[] =>
  activities
    .filter((activity) => !isCounted(activity))
    .toSorted((a, b) => compare(a.occurredAt, b.occurredAt) || compare(a.activityId, b.activityId))
    .map((one) => ({
      ...plain(one),
      ...(one.personId === undefined ? {} : { personId: one.personId }),
      isAutomatic: true,
    }));

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Of e-mails and calls of one minute between the same two, which one it is: they are several. A meeting is one. */
function nthOf({ type, direction, userId, occurredAt, personId }: Told, repeats: Map<string, number>): number {
  if (type === "meeting") return 0;
  const key = JSON.stringify([occurredAt, type, direction, userId, personId]);
  const nth = repeats.get(key) ?? 0;
  repeats.set(key, nth + 1);
  return nth;
}

/** Names by which two entries are one interaction: the same user, start and type, or the same id up to its last part. */
function keysOf({ activityId, type, direction, userId, occurredAt, personId }: Told, nth: number): readonly string[] {
  const same = [occurredAt, type, direction, nth];
  const bySelf = [JSON.stringify(["id", activityId])];
  if (personId === undefined || type === "task") return bySelf;
  const byUser = userId === undefined ? [] : [JSON.stringify(["user", ...same, userId])];
  const prefix = /^(.+)[#/:._-][^#/:._-]+$/.exec(activityId)?.[1];
  const byPrefix = type !== "meeting" || prefix === undefined ? [] : [JSON.stringify(["prefix", ...same, prefix])];
  return [...byUser, ...byPrefix, ...bySelf];
}

/** One entry a person and employee. A meeting that is told twice of the same two is told once. */
function viewsOf(group: readonly Told[]): ActivityView[] {
  const told = Math.max(0, ...group.map(({ attendees }) => attendees ?? 0));
  const named = new Set(group.flatMap(namesOf));
  const attendees = Math.max(told, named.size > 1 ? named.size : 0);
  const seen = new Set<string>();
  const views: ActivityView[] = [];
  for (const one of group)
    for (const personId of namesOf(one).length === 0 ? [undefined] : namesOf(one)) {
      const pair = JSON.stringify([one.userId, personId]);
      if (seen.has(pair) && one.type === "meeting") continue;
      seen.add(pair);
      views.push({
        ...plain(one),
        ...(personId === undefined ? {} : { personId }),
        ...(attendees > 0 ? { attendees } : {}),
        ...(views.length > 0 ? { joinsPrevious: true } : {}),
      });
    }
  return views;
}

const plain = ({ occurredOn, type, direction, completed, userId }: Told): ActivityView => ({
  day: toDayNumber(occurredOn),
  type,
  direction,
  completed,
  ...(userId === undefined ? {} : { userId }),
});

const namesOf = ({ personId, attendeeIds = [] }: Told): PersonId[] => [
  ...new Set([...(personId === undefined ? [] : [personId]), ...attendeeIds]),
];
