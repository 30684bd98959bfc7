import type { HealthSettings } from "./health-settings.ts";

/** Best first. */
export const grades = ["good", "fair", "poor"] as const;
export type Grade = (typeof grades)[number];

type Minima = Pick<HealthSettings, "goodMin" | "fairMin">;

export const gradeOf = (score: number, { goodMin, fairMin }: Minima): Grade =>
  score >= goodMin ? "good" : score >= fairMin ? "fair" : "poor";

/** The scores of each grade; a maximum is one less than the next minimum. */
export const rangesOf = ({ goodMin, fairMin }: Minima): Readonly<Record<Grade, readonly [number, number]>> => ({
  good: [goodMin, 100],
  fair: [fairMin, goodMin - 1],
  poor: [0, fairMin - 1],
});

/** Whether a score is the one just below a minimum, at which the grade of events stays what it was. */
export const isJustBelow = (score: number, { goodMin, fairMin }: Minima): boolean =>
  score === goodMin - 1 || score === fairMin - 1;

/** How much worse a grade is; 0 is the best. */
export const rankOfGrade = (grade: Grade): number => grades.indexOf(grade);

/**
 * The grade of which events tell after a day's score: one falls at two points below a minimum and rises at the minimum,
 * so that a score that wavers between the two tells nothing (docs/reference/relationships.md 3).
 */
export function steadyGrade(before: Grade | undefined, score: number, minima: Minima): Grade {
  const shown = gradeOf(score, minima);
  if (before === undefined || rankOfGrade(shown) <= rankOfGrade(before)) return shown;
  const fallen = gradeOf(Math.min(100, score + 1), minima);
  return rankOfGrade(fallen) > rankOfGrade(before) ? fallen : before;
}
