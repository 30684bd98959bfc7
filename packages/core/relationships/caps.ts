import { workingDays } from "../code-red/periods.ts";
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

type CapSettings = Pick<HealthSettings, "answerWithin" | "unansweredLimit">;

/** Whether we have been in touch, whatever the way: a call of either side, a meeting, or a message of ours. */
const isAnswer = (contact: Contact): boolean =>
  contact.type === "call" || isMutual(contact) || (contact.type === "email" && contact.direction === "out");

/** Whether they have been in touch; a call of ours is no reply. */
const isReply = (contact: Contact): boolean =>
  contact.type !== "task" && (contact.direction === "in" || isMutual(contact));

/** The first of their messages since our last answer, up to a day. */
export function waitingSince(timeline: readonly Contact[], on: number): number | undefined {
  let since: number | undefined;
  for (const contact of timeline) {
    if (contact.day > on) break;
    if (isAnswer(contact)) since = undefined;
    else if (contact.type === "email" && contact.direction === "in") since ??= contact.day;
  }
  return since;
}

/** How many of our messages came after their last contact, up to a day. */
export function unansweredOn(timeline: readonly Contact[], on: number): number {
  let messages = 0;
  for (const contact of timeline) {
    if (contact.day > on) break;
    if (isReply(contact)) messages = 0;
    else if (contact.type === "email" && contact.direction === "out") messages += 1;
  }
  return messages;
}

/** Working days after a day, up to another. */
export const workingDaysAfter = (since: number, on: number, closures: readonly Closure[]): number =>
  workingDays({ from: dayNumber(since + 1), to: dayNumber(on) }, closures);

/** The caps that hold on a day (docs/reference/relationships.md 2). */
export function capsOn(
  timeline: readonly Contact[],
  on: number,
  { answerWithin, unansweredLimit }: CapSettings,
  closures: readonly Closure[],
): readonly Cap[] {
  const since = waitingSince(timeline, on);
  const days = since === undefined ? 0 : workingDaysAfter(since, on, closures);
  const messages = unansweredOn(timeline, on);
  return [
    ...(since !== undefined && days > answerWithin ? [{ reason: "waits", since: toDay(since), days } as const] : []),
    ...(messages >= unansweredLimit ? [{ reason: "no-reply", messages } as const] : []),
  ];
}
