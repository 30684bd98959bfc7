import type { ActivityView } from "../snapshots/activity-view.ts";
import type { DayNumber, PersonId, UserId } from "../platform/values.ts";

/** How a colleague has been in touch with somebody over the last 365 days. */
export interface Connection {
  readonly userId: UserId;
  /** Sum of the contacts' weights, each halved every 90 days. */
  readonly strength: number;
  /** Contacts came from both sides. */
  readonly isMutual: boolean;
  readonly lastOn: DayNumber;
  readonly meetings: number;
  /** E-mails and meetings, all of the same weight: the basic mode. */
  readonly contacts: number;
}

const WINDOW_DAYS = 365;
const HALF_LIFE_DAYS = 90;
/** Of one direction, day and colleague. */
const MOST_MAILS_A_DAY = 3;
const WEIGHTS = { meeting: 3, call: 2, mailIn: 1.5, mailOut: 1 } as const;
/** Participants of a customer's with whom a meeting is still a personal one. */
const SMALL_MEETING = 2;

/**
 * The colleagues who were in touch with somebody in the 365 days that end with `asOf`, from the activities with them,
 * in any order (docs/reference/relationships.md 6). Planned activities and tasks are no contact, and neither is what is
 * stored but counted nowhere.
 */
export function connectionsOf(activities: readonly ActivityView[], asOf: DayNumber): Connection[] {
  const found = new Map<UserId, ContactsByDay>();
  for (const activity of activities) {
    const { userId, day } = activity;
    if (userId === undefined || day > asOf || day <= asOf - WINDOW_DAYS || !isContact(activity)) continue;
    const contacts = found.get(userId) ?? new ContactsByDay();
    found.set(userId, contacts);
    contacts.add(activity);
  }
  return [...found].map(([userId, contacts]) => ({ userId, ...contacts.connection(asOf) }));
}

const isContact = ({ type, completed }: ActivityView): boolean => completed && type !== "task";

/**
 * The activities with a customer and with those of its persons who are meant, as if all were one person: an activity
 * that is stored for several persons is one for each colleague.
 */
export function asOne(
  activities: readonly ActivityView[],
  isMeant: (personId: PersonId | undefined) => boolean,
): ActivityView[] {
  const told = new Set<UserId | undefined>();
  return activities.filter(({ userId, personId, joinsPrevious }) => {
    if (joinsPrevious !== true) told.clear();
    const isNew = isMeant(personId) && !told.has(userId);
    if (!isNew) return false;
    told.add(userId);
    return true;
  });
}

/** One colleague's contacts, by day. Sums are taken in day order, so that they do not depend on the activities' order. */
class ContactsByDay {
  readonly #days = new Map<DayNumber, DayContacts>();
  #isFromThem = false;
  #isFromUs = false;
  #meetings = 0;
  #contacts = 0;

  add(activity: ActivityView): void {
    const { day, type, direction } = activity;
    const isBothWays = type === "meeting" || (type === "call" && direction === "none");
    if (isBothWays || direction === "in") this.#isFromThem = true;
    if (isBothWays || direction !== "in") this.#isFromUs = true;
    if (type === "meeting") this.#meetings += 1;
    if (type !== "call") this.#contacts += 1;
    const ofDay = this.#days.get(day) ?? { mailsIn: 0, mailsOut: 0, calls: 0, meetings: [] };
    this.#days.set(day, ofDay);
    count(ofDay, activity);
  }

  connection(asOf: DayNumber): Omit<Connection, "userId"> {
    const days = [...this.#days].toSorted(([a], [b]) => a - b);
    const strength = days.reduce(
      (sum, [day, ofDay]) => sum + weightOf(ofDay) * 2 ** ((day - asOf) / HALF_LIFE_DAYS),
      0,
    );
    return {
      strength,
      isMutual: this.#isFromThem && this.#isFromUs,
      lastOn: days.at(-1)?.[0] ?? asOf,
      meetings: this.#meetings,
      contacts: this.#contacts,
    };
  }
}

interface DayContacts {
  mailsIn: number;
  mailsOut: number;
  calls: number;
  /** The participants of each meeting who are the customer's. */
  readonly meetings: number[];
}

/** An e-mail without a direction is counted as ours, which weighs less. */
function count(ofDay: DayContacts, { type, direction, attendees }: ActivityView): void {
  if (type === "meeting") ofDay.meetings.push(attendees ?? 1);
  else if (type === "call") ofDay.calls += 1;
  else if (direction === "in") ofDay.mailsIn += 1;
  else ofDay.mailsOut += 1;
}

function weightOf({ mailsIn, mailsOut, calls, meetings }: DayContacts): number {
  const met = meetings.toSorted((a, b) => a - b).reduce((sum, size) => sum + WEIGHTS.meeting / sharesOf(size), 0);
  return (
    met +
    WEIGHTS.call * calls +
    WEIGHTS.mailIn * Math.min(mailsIn, MOST_MAILS_A_DAY) +
    WEIGHTS.mailOut * Math.min(mailsOut, MOST_MAILS_A_DAY)
  );
}

/** By how much a meeting counts less: the larger it is, the less it says about each participant. */
const sharesOf = (participants: number): number => Math.max(1, participants - SMALL_MEETING);
