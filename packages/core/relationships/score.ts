import type { HealthSettings } from "./health-settings.ts";
import { type Contact, withoutFloods } from "./timeline.ts";
import { type Side, sideOf } from "./turns.ts";

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

const weightsOf = (settings: ScoreSettings): Readonly<Record<Contact["type"], number>> => ({
  email: settings.weightEmail,
  meeting: settings.weightMeeting,
  call: settings.weightCall,
  task: settings.weightTask,
});

const halvings = new Map<number, Float64Array>();

/** `2^(-x / contactDays)` for every age that counts. */
function decayOf(contactDays: number): Float64Array {
  const known = halvings.get(contactDays);
  if (known !== undefined) return known;
  const decay = Float64Array.from({ length: SCORE_DAYS + 1 }, (_, age) => 2 ** (-age / contactDays));
  halvings.set(contactDays, decay);
  return decay;
}

/** Whose turns, as numbers. */
const SIDES: Readonly<Record<Side, number>> = { ours: 1, theirs: 2, both: 3 };
const [NOBODY, OURS, THEIRS, BOTH] = [0, 1, 2, 3] as const;

/** A scorer is asked for this many times the expected days back from the first day that it is asked for. */
const USUAL_REACH = 10;

/**
 * Scores a timeline, in the order of its days, on any day, before the caps. Typed arrays, because every day of a trend
 * reads the window again; of a long timeline only the days that are asked for are put into them.
 */
export class TimelineScorer {
  readonly #timeline: readonly Contact[];
  readonly #settings: ScoreSettings;
  readonly #contactDays: number;
  readonly #decay: Float64Array;
  /** Contacts before this day are not in the arrays. */
  #from = Infinity;
  #count = 0;
  #days = new Int32Array();
  #weights = new Float64Array();
  #sides = new Uint8Array();

  constructor(timeline: readonly Contact[], settings: ScoreSettings) {
    this.#timeline = timeline;
    this.#settings = settings;
    this.#contactDays = settings.contactDays;
    this.#decay = decayOf(settings.contactDays);
  }

  #arrange(from: number): void {
    const scored = withoutFloods(this.#timeline, from);
    const weights = weightsOf(this.#settings);
    this.#from = from;
    this.#count = scored.length;
    this.#days = new Int32Array(scored.length);
    this.#weights = new Float64Array(scored.length);
    this.#sides = new Uint8Array(scored.length);
    for (const [i, contact] of scored.entries()) {
      const side = sideOf(contact);
      this.#days[i] = contact.day;
      this.#weights[i] = weights[contact.type] / 6;
      this.#sides[i] = side === undefined ? NOBODY : SIDES[side];
    }
  }

  /** `undefined` without an activity in the 180 days up to the day. */
  on(day: number): ScoreParts | undefined {
    const first = day - SCORE_DAYS;
    if (first < this.#from)
      this.#arrange(this.#from === Infinity ? first - USUAL_REACH * this.#contactDays : -Infinity);
    const end = this.#firstAfter(day);
    const lastDay = this.#days[end - 1];
    if (lastDay === undefined || day - lastDay > SCORE_DAYS) return undefined;
    const activity = Math.min(1, this.#sum(day, end) * Math.LN2);
    const recency = 2 ** (-Math.max(0, day - lastDay - this.#contactDays) / this.#contactDays);
    const balance = this.#balance(day, end);
    const score = Math.floor(100 * (0.5 * activity + 0.3 * recency + 0.2 * balance) + 0.5);
    return { score, activity, recency, balance, lastDay };
  }

  #sum(day: number, end: number): number {
    let sum = 0;
    for (let i = this.#firstAfter(day - SCORE_DAYS - 1); i < end; i += 1)
      sum += (this.#weights[i] ?? 0) * (this.#decay[day - (this.#days[i] ?? 0)] ?? 0);
    return sum;
  }

  /**
   * How far the two sides take turns: 1 when theirs are at least half, 0 without any. When the last turn is ours and is
   * younger than the expected days, it is not counted: there may still be a reply.
   */
  #balance(day: number, end: number): number {
    let [theirs, ours, began] = [0, 0, 0];
    let last: number = NOBODY;
    for (let i = this.#firstAfter(day - TURN_DAYS); i < end; i += 1) {
      const side = this.#sides[i] ?? NOBODY;
      if (side === NOBODY || (side === last && side !== BOTH)) continue;
      if (side === BOTH && last === OURS) ours -= 1;
      if (side !== OURS) theirs += 1;
      if (side !== THEIRS) ours += 1;
      last = side;
      began = this.#days[i] ?? 0;
    }
    if (last === OURS && day - began < this.#contactDays) ours -= 1;
    return theirs + ours === 0 ? 0 : Math.min(1, (2 * theirs) / (theirs + ours));
  }

  /** The place of the first contact after a day. */
  #firstAfter(day: number): number {
    let [from, to] = [0, this.#count];
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((this.#days[middle] ?? 0) <= day) from = middle + 1;
      else to = middle;
    }
    return from;
  }
}
