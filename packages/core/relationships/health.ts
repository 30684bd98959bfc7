import type { Closure } from "../platform/closure.ts";
import { type Day, toDay, toDayNumber } from "../platform/values.ts";
import { type Cap, TimelineCaps } from "./caps.ts";
import { type Grade, gradeOf, grades, isJustBelow, rankOfGrade, steadyGrade } from "./grades.ts";
import type { HealthSettings } from "./health-settings.ts";
import { type ScoreParts, TimelineScorer } from "./score.ts";
import { DayBytes } from "./day-bytes.ts";
import { type Timeline, columnsOfTimeline } from "./timeline.ts";
import { type Trend, trendOn } from "./trend.ts";

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

/** The grade of events on a day, and the best one of the days that the trend compares. */
interface SteadyGrade {
  readonly best: Grade;
  readonly now: Grade;
  /** The first day of the grade, when it was better before. */
  readonly fellOn: Day | undefined;
}

interface HealthContext {
  readonly settings: HealthSettings;
  readonly closures: readonly Closure[];
}

/** A day of whose grade nothing is known. */
const NO_GRADE = grades.length;

/**
 * The health of one timeline. Nothing is stored, every day is computed, so late activities change past days too: a score
 * that was kept would be a write a night for everybody, and reading it costs more than computing it. Within a run, a day
 * is computed once, and has a byte.
 */
export class HealthOfTimeline {
  readonly #scorer: TimelineScorer;
  readonly #capsOf: () => TimelineCaps;
  #madeCaps: TimelineCaps | undefined;
  readonly #settings: HealthSettings;
  readonly #scores = new DayBytes();
  readonly #grades = new DayBytes();
  readonly #falls = new DayBytes();

  constructor(timeline: Timeline, { settings, closures }: HealthContext) {
    const columns = columnsOfTimeline(timeline);
    this.#scorer = new TimelineScorer(columns, settings);
    this.#capsOf = () => new TimelineCaps(columns, { settings, closures });
    this.#settings = settings;
  }

  /** Made when they are asked for: a score below good has none. */
  get #caps(): TimelineCaps {
    return (this.#madeCaps ??= this.#capsOf());
  }

  /** `undefined` without an activity in 180 days: not enough data. */
  on(asOf: Day): Health | undefined {
    const day = toDayNumber(asOf);
    const parts = this.#scorer.on(day);
    if (parts === undefined) return undefined;
    const caps = this.#caps.on(day);
    const score = caps.length === 0 ? parts.score : Math.min(parts.score, this.#settings.goodMin - 1);
    const trend = trendOn(day, this.#settings.contactDays, this.#scoreOn);
    return { score, grade: gradeOf(score, this.#settings), parts, caps, trend, lastOn: toDay(parts.lastDay) };
  }

  /** The score and grade shown, without the trend; `undefined` without enough data. */
  gradedOn(asOf: Day): Pick<Health, "score" | "grade"> | undefined {
    const score = this.#shownOn(toDayNumber(asOf));
    return score < 0 ? undefined : { score, grade: gradeOf(score, this.#settings) };
  }

  /** Formula scores of the days that the trend compares, the oldest first. */
  scores(asOf: Day): readonly (number | undefined)[] {
    const day = toDayNumber(asOf);
    const length = 4 * this.#settings.contactDays;
    return Array.from({ length }, (_, i) => this.#scoreOn(day - length + 1 + i)).map((score) =>
      score < 0 ? undefined : score,
    );
  }

  /** What changed on a day, compared with the day before. */
  eventsOn(asOf: Day): HealthEvents {
    const day = toDayNumber(asOf);
    const [from, to] = [this.#steadyOn(day - 1), this.#steadyOn(day)];
    const isTrendDown = this.#isDown(day) && !this.#isDown(day - 1);
    return from === to || from === undefined || to === undefined ? { isTrendDown } : { from, to, isTrendDown };
  }

  /** Whether the grade of events fell within the days that the trend compares, or the trend falls. */
  isWeakening(day: number): boolean {
    const steady = this.#steadyAt(day);
    return (steady !== undefined && steady.best !== steady.now) || this.#isDown(day);
  }

  /** `undefined` when there is no score. */
  steady(asOf: Day): SteadyGrade | undefined {
    const steady = this.#steadyAt(toDayNumber(asOf));
    return steady && { ...steady, fellOn: steady.best === steady.now ? undefined : toDay(steady.since) };
  }

  /** `since`: the first day of the grade. */
  #steadyAt(day: number): (Pick<SteadyGrade, "best" | "now"> & { readonly since: number }) | undefined {
    const now = this.#steadyOn(day);
    if (now === undefined) return undefined;
    let best = now;
    let since = day;
    for (let d = day - 1; d > day - 4 * this.#settings.contactDays; d -= 1) {
      const grade = this.#steadyOn(d);
      if (grade === undefined) break;
      if (rankOfGrade(grade) < rankOfGrade(best)) best = grade;
      if (best === now) since = d;
    }
    return { best, now, since };
  }

  /** The first day of the fall that the trend shows on a day; `undefined` when it does not fall. */
  downSince(asOf: Day): Day | undefined {
    let day: number = toDayNumber(asOf);
    if (!this.#isDown(day)) return undefined;
    while (this.#isDown(day - 1)) day -= 1;
    return toDay(day);
  }

  /** The formula's score, -1 when there is none. */
  readonly #scoreOn = (day: number): number => {
    const known = this.#scores.get(day);
    if (known !== undefined) return known;
    const score = this.#scorer.scoreOn(day);
    this.#scores.set(day, score);
    return score;
  };

  #shownOn(day: number): number {
    const { goodMin } = this.#settings;
    const score = this.#scoreOn(day);
    return score >= goodMin && this.#caps.hold(day) ? goodMin - 1 : score;
  }

  /**
   * The grade of events on a day: the grade of its score, but that of the day before while the score is just below a
   * minimum.
   */
  #steadyOn(day: number): Grade | undefined {
    let d = day;
    while (this.#grades.get(d) === undefined && isJustBelow(this.#shownOn(d), this.#settings)) d -= 1;
    const shown = this.#shownOn(d);
    const known = this.#grades.get(d);
    let grade = known === undefined ? (shown < 0 ? undefined : gradeOf(shown, this.#settings)) : grades[known];
    this.#noteGrade(d, grade);
    for (d += 1; d <= day; d += 1) {
      grade = steadyGrade(grade, this.#shownOn(d), this.#settings);
      this.#noteGrade(d, grade);
    }
    return grade;
  }

  #noteGrade(day: number, grade: Grade | undefined): void {
    this.#grades.set(day, grade === undefined ? NO_GRADE : rankOfGrade(grade));
  }

  #isDown(day: number): boolean {
    const known = this.#falls.get(day);
    if (known !== undefined) return known === 1;
    const isDown = trendOn(day, this.#settings.contactDays, this.#scoreOn)?.direction === "down";
    this.#falls.set(day, isDown ? 1 : 0);
    return isDown;
  }
}
