import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { addDays } from "../platform/period.ts";
import { type Day, day, toDayNumber } from "../platform/values.ts";
import type { History } from "../snapshots/history.ts";
import { orderGapsOf } from "./order-gaps.ts";
import { type UnpaidDays, addUnpaidDays, noUnpaidDays, unpaidDaysSchema } from "./unpaid-days.ts";

/**
 * What a tenant's own past tells about any customer, from the records up to the last day of the month before: so it is
 * the same on each day of a month, and is kept by month (docs/reference/insights.md 8.7).
 */
export const tenantMeasuresSchema = z.object({
  /** The month that they are for: "2026-11". */
  month: z.string(),
  /** All completed gaps between orders of all customers, and their days. */
  gapCount: z.number(),
  gapDays: z.number(),
  unpaid: unpaidDaysSchema,
});
export type TenantMeasures = Immutable<z.output<typeof tenantMeasuresSchema>>;

/** "2026-11" of a day in it. */
export const monthOf = (on: Day): string => on.slice(0, 7);

/** The last day that a day's measures know: that of the month before. */
export const measuredUntil = (on: Day): Day => addDays(day(`${monthOf(on)}-01`), -1);

/** The mean gap in days; `undefined` while no gap is completed. */
export const meanGapOf = ({ gapCount, gapDays }: Pick<TenantMeasures, "gapCount" | "gapDays">): number | undefined =>
  gapCount === 0 ? undefined : gapDays / gapCount;

/** Whether anything was there to measure: measures of nothing are not kept, because the history may still be imported. */
export const isMeasured = ({ gapCount, unpaid }: TenantMeasures): boolean =>
  gapCount > 0 || Object.values(unpaid).some(({ known }) => known > 0);

/** Adds up what the customers' histories tell up to the last day before a month. They may go on after it. */
export class MeasuresCollector {
  readonly #month: string;
  readonly #until: Day;
  #gapCount = 0;
  #gapDays = 0;
  #unpaid: UnpaidDays = noUnpaidDays;

  /** For the month of a day. */
  constructor(on: Day) {
    this.#month = monthOf(on);
    this.#until = measuredUntil(on);
  }

  add(history: History): void {
    const gaps = orderGapsOf(history, toDayNumber(this.#until));
    this.#gapCount += gaps.length;
    this.#gapDays += gaps.reduce((total, gap) => total + gap, 0);
    this.#unpaid = addUnpaidDays(this.#unpaid, history.receivables, this.#until);
  }

  measures(): TenantMeasures {
    return { month: this.#month, gapCount: this.#gapCount, gapDays: this.#gapDays, unpaid: this.#unpaid };
  }
}
