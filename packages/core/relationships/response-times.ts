import type { Activity } from "../customers/activity.ts";
import { isWorkingDay } from "../code-red/periods.ts";
import type { Closure } from "../platform/closure.ts";
import { addDays, instantOf, localDay } from "../platform/period.ts";
import { median } from "../platform/statistics.ts";
import type { Instant } from "../platform/values.ts";
import { toDayNumber } from "../platform/values.ts";

/** How fast a side answers; the median is absent with too few answers to tell. */
export interface ResponseTime {
  readonly answers: number;
  /** Working minutes. */
  readonly medianMinutes: number | undefined;
}

interface Office {
  readonly timeZone: string;
  readonly closures: readonly Closure[];
}

const FEWEST_ANSWERS = 3;
const LONGEST_DAYS = 14;
const MS_PER_MINUTE = 60_000;
const MS_PER_DAY = 86_400_000;
const [OPENS, CLOSES] = ["09:00", "17:00"];

type Message = Pick<Activity, "direction" | "userId" | "personId" | "occurredAt">;

/**
 * How fast we and they answer e-mails, by the first answer between the same two people within 14 days; messages in their
 * order (docs/reference/relationships.md 4).
 */
export function responseTimesOf(
  messages: readonly Message[],
  office: Office,
): { readonly ours: ResponseTime; readonly theirs: ResponseTime } {
  const minutes: { readonly in: number[]; readonly out: number[] } = { in: [], out: [] };
  const waiting = new Map<string, Instant[]>();
  for (const message of messages) {
    const { direction, occurredAt } = message;
    if (direction === "none") continue;
    const answered = `${direction === "in" ? "out" : "in"}${pairOf(message)}`;
    // What has waited longer has no answer; a later message of the same row may have.
    const earliest = Date.parse(occurredAt) - LONGEST_DAYS * MS_PER_DAY;
    const since = waiting.get(answered)?.find((at) => Date.parse(at) >= earliest);
    waiting.delete(answered);
    if (since !== undefined) minutes[direction].push(workingMinutes(since, occurredAt, office));
    const own = `${direction}${pairOf(message)}`;
    const row = waiting.get(own);
    if (row === undefined) waiting.set(own, [occurredAt]);
    else row.push(occurredAt);
  }
  return { ours: timeOf(minutes.out), theirs: timeOf(minutes.in) };
}

const pairOf = ({ userId, personId }: Message): string => JSON.stringify([userId, personId]);

const timeOf = (minutes: readonly number[]): ResponseTime => ({
  answers: minutes.length,
  medianMinutes: minutes.length < FEWEST_ANSWERS ? undefined : Math.round(median(minutes) ?? 0),
});

/** Minutes from 9 to 17 o'clock of the tenant's working days between two instants. */
export function workingMinutes(from: Instant, to: Instant, { timeZone, closures }: Office): number {
  const last = localDay(to, timeZone);
  let minutes = 0;
  for (let on = localDay(from, timeZone); on <= last; on = addDays(on, 1)) {
    if (!isWorkingDay(toDayNumber(on), closures)) continue;
    const opens = Math.max(Date.parse(from), Date.parse(instantOf(on, OPENS, timeZone)));
    const closes = Math.min(Date.parse(to), Date.parse(instantOf(on, CLOSES, timeZone)));
    minutes += Math.max(0, closes - opens) / MS_PER_MINUTE;
  }
  return minutes;
}
