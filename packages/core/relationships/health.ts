import type { Closure } from "../platform/closure.ts";
import { type Day, toDay, toDayNumber } from "../platform/values.ts";
import { type Cap, capsOn } from "./caps.ts";
import { type Grade, gradeOf, rankOfGrade, steadyGrade } from "./grades.ts";
import type { HealthSettings } from "./health-settings.ts";
import { type ScoreParts, scoreOn } from "./score.ts";
import { type Contact, withoutFloods } from "./timeline.ts";
import { type Trend, trendOf } from "./trend.ts";

/** A relationship on a day. */
export interface Health {
  /** The score shown, after the caps. */
  readonly score: number;
  readonly grade: Grade;
  /** What the formula gives, before the caps. */
  readonly parts: ScoreParts;
  readonly caps: readonly Cap[];
  /** `undefined` with too few scores. */
  readonly trend: Trend | undefined;
  readonly lastOn: Day;
}

/** A relationship's events of a day: the grade of events changed, or the trend turned down. */
export interface HealthEvents {
  readonly from?: Grade | undefined;
  readonly to?: Grade | undefined;
  readonly isTrendDown: boolean;
}

interface HealthContext {
  readonly settings: HealthSettings;
  readonly closures: readonly Closure[];
}

/** The health of one timeline; scores are computed anew for any day, so that late activities change past days too. */
export class HealthOfTimeline {
  readonly #timeline: readonly Contact[];
  readonly #scored: readonly Contact[];
  readonly #settings: HealthSettings;
  readonly #closures: readonly Closure[];
  readonly #scores = new Map<number, ScoreParts | undefined>();

  constructor(timeline: readonly Contact[], { settings, closures }: HealthContext) {
    this.#timeline = timeline;
    this.#scored = withoutFloods(timeline);
    this.#settings = settings;
    this.#closures = closures;
  }

  /** `undefined` without an activity in 180 days: not enough data. */
  on(asOf: Day): Health | undefined {
    const day = toDayNumber(asOf);
    const parts = this.#partsOn(day);
    if (parts === undefined) return undefined;
    const caps = capsOn(this.#timeline, day, this.#settings, this.#closures);
    const score = this.#capped(parts.score, caps);
    return {
      score,
      grade: gradeOf(score, this.#settings),
      parts,
      caps,
      trend: this.#trendOn(day),
      lastOn: toDay(parts.lastDay),
    };
  }

  /** Formula scores of the days that the trend compares, the oldest first. */
  scores(asOf: Day): readonly (number | undefined)[] {
    return this.#scoresUpTo(toDayNumber(asOf));
  }

  /** What changed on a day, compared with the day before. */
  eventsOn(asOf: Day): HealthEvents {
    const day = toDayNumber(asOf);
    const [from, to] = [this.#steadyOn(day - 1), this.#steadyOn(day)];
    const isTrendDown = this.#isDown(day) && !this.#isDown(day - 1);
    return from === to || from === undefined || to === undefined ? { isTrendDown } : { from, to, isTrendDown };
  }

  /** The best grade of events in the days that the trend compares, and the one of the day. */
  steady(asOf: Day): { readonly best: Grade; readonly now: Grade; readonly fellOn: Day | undefined } | undefined {
    const day = toDayNumber(asOf);
    const now = this.#steadyOn(day);
    if (now === undefined) return undefined;
    let best = now;
    let fellOn: number = day;
    for (let d = day - 1; d > day - 4 * this.#settings.contactDays; d -= 1) {
      const grade = this.#steadyOn(d);
      if (grade === undefined) break;
      if (isBetter(grade, best)) best = grade;
      if (best === now) fellOn = d;
    }
    return { best, now, fellOn: best === now ? undefined : toDay(fellOn) };
  }

  #partsOn(day: number): ScoreParts | undefined {
    if (!this.#scores.has(day)) this.#scores.set(day, scoreOn(this.#scored, day, this.#settings));
    return this.#scores.get(day);
  }

  #capped(score: number, caps: readonly Cap[]): number {
    return caps.length === 0 ? score : Math.min(score, this.#settings.goodMin - 1);
  }

  #shownOn(day: number): number | undefined {
    const parts = this.#partsOn(day);
    if (parts === undefined || parts.score < this.#settings.goodMin) return parts?.score;
    return this.#capped(parts.score, capsOn(this.#timeline, day, this.#settings, this.#closures));
  }

  /** The grade of events: that of the score, unless the score wavers just below a minimum. Then the day before says. */
  #steadyOn(day: number): Grade | undefined {
    const waver: number[] = [];
    let d = day;
    let score = this.#shownOn(d);
    while (score !== undefined && this.#isJustBelow(score)) {
      waver.push(score);
      d -= 1;
      score = this.#shownOn(d);
    }
    const start = score === undefined ? undefined : gradeOf(score, this.#settings);
    return waver
      .toReversed()
      .reduce<Grade | undefined>((before, next) => steadyGrade(before, next, this.#settings), start);
  }

  #isJustBelow(score: number): boolean {
    return score === this.#settings.goodMin - 1 || score === this.#settings.fairMin - 1;
  }

  #scoresUpTo(day: number): (number | undefined)[] {
    const length = 4 * this.#settings.contactDays;
    return Array.from({ length }, (_, i) => this.#partsOn(day - length + 1 + i)?.score);
  }

  #trendOn(day: number): Trend | undefined {
    return trendOf(this.#scoresUpTo(day));
  }

  #isDown(day: number): boolean {
    return this.#trendOn(day)?.direction === "down";
  }
}

const isBetter = (a: Grade, b: Grade): boolean => rankOfGrade(a) < rankOfGrade(b);
