import { isWorkingDay, workingDays } from "../code-red/periods.ts";
import type { Closure } from "../platform/closure.ts";
import { type Day, dayNumber, toDay } from "../platform/values.ts";
import type { HealthSettings } from "./health-settings.ts";
import { type ContactColumns, KINDS, firstOn, ofEachKind } from "../snapshots/activity-columns.ts";
import { type Contact, type Timeline, columnsOfTimeline } from "./timeline.ts";
import { isMutual } from "./turns.ts";

/** Why a score is at most one less than a good one: evidence, not part of the formula. */
export type Cap =
  /** Their message of a day waits for an answer, so many working days. */
  | { readonly reason: "waits"; readonly since: Day; readonly days: number }
  /** Our last messages had no reply. */
  | { readonly reason: "no-reply"; readonly messages: number };

export interface CapContext {
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

/** What a contact does to messages that wait for an answer of ours, or for a reply of theirs. */
export interface Effects {
  /** We have been in touch, whatever the way: a call of either side, a meeting, or a message of ours. */
  readonly answers: boolean;
  /** A message of theirs. */
  readonly asks: boolean;
  /** They have been in touch; a call of ours is no reply. */
  readonly replies: boolean;
  /** A message of ours. */
  readonly tells: boolean;
}

const effectsOf = (kind: Pick<Contact, "type" | "direction">): Effects => {
  const { type, direction } = kind;
  const [isEmail, isBoth] = [type === "email", isMutual(kind)];
  return {
    answers: type === "call" || isBoth || (isEmail && direction === "out"),
    asks: isEmail && direction === "in",
    replies: type !== "task" && (direction === "in" || isBoth),
    tells: isEmail && direction === "out",
  };
};

/** Looked up by kind of contact, because a night asks millions of times. */
export const EFFECTS = ofEachKind(effectsOf);

/**
 * The spells in which a message of theirs waits longer than it should, as far as they hold on a day from `after` on; of
 * several messages in a row the first counts.
 */
export const waitsOf = (timeline: Timeline, context: CapContext, after = -Infinity): Spell[] =>
  runsOf(columnsOfTimeline(timeline), { messages: "asks", ends: "answers" }, after).flatMap(
    (run) => waitIn(run, context) ?? [],
  );

/** The spells in which so many messages of ours had no reply, as far as they hold on a day from `after` on. */
export const silencesOf = (timeline: Timeline, context: CapContext, after = -Infinity): Spell[] =>
  runsOf(columnsOfTimeline(timeline), { messages: "tells", ends: "replies" }, after).flatMap(
    (run) => silenceIn(run, context) ?? [],
  );

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

export interface Run {
  /** Days of the messages. */
  readonly messages: number[];
  to: number;
}

interface RunEffects {
  readonly messages: keyof Effects;
  readonly ends: keyof Effects;
}

/** Messages until something of the other side ends their run. Runs that end before a day are left out. */
function runsOf(timeline: ContactColumns, { messages, ends }: RunEffects, after: number): Run[] {
  const { count, day, head } = timeline;
  const runs: Run[] = [];
  let open: Run | undefined;
  for (let i = startFor(timeline, ends, after); i < count; i += 1) {
    const effects = EFFECTS[(head[i] ?? 0) % KINDS];
    if (effects?.[ends] === true) {
      if (open !== undefined) open.to = day[i] ?? 0;
      open = undefined;
    } else if (effects?.[messages] === true) {
      if (open === undefined) runs.push((open = { messages: [], to: Infinity }));
      open.messages.push(day[i] ?? 0);
    }
  }
  return runs;
}

/** The place after the last contact before a day that ends runs. */
function startFor(timeline: ContactColumns, ends: keyof Effects, after: number): number {
  for (let i = firstOn(timeline, after) - 1; i >= 0; i -= 1)
    if (EFFECTS[(timeline.head[i] ?? 0) % KINDS]?.[ends] === true) return i + 1;
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

/** Caps are looked for so many days further back than they are asked for; then four times as far when that was too little. */
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
