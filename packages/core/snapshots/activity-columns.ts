import { activityTypes, directions } from "../customers/activity.ts";
import type { PersonId } from "../platform/values.ts";
import type { ActivityView } from "./activity-view.ts";

/** Contacts in the order of their days, as parallel arrays of which the first `count` entries are filled. */
export interface ContactColumns {
  readonly count: number;
  /** Day numbers, ascending. */
  readonly day: Int32Array;
  /** What each was: `kindOf` in the low four bits. */
  readonly head: Uint8Array;
}

/**
 * A customer's activities as parallel arrays, which the reader may reuse for the next customer: a night looks at
 * millions, and an object for each of them costs more than all that is computed.
 */
export interface ActivityColumns extends ContactColumns {
  /** Also `JOINS` and `COMPLETED`, as packed activities have them. */
  readonly head: Uint8Array;
  /** Places in `persons`, from 1 on; 0 is nobody. */
  readonly person: Int32Array;
  readonly persons: readonly PersonId[];
}

export const KINDS = 16;
/** Bits of a head: the same interaction as the entry before; completed. */
export const JOINS = 16;
export const COMPLETED = 64;

/** As packed activities have them: other numbers are another format. */
const TYPE_BITS: Readonly<Record<ActivityView["type"], number>> = { email: 0, meeting: 4, call: 8, task: 12 };
const DIRECTION_BITS: Readonly<Record<ActivityView["direction"], number>> = { in: 0, out: 1, none: 2 };

/** Type and direction as one number below `KINDS`. */
export const kindOf = ({ type, direction }: Pick<ActivityView, "type" | "direction">): number =>
  TYPE_BITS[type] + DIRECTION_BITS[direction];

/** One value of each kind of contact, by its number. */
export const ofEachKind = <T>(
  of: (kind: Pick<ActivityView, "type" | "direction">) => T,
): readonly (T | undefined)[] => {
  const values = Array.from({ length: KINDS }, (): T | undefined => undefined);
  for (const type of activityTypes)
    for (const direction of directions) values[kindOf({ type, direction })] = of({ type, direction });
  return values;
};

/** A list of contacts as columns; all of them count as completed. */
export function contactColumns(contacts: readonly Pick<ActivityView, "day" | "type" | "direction">[]): ContactColumns {
  const columns = {
    count: contacts.length,
    day: new Int32Array(contacts.length),
    head: new Uint8Array(contacts.length),
  };
  contacts.forEach((contact, i) => {
    columns.day[i] = contact.day;
    columns.head[i] = kindOf(contact);
  });
  return columns;
}

/** A list of activities as columns. */
export function activityColumns(views: readonly ActivityView[]): ActivityColumns {
  const { count, day, head } = contactColumns(views);
  const person = new Int32Array(count);
  const places = new Map<PersonId, number>();
  views.forEach(({ completed, joinsPrevious, personId }, i) => {
    head[i] = (head[i] ?? 0) + (completed ? COMPLETED : 0) + (joinsPrevious === true ? JOINS : 0);
    if (personId === undefined) return;
    const place = places.get(personId) ?? places.size + 1;
    places.set(personId, place);
    person[i] = place;
  });
  return { count, day, head, person, persons: [...places.keys()] };
}

/** Those up to a day. */
export const upTo = (activities: ActivityColumns, day: number): ActivityColumns => ({
  ...activities,
  count: firstOn(activities, day + 1),
});

/**
 * The completed interactions of a customer; one that is stored for several persons counts once. Where every activity is
 * completed and stored once, as for most customers, the given columns are returned, valid as long as they are.
 */
export function unionColumns(activities: ActivityColumns): ContactColumns {
  let common = COMPLETED;
  for (let i = 0; i < activities.count && common === COMPLETED; i += 1)
    common = (activities.head[i] ?? 0) & (COMPLETED | JOINS);
  if (common === COMPLETED) return activities;
  const union = new Timeline(activities.count);
  for (let i = 0; i < activities.count; i += 1)
    if (((activities.head[i] ?? 0) & (COMPLETED | JOINS)) === COMPLETED) union.add(activities, i);
  return union;
}

/** The completed interactions of each person, by their place. */
export function personColumns(activities: ActivityColumns): readonly ContactColumns[] {
  const { count, head, person, persons } = activities;
  const counts = new Int32Array(persons.length + 1);
  for (let i = 0; i < count; i += 1) counts[person[i] ?? 0] = (counts[person[i] ?? 0] ?? 0) + 1;
  const timelines = persons.map((_, nth) => new Timeline(counts[nth + 1] ?? 0));
  for (let i = 0; i < count; i += 1)
    if (((head[i] ?? 0) & COMPLETED) !== 0) timelines[(person[i] ?? 0) - 1]?.add(activities, i);
  return timelines;
}

/** Some of the contacts, in their order. */
class Timeline implements ContactColumns {
  count = 0;
  readonly day: Int32Array;
  readonly head: Uint8Array;

  constructor(most: number) {
    const memory = new ArrayBuffer(most * (Int32Array.BYTES_PER_ELEMENT + 1));
    this.day = new Int32Array(memory, 0, most);
    this.head = new Uint8Array(memory, most * Int32Array.BYTES_PER_ELEMENT);
  }

  add({ day, head }: ContactColumns, place: number): void {
    this.day[this.count] = day[place] ?? 0;
    this.head[this.count] = head[place] ?? 0;
    this.count += 1;
  }
}

/** The last day up to a day on which something was completed. */
export function lastCompletedOn(activities: ActivityColumns, until: number): number | undefined {
  for (let i = firstOn(activities, until + 1) - 1; i >= 0; i -= 1)
    if (((activities.head[i] ?? 0) & COMPLETED) !== 0) return activities.day[i];
  return undefined;
}

/** The place of the first contact on or after a day. */
export function firstOn({ count, day }: Pick<ContactColumns, "count" | "day">, wanted: number): number {
  let [from, to] = [0, count];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((day[middle] ?? 0) < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}
