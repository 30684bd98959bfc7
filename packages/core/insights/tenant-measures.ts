import * as z from "zod";
import { BooksCollector, booksSchema } from "../code-red/books.ts";
import type { Immutable } from "../platform/immutable.ts";
import { addDays } from "../platform/period.ts";
import { type Day, day, toDayNumber } from "../platform/values.ts";
import type { History } from "../snapshots/history.ts";
import { orderGapsOf } from "./order-gaps.ts";
import { type UnpaidDays, addUnpaidDays, noUnpaidDays, sumOfUnpaidDays, unpaidDaysSchema } from "./unpaid-days.ts";

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
  /** How all customers together changed (docs/reference/code-red.md 4). Absent in measures of an earlier release. */
  books: booksSchema.optional(),
});
export type TenantMeasures = Immutable<z.output<typeof tenantMeasuresSchema>>;

/** "2026-11" of a day in it. */
export const monthOf = (on: Day): string => on.slice(0, 7);

/** The last day that a day's measures know: that of the month before. */
export const measuredUntil = (on: Day): Day => addDays(day(`${monthOf(on)}-01`), -1);

/**
 * A day's measures with the books of the next month's: on the last day of a month, that month is already compared.
 */
export const withBooks = (measures: TenantMeasures, next: Pick<TenantMeasures, "books">): TenantMeasures => ({
  ...measures,
  books: { ...measures.books, ...next.books },
});

/** Whether a day is the last one of its month, so that the next month's measures know it. */
export const endsMonth = (on: Day): boolean => measuredUntil(addDays(on, 1)) === on;

/** The months whose measures a day needs: its own, and on its last day the next one's. */
export const monthsOf = (on: Day): readonly string[] =>
  endsMonth(on) ? [monthOf(on), monthOf(addDays(on, 1))] : [monthOf(on)];

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
  readonly #books: BooksCollector;
  #gapCount = 0;
  #gapDays = 0;
  #unpaid: UnpaidDays = noUnpaidDays;

  /** For the month of a day. */
  constructor(on: Day) {
    this.#month = monthOf(on);
    this.#until = measuredUntil(on);
    this.#books = new BooksCollector(this.#until);
  }

  add(history: History): void {
    const gaps = orderGapsOf(history, toDayNumber(this.#until));
    this.#gapCount += gaps.length;
    this.#gapDays += gaps.reduce((total, gap) => total + gap, 0);
    this.#unpaid = addUnpaidDays(this.#unpaid, history.receivables, this.#until);
    this.#books.add(history);
  }

  /** Adds the measures of other customers for the same month. */
  join({ gapCount, gapDays, unpaid, books = {} }: TenantMeasures): void {
    this.#gapCount += gapCount;
    this.#gapDays += gapDays;
    this.#unpaid = sumOfUnpaidDays(this.#unpaid, unpaid);
    this.#books.join(books);
  }

  measures(): TenantMeasures {
    return {
      month: this.#month,
      gapCount: this.#gapCount,
      gapDays: this.#gapDays,
      unpaid: this.#unpaid,
      books: this.#books.books(),
    };
  }
}
