import type { HealthSettings } from "./health-settings.ts";
import type { Contact } from "./timeline.ts";
import { balanceOf, turnsOf } from "./turns.ts";

/** Older activities do not count for a score. */
export const SCORE_DAYS = 180;
/** The window in which turns are counted. */
const TURN_DAYS = 90;

/** What a score is made of, each from 0 to 1 (docs/reference/relationships.md 2). */
export interface ScoreParts {
  readonly score: number;
  readonly activity: number;
  readonly recency: number;
  readonly balance: number;
  readonly lastDay: number;
}

type ScoreSettings = Pick<
  HealthSettings,
  "weightEmail" | "weightMeeting" | "weightCall" | "weightTask" | "contactDays"
>;

const weightOf = ({ type }: Contact, settings: ScoreSettings): number => {
  switch (type) {
    case "email":
      return settings.weightEmail;
    case "meeting":
      return settings.weightMeeting;
    case "call":
      return settings.weightCall;
    case "task":
      return settings.weightTask;
  }
};

const halvings = new Map<number, Float64Array>();

/** `2^(-x / contactDays)` for every age that counts. */
function decayOf(contactDays: number): Float64Array {
  const known = halvings.get(contactDays);
  if (known !== undefined) return known;
  const decay = Float64Array.from({ length: SCORE_DAYS + 1 }, (_, age) => 2 ** (-age / contactDays));
  halvings.set(contactDays, decay);
  return decay;
}

/**
 * The score of a day from a timeline without floods, before the caps; `undefined` without an activity in the 180 days
 * before.
 */
export function scoreOn(timeline: readonly Contact[], on: number, settings: ScoreSettings): ScoreParts | undefined {
  const { contactDays } = settings;
  const decay = decayOf(contactDays);
  let sum = 0;
  let lastDay: number | undefined;
  const inWindow: Contact[] = [];
  for (const contact of timeline) {
    const age = on - contact.day;
    if (age > SCORE_DAYS) continue;
    if (age < 0) break;
    sum += (weightOf(contact, settings) / 6) * (decay[age] ?? 0);
    lastDay = contact.day;
    if (age < TURN_DAYS) inWindow.push(contact);
  }
  if (lastDay === undefined) return undefined;
  const activity = Math.min(1, sum * Math.LN2);
  const recency = 2 ** (-Math.max(0, on - lastDay - contactDays) / contactDays);
  const balance = balanceOf(turnsOf(inWindow), on, contactDays);
  const score = Math.floor(100 * (0.5 * activity + 0.3 * recency + 0.2 * balance) + 0.5);
  return { score, activity, recency, balance, lastDay };
}
