import { type DayNumber, dayNumber } from "../platform/values.ts";
import type { Subject } from "./condition.ts";
import { type StatusBook, statusesOf } from "./status-book.ts";
import type { OwnerFacts } from "./owner-facts.ts";

/** A status of one owner as it was settled on a day. */
export interface StatusValue {
  readonly on: boolean;
  /** The first day on which it has been on without a break; absent while it is off. */
  readonly since?: DayNumber | undefined;
  /** The day that it was settled for. */
  readonly settledOn: DayNumber;
  /** The next day on which it turns by time alone; absent if it never does. */
  readonly nextChangeOn?: DayNumber | undefined;
}

/**
 * A stored value as it was settled: a night writes only what changed, so a value that no night had to touch is settled
 * for the last one.
 */
export const settledUpTo = (value: StatusValue, lastNight: DayNumber | undefined): StatusValue =>
  lastNight === undefined || lastNight <= value.settledOn ? value : { ...value, settledOn: lastNight };

/** A status turned on or off. `since` tells one entering from another of the same owner. */
interface Turn {
  readonly type: "entered" | "left";
  readonly on: DayNumber;
  readonly since: DayNumber;
}

export interface Settled {
  readonly value: StatusValue;
  /** For the log, in the order of their days. */
  readonly turns: readonly Turn[];
  /** It is on and was not before: this may be told. What came and went in between is told to nobody. */
  readonly isNew: boolean;
}

/**
 * Settles a status of one owner for a day (docs/reference/monitors.md 3). From the day after the last one that it was
 * settled for, every turn is found with its own day, so a missed night changes nothing. A status that was never
 * settled is looked back on. A day before the last one is not settled again.
 */
function settleStatus(subject: Subject, statusId: string, before: StatusValue | undefined, asOf: DayNumber): Settled {
  const { isOn, nextTurn, lastTurn } = subject.statuses;
  const day = before === undefined ? asOf : Math.max(asOf, before.settledOn);
  const turns: Turn[] = [];
  let since = before?.on === true ? before.since : undefined;
  const turn = (on: number) => {
    if (since === undefined) {
      since = dayNumber(on);
      turns.push({ type: "entered", on: since, since });
    } else {
      turns.push({ type: "left", on: dayNumber(on), since });
      since = undefined;
    }
  };
  if (before === undefined) {
    if (isOn(statusId, day) === true) turn(firstOf(lastTurn(statusId, day), day));
  } else {
    let on = Math.min(before.settledOn + 1, day);
    if ((isOn(statusId, on) === true) !== before.on) turn(on);
    for (on = nextTurn(statusId, on); on <= day; on = nextTurn(statusId, on)) turn(on);
  }
  const next = nextTurn(statusId, day);
  return {
    value: {
      on: since !== undefined,
      ...(since === undefined ? {} : { since }),
      settledOn: dayNumber(day),
      ...(next === Infinity ? {} : { nextChangeOn: dayNumber(next) }),
    },
    turns,
    isNew: since !== undefined && turns.at(-1)?.type === "entered",
  };
}

/**
 * The day from which a status is held; one that is true on all days, whatever the records, is held from the evaluated
 * day.
 */
const firstOf = (turned: number, day: number): number => (turned === -Infinity ? day : turned);

interface OwnerEvaluation {
  readonly book: StatusBook;
  readonly facts: OwnerFacts;
  /** The values settled before, by status. */
  readonly before: ReadonlyMap<string, StatusValue>;
  /** Statuses that wait for their regeneration: they keep their old values, also for the others. */
  readonly pending?: ReadonlySet<string> | undefined;
  readonly asOf: DayNumber;
}

export interface EvaluatedOwner {
  readonly settled: ReadonlyMap<string, Settled>;
  /** Statuses that failed for this owner, with the reason; they keep their old values. */
  readonly failed: ReadonlyMap<string, string>;
}

/** Settles all statuses of one owner in one go, whichever of them was changed; a failing one stops no other. */
export function evaluateOwner({ book, facts, before, pending, asOf }: OwnerEvaluation): EvaluatedOwner {
  const criteria = new Map([...book.criteria].filter(([statusId]) => pending?.has(statusId) !== true));
  const subject = statusesOf({ criteria }, facts, (statusId) => before.get(statusId)?.on);
  const settled = new Map<string, Settled>();
  const failed = new Map<string, string>(book.broken);
  for (const statusId of criteria.keys())
    try {
      settled.set(statusId, settleStatus(subject, statusId, before.get(statusId), asOf));
    } catch (error) {
      failed.set(statusId, error instanceof Error ? error.message : String(error));
    }
  return { settled, failed };
}
