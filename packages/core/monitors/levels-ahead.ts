import type { Level } from "../insights/finding.ts";

/** The levels of a company's findings on days to come, if nothing happens until then. */
export interface LevelsAhead {
  /** The first of the days, and their levels by kind, day by day. */
  readonly from: number;
  readonly days: readonly ReadonlyMap<string, Level>[];
}

/** The last day that is foretold; -Infinity without any. */
export const lastDayOf = (ahead: LevelsAhead | undefined): number =>
  ahead === undefined || ahead.days.length === 0 ? -Infinity : ahead.from + ahead.days.length - 1;
