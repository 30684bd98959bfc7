import { expect, it } from "vitest";
import { addDays } from "../platform/period.ts";
import { day, toInstant } from "../platform/values.ts";
import { evaluationDay } from "./evaluation-day.ts";

/** The instants at which days begin around changes of the clocks, which are at midnight in Santiago. */
const BEGINNINGS = [
  ["Europe/Copenhagen", "2026-03-29", "2026-03-28T23:00:00Z"],
  ["Europe/Copenhagen", "2026-03-30", "2026-03-29T22:00:00Z"],
  ["Europe/Copenhagen", "2026-10-25", "2026-10-24T22:00:00Z"],
  ["Europe/Copenhagen", "2026-10-26", "2026-10-25T23:00:00Z"],
  ["America/Santiago", "2026-04-05", "2026-04-05T04:00:00Z"],
  ["America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"],
  ["America/Santiago", "2026-09-07", "2026-09-07T03:00:00Z"],
] as const;

it.each(BEGINNINGS)("statuses are of the tenant's own day, in %s also where clocks change: %s", (timeZone, on, at) => {
  const today = day(on);
  const night = addDays(today, -2);
  const begins = Date.parse(at);
  expect(evaluationDay(night, toInstant(begins - 1), { timeZone })).toBe(addDays(today, -1));
  expect(evaluationDay(addDays(today, -1), toInstant(begins), { timeZone })).toBe(today);
  // Without the last night's run, everybody is looked at as of the one that there was.
  expect(evaluationDay(night, toInstant(begins), { timeZone })).toBe(night);
  expect(evaluationDay(undefined, toInstant(begins), { timeZone })).toBe(today);
});
