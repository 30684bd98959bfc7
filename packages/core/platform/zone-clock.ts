import { Temporal } from "temporal-polyfill";

/** A local time: days since 1970-01-01, and minutes since midnight as the clock on the wall shows them. */
export interface LocalTime {
  readonly day: number;
  readonly minute: number;
}

/** The local times of one zone, in integers: zone arithmetic by calendar objects is a hundred times slower. */
interface ZoneClock {
  readonly localTime: (epochMs: number) => LocalTime;
  /**
   * The instant of a local time, ms. A time that a clock change skips is moved forward by what it skips; of one that
   * occurs twice, the first is taken (as `instantOf`).
   */
  readonly epochOf: (local: LocalTime) => number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A stretch of time without a clock change: `from` is included, `until` is not. */
interface Span {
  readonly from: number;
  readonly until: number;
  readonly offsetMs: number;
}

const clocks = new Map<string, ZoneClock>();

/** The clock of an IANA zone; the same zone has the same clock, whose clock changes are looked up once. */
export function zoneClock(zone: string): ZoneClock {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = newClock(zone);
  clocks.set(zone, clock);
  return clock;
}

function newClock(zone: string): ZoneClock {
  const spans: Span[] = [];
  let last: Span | undefined;
  const spanAt = (epochMs: number): Span => {
    if (last !== undefined && isIn(last, epochMs)) return last;
    last = spans.find((span) => isIn(span, epochMs)) ?? readSpan(zone, epochMs);
    if (!spans.includes(last)) spans.push(last);
    return last;
  };
  return {
    localTime: (epochMs) => {
      const local = epochMs + spanAt(epochMs).offsetMs;
      const day = Math.floor(local / DAY_MS);
      return { day, minute: Math.floor((local - day * DAY_MS) / MINUTE_MS) };
    },
    epochOf: ({ day, minute }) => {
      const local = day * DAY_MS + minute * MINUTE_MS;
      // The offsets before and after any clock change near the time: no zone is more than 15 hours off, so a day is enough.
      const before = spanAt(local - DAY_MS).offsetMs;
      const after = spanAt(local + DAY_MS).offsetMs;
      if (before === after) return local - before;
      const [early, late] = [local - before, local - after];
      if (spanAt(early).offsetMs === before) return early;
      // It exists only after the change; or not at all, and is moved forward as the offset before it has it.
      return spanAt(late).offsetMs === after ? late : early;
    },
  };
}

const isIn = ({ from, until }: Span, epochMs: number): boolean => epochMs >= from && epochMs < until;

function readSpan(zone: string, epochMs: number): Span {
  const at = Temporal.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(zone);
  const start = Temporal.Instant.fromEpochMilliseconds(epochMs + 1).toZonedDateTimeISO(zone);
  return {
    from: start.getTimeZoneTransition("previous")?.epochMilliseconds ?? -Infinity,
    until: at.getTimeZoneTransition("next")?.epochMilliseconds ?? Infinity,
    offsetMs: at.offsetNanoseconds / 1_000_000,
  };
}
