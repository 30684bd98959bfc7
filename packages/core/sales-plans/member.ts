import { Temporal } from "temporal-polyfill";
import * as z from "zod";
import type { User } from "../access/user.ts";
import type { Immutable } from "../platform/immutable.ts";
import { isZone } from "../platform/period.ts";
import { type Instant, type UserId, daySchema, toInstant, userIdSchema } from "../platform/values.ts";
import { wholeFrom } from "../platform/whole-number.ts";

const timeSchema = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, "is not a time of day: HH:MM");

/** Local hours on some weekdays, 1 for Monday to 7 for Sunday; an end before the start is on the next morning. */
const hoursSchema = z
  .strictObject({
    days: z.array(wholeFrom(1, 7)).min(1).max(7),
    from: timeSchema,
    to: timeSchema,
  })
  .refine(({ from, to }) => from !== to, { message: "begins and ends at the same time", path: ["to"] });

const vacationSchema = z
  .strictObject({ from: daySchema, to: daySchema })
  .refine(({ from, to }) => from <= to, { message: "ends before it begins", path: ["to"] });

/** A manager's membership of a plan. */
export const memberSchema = z.strictObject({
  userId: userIdSchema,
  /** Share of the leads, relative to the other members' weights. */
  weight: wholeFrom(1, 100).default(1),
  /** The most open deals of this plan up to which the balance gives leads. */
  cap: wholeFrom(0, 100_000).optional(),
  /** When empty, the member is available at every hour. */
  hours: z.array(hoursSchema).max(21).default([]),
  /** First and last local day, both included. */
  vacations: z.array(vacationSchema).max(50).default([]),
  isPaused: z.boolean().default(false),
});

export type Member = Immutable<z.output<typeof memberSchema>>;

/** Why a member does not get the next lead. */
export const skipReasons = ["user-inactive", "paused", "on-vacation", "outside-hours", "at-cap"] as const;
type SkipReason = (typeof skipReasons)[number];

/** A member's availability at an instant: `absence` covers every reason except the cap, which depends on the load. */
export interface MemberAvailability {
  readonly member: Member;
  readonly absence?: Exclude<SkipReason, "at-cap"> | undefined;
}

/**
 * The members' availability at an instant (docs/reference/sales-plans.md 5.6). Hours and days are in the member's own
 * zone, else the tenant's.
 */
export function availability(
  members: readonly Member[],
  users: ReadonlyMap<UserId, User>,
  now: Instant,
  tenantZone: string,
): MemberAvailability[] {
  const clocks = new Map<string, LocalTime>();
  return members.map((member) => {
    const user = users.get(member.userId);
    if (user === undefined || user.isActive === false) return { member, absence: "user-inactive" };
    if (member.isPaused) return { member, absence: "paused" };
    if (member.vacations.length === 0 && member.hours.length === 0) return { member };
    const zone = user.timeZone !== undefined && isZone(user.timeZone) ? user.timeZone : tenantZone;
    const local = clocks.get(zone) ?? localTime(now, zone);
    clocks.set(zone, local);
    if (member.vacations.some(({ from, to }) => from <= local.day && local.day <= to))
      return { member, absence: "on-vacation" };
    return isWithinHours(member, local) ? { member } : { member, absence: "outside-hours" };
  });
}

const MINUTE_MS = 60_000;

/**
 * The minute at which the first member who is absent by hours or vacation is available again; `undefined` when that is
 * more than `minutes` from now.
 */
export function nextArrival(
  members: readonly Member[],
  users: ReadonlyMap<UserId, User>,
  now: Instant,
  tenantZone: string,
  minutes: number,
): Instant | undefined {
  const away = availability(members, users, now, tenantZone)
    .filter(({ absence }) => absence === "outside-hours" || absence === "on-vacation")
    .map(({ member }) => member);
  if (away.length === 0) return undefined;
  const thisMinute = Math.floor(Date.parse(now) / MINUTE_MS);
  for (let i = 1; i <= minutes; i += 1) {
    const at = toInstant((thisMinute + i) * MINUTE_MS);
    if (availability(away, users, at, tenantZone).some(({ absence }) => absence === undefined)) return at;
  }
  return undefined;
}

interface LocalTime {
  readonly day: string;
  /** 1 for Monday. */
  readonly weekday: number;
  /** HH:MM. */
  readonly time: string;
}

function localTime(now: Instant, zone: string): LocalTime {
  const at = Temporal.Instant.from(now).toZonedDateTimeISO(zone);
  return { day: at.toPlainDate().toString(), weekday: at.dayOfWeek, time: at.toPlainTime().toString().slice(0, 5) };
}

/** The end is excluded: a member who works until 18:00 gets no lead at 18:00. */
function isWithinHours({ hours }: Member, { weekday, time }: LocalTime): boolean {
  if (hours.length === 0) return true;
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return hours.some(({ days, from, to }) =>
    from < to
      ? days.includes(weekday) && from <= time && time < to
      : (days.includes(weekday) && from <= time) || (days.includes(yesterday) && time < to),
  );
}
