import { isWorkingDay, workingDays } from "../code-red/periods.ts";
import type { Closure } from "../platform/closure.ts";
import { type Day, dayNumber, toDay } from "../platform/values.ts";
import type { HealthSettings } from "./health-settings.ts";
import { type ContactColumns, KINDS, firstOn, ofEachKind } from "../snapshots/activity-columns.ts";
import { type Interaction, type Timeline, columnsOfTimeline } from "./timeline.ts";
import { isMutual } from "./turns.ts";

/** Why a score is at most one less than a good one: evidence, not part of the formula. */
export type Cap =
  /** Their message of a day waits for an answer, so many working days. */
  | { readonly reason: "waits"; readonly since: Day; readonly days: number }
  /** Our last messages had no reply. */
  | { readonly reason: "no-reply"; readonly messages: number };

interface CapContext {
  readonly settings: Pick<HealthSettings, "answerWithin" | "unansweredLimit">;
  readonly closures: readonly Closure[];
}

/** Days `from <= d < to` on which a cap holds; `to` is Infinity as long as nothing has ended it. */
interface Spell {
  readonly from: number;
  readonly to: number;
  /** The day of their first message, or of our first one. */
  readonly since: number;
  /** Days of our messages without a reply; none for a wait. */
  readonly messages: readonly number[];
}

/** We have been in touch, whatever the way: a call of either side, a meeting, or a message of ours. */
export const ANSWERS = 1;
/** A message of theirs. */
export const ASKS = 2;
/** They have been in touch; a call of ours is no reply. */
export const REPLIES = 4;
/** A message of ours. */
export const TELLS = 8;

/** What a contact does to messages that wait for an answer of ours, or for a reply of theirs. */
function effectsOf(kind: Pick<Interaction, "type" | "direction">): number {
  const { type, direction } = kind;
  const [isEmail, isBoth] = [type === "email", isMutual(kind)];
  return (
    (type === "call" || isBoth || (isEmail && direction === "out") ? ANSWERS : 0) +
    (isEmail && direction === "in" ? ASKS : 0) +
    (type !== "task" && (direction === "in" || isBoth) ? REPLIES : 0) +
    (isEmail && direction === "out" ? TELLS : 0)
  );
}

/** By the kind of a contact, as bits: a night asks millions of times. */
export const EFFECTS = Uint8Array.from(ofEachKind(effectsOf), (effects) => effects ?? 0);

/**
 * The spells in which a message of theirs waits longer than it should, as far as they hold on a day from `after` on; of
 * several messages in a row the first counts.
 */
export function waitsOf(timeline: Timeline, context: CapContext, after = -Infinity): Spell[] {
  const columns = columnsOfTimeline(timeline);
  const { count, day, head } = columns;
  const spells: Spell[] = [];
  const end = (since: number, to: number): void => {
    // Fewer days than working days that it may wait: most messages are answered in time.
    const spell = to - since <= context.settings.answerWithin ? undefined : waitIn({ messages: [since], to }, context);
    if (spell !== undefined) spells.push(spell);
  };
  let since: number | undefined;
  for (let i = startFor(columns, ANSWERS, after); i < count; i += 1) {
    const effects = EFFECTS[(head[i] ?? 0) % KINDS] ?? 0;
    if ((effects & ANSWERS) !== 0) {
      if (since !== undefined) end(since, day[i] ?? 0);
      since = undefined;
    } else if ((effects & ASKS) !== 0) since ??= day[i];
  }
  if (since !== undefined) end(since, Infinity);
  return spells;
}

/** The spells in which so many messages of ours had no reply, as far as they hold on a day from `after` on. */
export function silencesOf(timeline: Timeline, context: CapContext, after = -Infinity): Spell[] {
  const columns = columnsOfTimeline(timeline);
  const { count, day, head } = columns;
  const spells: Spell[] = [];
  const sent: number[] = [];
  let waiting = 0;
  const end = (to: number): void => {
    const isLong = waiting >= context.settings.unansweredLimit;
    const spell = isLong ? silenceIn({ messages: sent.slice(0, waiting), to }, context) : undefined;
    if (spell !== undefined) spells.push(spell);
    waiting = 0;
  };
  for (let i = startFor(columns, REPLIES, after); i < count; i += 1) {
    const effects = EFFECTS[(head[i] ?? 0) % KINDS] ?? 0;
    if ((effects & REPLIES) !== 0) end(day[i] ?? 0);
    else if ((effects & TELLS) !== 0) {
      sent[waiting] = day[i] ?? 0;
      waiting += 1;
    }
  }
  end(Infinity);
  return spells;
}

