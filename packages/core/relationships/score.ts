import { type ContactColumns, KINDS, firstOn, ofEachKind } from "../snapshots/activity-columns.ts";
import type { HealthSettings } from "./health-settings.ts";
import { type Timeline, MOST_EMAILS, columnsOfTimeline } from "./timeline.ts";
import { TURN_DAYS, TurnCounts } from "./turn-counts.ts";

/** Older activities do not count for a score. */
export const SCORE_DAYS = 180;

/** The score of a day without enough data. */
const NO_SCORE = -1;

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

/** The weight that counts as 1. */
const USUAL_WEIGHT = 6;
/** More than what makes the activity 1. */
const MOST_SUM = (1.001 * USUAL_WEIGHT) / Math.LN2;

const weightsOfSettings = new WeakMap<ScoreSettings, Uint8Array>();

/** By kind of contact; a night asks for every customer. */
function weightsOf(settings: ScoreSettings): Uint8Array {
  const known = weightsOfSettings.get(settings);
  if (known !== undefined) return known;
  const { weightEmail: email, weightMeeting: meeting, weightCall: call, weightTask: task } = settings;
  const ofType = { email, meeting, call, task };
  const weights = Uint8Array.from(
    ofEachKind(({ type }) => ofType[type]),
    (weight) => weight ?? 0,
  );
  weightsOfSettings.set(settings, weights);
  return weights;
}

/** By kind of contact: which e-mails of a day are counted together; -1 for what is no e-mail. */
const MAIL_WAYS = Int8Array.from(
  ofEachKind(({ type, direction }) => (type === "email" ? ["in", "out", "none"].indexOf(direction) : -1)),
  (way) => way ?? -1,
);

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
 * How far before the first asked day a scorer looks, in expected intervals, which is what a trend needs; four times as
 * far whenever that was too little.
 */
const FIRST_REACH = 5;
const MORE = 4;

/**
 * Scores a timeline, in the order of its days, on any day, before the caps. A trend asks for many days, each of which
 * looks at 180: weights are summed by day, and turns counted from the first contact on, so that a day needs neither the
 * contacts again nor another day's score. Of a long timeline only the days that are asked for are looked at.
 */
export class TimelineScorer {
  readonly #timeline: ContactColumns;
  readonly #settings: ScoreSettings;
  readonly #contactDays: number;
  readonly #decay: Float64Array;
  /** Contacts before this day are not in the sums. */
  #from = Infinity;
  #reach: number;
  /** Weights by day, and the day of the first of them. */
  #sums = new Int32Array();
  #firstDay = 0;
  #turns = new TurnCounts();

  constructor(timeline: Timeline, settings: ScoreSettings) {
    this.#timeline = columnsOfTimeline(timeline);
    this.#settings = settings;
    this.#contactDays = settings.contactDays;
    this.#decay = decayOf(settings.contactDays);
    this.#reach = FIRST_REACH * settings.contactDays;
  }

  #arrange(wanted: number): void {
    const { count, day, head } = this.#timeline;
    const from = Math.max(wanted, day[0] ?? wanted);
    const first = firstOn(this.#timeline, from);
    this.#from = wanted;
    this.#firstDay = from;
    this.#sums = new Int32Array(Math.max(0, (day[count - 1] ?? from) - from + 1));
    // A day that is asked for has 180 days of sums, and 90 of turns.
    const turnsFrom = wanted + SCORE_DAYS - TURN_DAYS + 1;
    this.#turns = new TurnCounts(count - firstOn(this.#timeline, turnsFrom));
    const weights = weightsOf(this.#settings);
    const [sums, turns] = [this.#sums, this.#turns];
    /** E-mails of the day by their way, a byte each. */
    let mails = 0;
    let current = 0;
    for (let i = first; i < count; i += 1) {
      const on = day[i] ?? 0;
      const kind = (head[i] ?? 0) % KINDS;
      const way = MAIL_WAYS[kind] ?? -1;
      if (way >= 0) {
        if (on !== current) mails = 0;
        current = on;
        if (((mails >> (8 * way)) & 0xff) >= MOST_EMAILS) continue;
        mails += 1 << (8 * way);
      }
      sums[on - from] = (sums[on - from] ?? 0) + (weights[kind] ?? 0);
      if (on >= turnsFrom) turns.add(on, kind);
    }
  }

  /** `undefined` without an activity in the 180 days up to the day. */
  on(day: number): ScoreParts | undefined {
    const score = this.scoreOn(day);
    if (score === NO_SCORE) return undefined;
    const lastDay = this.#lastDay(day);
    const parts = { activity: this.#activity(day), recency: this.#recency(day, lastDay), balance: this.#balance(day) };
    return { score, ...parts, lastDay };
  }

  /** The score alone, -1 when there is none: a night asks for many days. */
  scoreOn(day: number): number {
    const lastDay = this.#lastDay(day);
    if (day - lastDay > SCORE_DAYS) return NO_SCORE;
    const first = day - SCORE_DAYS;
    if (first < this.#from) {
      this.#arrange(first - this.#reach);
      this.#reach *= MORE;
    }
    const parts = 0.5 * this.#activity(day) + 0.3 * this.#recency(day, lastDay) + 0.2 * this.#balance(day);
    return Math.floor(100 * parts + 0.5);
  }

  /** The last day of contact up to a day. */
  #lastDay(day: number): number {
    const end = firstOn(this.#timeline, day + 1);
    return end === 0 ? -Infinity : (this.#timeline.day[end - 1] ?? -Infinity);
  }

  #activity(day: number): number {
    return Math.min(1, (this.#sum(day) * Math.LN2) / USUAL_WEIGHT);
  }

  #recency(day: number, lastDay: number): number {
    return 2 ** (-Math.max(0, day - lastDay - this.#contactDays) / this.#contactDays);
  }

  #balance(day: number): number {
    return this.#turns.balanceOn(day, this.#contactDays);
  }

  /** The sum of the weights up to a day, from that day back, until it is past the most that counts. */
  #sum(day: number): number {
    const [sums, decay, firstDay] = [this.#sums, this.#decay, this.#firstDay];
    const first = Math.max(0, day - SCORE_DAYS - firstDay);
    let sum = 0;
    for (let i = Math.min(day - firstDay, sums.length - 1); i >= first && sum < MOST_SUM; i -= 1) {
      const weight = sums[i] ?? 0;
      if (weight !== 0) sum += weight * (decay[day - firstDay - i] ?? 0);
    }
    return sum;
  }
}
