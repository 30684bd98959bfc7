import type { Day } from "../platform/values.ts";
import type { Cap } from "./caps.ts";
import { type Grade, grades, rangesOf } from "./grades.ts";
import type { Health } from "./health.ts";
import type { HealthSettings } from "./health-settings.ts";
import type { Kpis } from "./kpis.ts";
import type { ResponseTime } from "./response-times.ts";
import type { Weakness } from "./weaknesses.ts";

/** Health in answers; all null without enough data. */
interface HealthJson {
  readonly score: number | null;
  readonly grade: Grade | null;
  readonly trend: { readonly direction: "up" | "down" | "neutral"; readonly difference: number } | null;
  readonly caps: Cap[];
  /** What the formula gives, before the caps, and its parts from 0 to 1. */
  readonly formula: {
    readonly score: number;
    readonly activity: number;
    readonly recency: number;
    readonly balance: number;
  } | null;
  readonly lastOn: Day | null;
}

const rounded = (value: number): number => Math.round(1e4 * value) / 1e4;

export function healthJson(health: Health | undefined): HealthJson {
  if (health === undefined) return { score: null, grade: null, trend: null, caps: [], formula: null, lastOn: null };
  const { score, grade, trend, caps, parts, lastOn } = health;
  return {
    score,
    grade,
    trend: trend === undefined ? null : { direction: trend.direction, difference: rounded(trend.difference) },
    caps: [...caps],
    formula: {
      score: parts.score,
      activity: rounded(parts.activity),
      recency: rounded(parts.recency),
      balance: rounded(parts.balance),
    },
    lastOn,
  };
}

export const weaknessJson = (weakness: Weakness) => ({
  reason: weakness.reason,
  since: weakness.since,
  personId: "personId" in weakness ? weakness.personId : null,
  messages: weakness.reason === "no-reply" ? weakness.messages : null,
  from: weakness.reason === "fell" ? weakness.from : null,
  to: weakness.reason === "fell" ? weakness.to : null,
});

/** The lowest and highest score of each grade. */
export const rangesJson = (settings: Pick<HealthSettings, "goodMin" | "fairMin">) => {
  const ranges = rangesOf(settings);
  return grades.map((grade) => ({ grade, min: ranges[grade][0], max: ranges[grade][1] }));
};

const responseJson = (time: ResponseTime | undefined) => ({
  answers: time?.answers ?? null,
  medianMinutes: time?.medianMinutes ?? null,
  reason:
    time === undefined ? ("few-employees" as const) : time.medianMinutes === undefined ? ("too-few" as const) : null,
});

export const kpisJson = (kpis: Kpis) => ({
  ...kpis,
  counts: [...kpis.counts],
  weeks: [...kpis.weeks],
  topPersons: [...kpis.topPersons],
  silentPersons: [...kpis.silentPersons],
  sentPerReceived: kpis.sentPerReceived ?? null,
  lastOn: kpis.lastOn ?? null,
  nextOn: kpis.nextOn ?? null,
  longestWait: kpis.longestWait ?? null,
  ourResponse: responseJson(kpis.ourResponse),
  theirResponse: responseJson(kpis.theirResponse),
  ourMinutes: kpis.ourMinutes ?? null,
});