/** The wait in a run of their messages. */
export function waitIn({ messages, to }: Run, context: CapContext): Spell | undefined {
  const since = messages[0];
  const from = since === undefined ? undefined : lateFrom(since, to, context);
  return since === undefined || from === undefined ? undefined : { from, to, since, messages: [] };
}

/** The silence in a run of our messages. */
export function silenceIn({ messages, to }: Run, { settings: { unansweredLimit } }: CapContext): Spell | undefined {
  const from = messages[unansweredLimit - 1];
  return from === undefined || from >= to ? undefined : { from, to, since: messages[0] ?? from, messages };
}

/** Messages of a direction until something of the other side ends their run. */
export interface Run {
  /** Days of the messages. */
  readonly messages: readonly number[];
  readonly to: number;
}

/** The place after the last contact before a day that ends runs. */
function startFor(timeline: ContactColumns, ends: number, after: number): number {
  for (let i = firstOn(timeline, after) - 1; i >= 0; i -= 1)
    if (((EFFECTS[(timeline.head[i] ?? 0) % KINDS] ?? 0) & ends) !== 0) return i + 1;
  return 0;
}

/** The first day before `to` on which a message is late. */
function lateFrom(since: number, to: number, { settings: { answerWithin }, closures }: CapContext): number | undefined {
  let left = answerWithin;
  for (let day = since + 1; day < to && day < since + 1000; day += 1) {
    if (!isWorkingDay(dayNumber(day), closures)) continue;
    if (left === 0) return day;
    left -= 1;
  }
  return undefined;
}

/** Working days after a day, up to another. */
export const workingDaysAfter = (since: number, on: number, closures: readonly Closure[]): number =>
  workingDays({ from: dayNumber(since + 1), to: dayNumber(on) }, closures);

export const holdsOn = ({ from, to }: Spell, day: number): boolean => from <= day && day < to;

/** How many days before an asked day caps are looked for at first; four times as many whenever that was too few. */
const FIRST_REACH_DAYS = 100;
const MORE = 4;

/** The caps of a timeline, in the order of its days, on any day (docs/reference/relationships.md 2). */
export class TimelineCaps {
  readonly #timeline: ContactColumns;
  readonly #context: CapContext;
  #waits: readonly Spell[] = [];
  #silences: readonly Spell[] = [];
  /** Spells that end before this day are not known. */
  #after = Infinity;
  #reachDays = FIRST_REACH_DAYS;

  constructor(timeline: Timeline, context: CapContext) {
    this.#timeline = columnsOfTimeline(timeline);
    this.#context = context;
  }

  #reach(day: number): void {
    if (day >= this.#after) return;
    this.#after = day - this.#reachDays;
    this.#reachDays *= MORE;
    this.#waits = waitsOf(this.#timeline, this.#context, this.#after);
    this.#silences = silencesOf(this.#timeline, this.#context, this.#after);
  }

  hold(day: number): boolean {
    this.#reach(day);
    return this.#waits.some((spell) => holdsOn(spell, day)) || this.#silences.some((spell) => holdsOn(spell, day));
  }

  on(day: number): readonly Cap[] {
    this.#reach(day);
    const wait = this.#waits.find((spell) => holdsOn(spell, day));
    const silence = this.#silences.find((spell) => holdsOn(spell, day));
    return [
      ...(wait === undefined
        ? []
        : [
            {
              reason: "waits",
              since: toDay(wait.since),
              days: workingDaysAfter(wait.since, day, this.#context.closures),
            } as const,
          ]),
      ...(silence === undefined
        ? []
        : [{ reason: "no-reply", messages: silence.messages.filter((sent) => sent <= day).length } as const]),
    ];
  }
}
