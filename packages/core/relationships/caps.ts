import { isWorkingDay, workingDays } from "../code-red/periods.ts";
import type { Closure } from "../platform/closure.ts";
import { type Day, dayNumber, toDay } from "../platform/values.ts";
import type { HealthSettings } from "./health-settings.ts";
import type { Contact } from "./timeline.ts";
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

/** Whether we have been in touch, whatever the way: a call of either side, a meeting, or a message of ours. */
const isAnswer = (contact: Contact): boolean =>
  contact.type === "call" || isMutual(contact) || (contact.type === "email" && contact.direction === "out");

/** Whether they have been in touch; a call of ours is no reply. */
const isReply = (contact: Contact): boolean =>
  contact.type !== "task" && (contact.direction === "in" || isMutual(contact));

const isMessage = (contact: Contact, direction: "in" | "out"): boolean =>
  contact.type === "email" && contact.direction === direction;

/** The spells in which a message of theirs waits longer than it should; of several in a row the first counts. */
export function waitsOf(timeline: readonly Contact[], context: CapContext): Spell[] {
  return runsOf(timeline, "in", isAnswer).flatMap(({ messages, to }) => {
    const since = messages[0] ?? 0;
    const from = lateFrom(since, to, context);
    return from === undefined ? [] : [{ from, to, since, messages: [] }];
  });
}

/** The spells in which so many messages of ours had no reply. */
export function silencesOf(timeline: readonly Contact[], { settings: { unansweredLimit } }: CapContext): Spell[] {
  return runsOf(timeline, "out", isReply).flatMap(({ messages, to }) => {
    const from = messages[unansweredLimit - 1];
    return from === undefined || from >= to ? [] : [{ from, to, since: messages[0] ?? from, messages }];
  });
}

interface Run {
  /** Days of the messages. */
  readonly messages: number[];
  to: number;
}

/** Messages of a direction until something of the other side ends their run. */
function runsOf(timeline: readonly Contact[], direction: "in" | "out", ends: (contact: Contact) => boolean): Run[] {
  const runs: Run[] = [];
  let open: Run | undefined;
  for (const contact of timeline)
    if (ends(contact)) {
      if (open !== undefined) open.to = contact.day;
      open = undefined;
    } else if (isMessage(contact, direction)) {
      if (open === undefined) runs.push((open = { messages: [], to: Infinity }));
      open.messages.push(contact.day);
    }
  return runs;
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

/** The caps of a timeline on any day (docs/reference/relationships.md 2). */
export class TimelineCaps {
  readonly #waits: readonly Spell[];
  readonly #silences: readonly Spell[];
  readonly #closures: readonly Closure[];

  constructor(timeline: readonly Contact[], context: CapContext) {
    this.#waits = waitsOf(timeline, context);
    this.#silences = silencesOf(timeline, context);
    this.#closures = context.closures;
  }

  hold(day: number): boolean {
    return this.#waits.some((spell) => holdsOn(spell, day)) || this.#silences.some((spell) => holdsOn(spell, day));
  }

  on(day: number): readonly Cap[] {
    const wait = this.#waits.find((spell) => holdsOn(spell, day));
    const silence = this.#silences.find((spell) => holdsOn(spell, day));
    return [
      ...(wait === undefined
        ? []
        : [
            {
              reason: "waits",
              since: toDay(wait.since),
              days: workingDaysAfter(wait.since, day, this.#closures),
            } as const,
          ]),
      ...(silence === undefined
        ? []
        : [{ reason: "no-reply", messages: silence.messages.filter((sent) => sent <= day).length } as const]),
    ];
  }
}
