import { toDay } from "@regulars/core/platform/values";
import type { Cells } from "./catalogue.ts";
import type { BookEntry } from "./customer-book.ts";
import { clock } from "./document-records.ts";
import { type ContactPlan, contactPlans } from "./contact-plans.ts";
import type { Random } from "./random.ts";
import { type RhythmSpan, nearestWorkday } from "./rhythm.ts";
import { repOf } from "./staff.ts";

/** Contacts before this many days say nothing any more. */
const DAYS_BACK = 250;
const EVERY_DAYS = 14;
/** Who orders this seldom has not been visited for long. */
const SELDOM = 50;

interface Told {
  readonly day: number;
  /** After midnight; 9 o'clock unless told. */
  readonly minute?: number;
  readonly type: "email" | "meeting" | "call";
  readonly direction?: "in" | "out";
  readonly personId: string;
  readonly userId: string;
  readonly minutes?: number;
  readonly thread?: string;
  readonly mass?: boolean;
}

/** The contacts of one customer: its rep with its people, steadily or as planned. */
export function activityRecords(
  entry: BookEntry,
  personIds: readonly string[],
  span: RhythmSpan,
  random: Random,
): Cells[] {
  const [buyer = ""] = personIds;
  const who = { personId: buyer, userId: repOf[entry.territory] };
  const plan = planOf(entry);
  const told = [
    ...newsletterDays(span).map((day): Told => ({ ...who, day, type: "email", direction: "out", mass: true })),
    ...(plan === undefined ? [] : plannedOf(plan, { who, personIds, span, random })),
  ];
  return told.map((one, nth) => recordOf(one, entry, nth));
}

const recordOf = (told: Told, { customerId }: BookEntry, nth: number): Cells => ({
  activityId: `${customerId}-A${nth + 1}`,
  type: told.type,
  direction: told.direction ?? "none",
  userId: told.userId,
  personId: told.personId,
  customerId,
  occurredAt: `${toDay(told.day)}T${clock(told.minute ?? 9 * 60)}`,
  completed: "yes",
  threadId: told.thread === undefined ? "" : `${customerId}-T${told.thread}`,
  attendees: told.mass === true ? "400" : "",
  durationMinutes: told.minutes === undefined ? "" : String(told.minutes),
  automatic: "",
  mass: told.mass === true ? "yes" : "",
});

interface Scene {
  readonly who: Pick<Told, "personId" | "userId">;
  readonly personIds: readonly string[];
  readonly span: RhythmSpan;
  readonly random: Random;
}

function plannedOf(plan: ContactPlan, { who, personIds, span, random }: Scene): Told[] {
  const steady = contactDays(plan, span, random).flatMap((day, nth): Told[] => {
    const personId = personIds[nth % 3 === 2 ? nth % personIds.length : 0] ?? who.personId;
    const one = { ...who, personId, day, minute: random.int(8 * 60, 15 * 60) };
    if (nth % 3 === 0) return [{ ...one, type: "meeting", minutes: random.pick([30, 45, 60]) }];
    if (nth % 3 === 1) return [{ ...one, type: "call", minutes: random.int(3, 20) }];
    const mail = { ...one, type: "email", thread: String(nth + 1) } as const;
    return [
      { ...mail, direction: "in" },
      { ...mail, direction: "out", minute: one.minute + random.int(20, 100) },
    ];
  });
  const endings = endingOf(plan, span).map((last): Told => ({ ...who, ...last, type: "email", thread: "0" }));
  const others = (plan.alsoKnownBy ?? []).map(({ userId, daysAgo, way }): Told => {
    const one = { ...who, userId, day: nearestWorkday(span.to - daysAgo) };
    return way === "meeting" ? { ...one, type: "meeting", minutes: 60 } : { ...one, type: "email", direction: "out" };
  });
  return [...steady, ...endings, ...others];
}

/** Those with a few orders in all are not looked after. */
function planOf({ customerId, everyDays }: BookEntry): ContactPlan | undefined {
  const own = contactPlans[customerId];
  if (own !== undefined || everyDays === 0) return own;
  return everyDays < SELDOM ? { everyDays: EVERY_DAYS } : { everyDays: EVERY_DAYS, quietDays: 165 };
}

/** Working days, the latest first. */
function contactDays({ everyDays, quietDays }: ContactPlan, { to }: RhythmSpan, random: Random): number[] {
  const last = to - (quietDays ?? random.int(1, EVERY_DAYS - 2));
  const count = Math.floor((DAYS_BACK - (to - last)) / everyDays);
  return Array.from({ length: count }, (_, nth) => nearestWorkday(last - nth * everyDays));
}

/** The messages after the last contact. */
function endingOf({ ending }: ContactPlan, { to }: RhythmSpan): Pick<Told, "day" | "direction">[] {
  if (ending === undefined) return [];
  if ("waitsDays" in ending) return [{ day: nearestWorkday(to - ending.waitsDays), direction: "in" }];
  return Array.from({ length: ending.unanswered }, (_, i) => ({
    day: nearestWorkday(to - 3 - 7 * i),
    direction: "out",
  }));
}

/** A working day of every fourth week. */
const newsletterDays = ({ to }: RhythmSpan): number[] =>
  Array.from({ length: Math.floor(DAYS_BACK / 28) }, (_, nth) => nearestWorkday(to - 5 - 28 * nth));
