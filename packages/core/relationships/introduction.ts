import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { type Result, ok, refuse } from "../platform/result.ts";
import { type Instant, instantSchema, toInstant, userIdSchema } from "../platform/values.ts";

const introductionStates = ["requested", "accepted", "introduced", "declined", "expired"] as const;
export type IntroductionState = (typeof introductionStates)[number];
/** What a colleague may say. */
export const introductionAnswers = ["accepted", "introduced", "declined"] as const;
export type IntroductionAnswer = (typeof introductionAnswers)[number];

const MS_PER_DAY = 86_400_000;
/** Without a step for so long, a request ends. */
const EXPIRES_AFTER_DAYS = 14;
const WEEK_DAYS = 7;
export const MOST_ASKED_A_WEEK = 3;

/** A request of one employee to another to introduce them to a person (docs/reference/relationships.md 8). */
export const introductionSchema = z.object({
  introductionId: z.string(),
  requesterId: userIdSchema,
  colleagueId: userIdSchema,
  /** A person at a customer, or a lead's contact. */
  personId: z.string(),
  state: z.enum(introductionStates),
  requestedAt: instantSchema,
  /** The last step. */
  changedAt: instantSchema,
});
export type Introduction = Immutable<z.output<typeof introductionSchema>>;

/** An introduction as it is at an instant: without a step for 14 days it has expired. */
export function introductionAt(introduction: Introduction, now: Instant): Introduction {
  const endsAt = toInstant(Date.parse(introduction.changedAt) + EXPIRES_AFTER_DAYS * MS_PER_DAY);
  return isOpen(introduction) && now >= endsAt
    ? { ...introduction, state: "expired", changedAt: endsAt }
    : introduction;
}

export const isOpen = ({ state }: Pick<Introduction, "state">): boolean =>
  state === "requested" || state === "accepted";

const NEXT: Readonly<Record<IntroductionState, readonly IntroductionAnswer[]>> = {
  requested: ["accepted", "declined"],
  accepted: ["introduced", "declined"],
  introduced: [],
  declined: [],
  expired: [],
};

/** What can be said of it next. */
export const nextAnswers = ({ state }: Pick<Introduction, "state">): readonly IntroductionAnswer[] => NEXT[state];

/** The introduction after the colleague's answer. The same answer twice changes nothing. */
export function answered(
  stored: Introduction,
  answer: IntroductionAnswer,
  now: Instant,
): Result<Introduction, "wrong-state"> {
  const introduction = introductionAt(stored, now);
  const { introductionId, state } = introduction;
  if (state === answer) return ok(stored);
  if (NEXT[state].includes(answer)) return ok({ ...introduction, state: answer, changedAt: now });
  const allowed = NEXT[state].length === 0 ? "nothing more is" : `${NEXT[state].join(" or ")} can be`;
  return refuse("wrong-state", `introduction ${introductionId} is ${state}: ${allowed} said of it, not ${answer}`);
}

/** Whether a colleague may be asked once more, from when they were asked before. */
export const mayBeAsked = (askedAt: readonly Instant[], now: Instant): boolean =>
  recently(askedAt, now).length < MOST_ASKED_A_WEEK;

/** The instants of the last seven days. */
export function recently(askedAt: readonly Instant[], now: Instant): Instant[] {
  const since = toInstant(Date.parse(now) - WEEK_DAYS * MS_PER_DAY);
  return askedAt.filter((at) => at > since);
}
