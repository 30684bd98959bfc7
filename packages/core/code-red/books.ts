import * as z from "zod";
import type { History } from "../snapshots/history.ts";
import { addDays } from "../platform/period.ts";
import { type Day, day } from "../platform/values.ts";
import { type BookColumn, BookSums } from "./book.ts";
import { comparedColumns } from "./columns.ts";
import { customerValues } from "./customer-values.ts";
import { type ComparisonPlan, planComparisons } from "./plan.ts";
import { type CodeRedSettings, type ColumnMonths, columnMonths, usualCodeRedSettings } from "./settings.ts";

const periodValueSchema = z.object({ salesMinor: z.number(), creditsMinor: z.number(), orders: z.number() });
const bookColumnSchema = z.object({
  customers: z.number(),
  current: periodValueSchema,
  previous: periodValueSchema,
});

/** The books of complete months, by `bookKey`; each has a column of every number of months. */
export const booksSchema = z.record(z.string(), z.array(bookColumnSchema));
export type Books = Readonly<Record<string, readonly BookColumn[]>>;

type BookSettings = Pick<CodeRedSettings, "basis" | "seasonal">;

/** What a book depends on: the settings, and the last month that is compared ("2026-10"). */
const bookKey = ({ basis, seasonal }: BookSettings, lastMonth: string): string =>
  `${basis} ${seasonal ? "seasonal" : "standard"} ${lastMonth}`;

/** A column of a book; `undefined` when it is not known, or nobody could be compared. */
export function bookColumn(
  books: Books | undefined,
  settings: BookSettings,
  lastMonth: string,
  months: ColumnMonths,
): BookColumn | undefined {
  const column = books?.[bookKey(settings, lastMonth)]?.[columnMonths.indexOf(months)];
  return column === undefined || column.customers === 0 ? undefined : column;
}

/**
 * Adds up the books up to the last day of a month: of that month and, for tenants that close their months later, of the
 * one before, with each basis and way of comparing. So a changed setting finds its book. Histories may go on after it.
 */
export class BooksCollector {
  readonly #plans: readonly BasisPlan[];

  constructor(lastDay: Day) {
    this.#plans = plansOf(lastDay);
  }

  add(history: History): void {
    for (const { plan, sums } of this.#plans) {
      const values = customerValues(history, plan);
      if (values.firstDay === undefined) continue;
      const columns = comparedColumns(values, plan);
      sums.forEach(([, book], i) => book.add(columns.slice(i * columnMonths.length, (i + 1) * columnMonths.length)));
    }
  }

  /** Adds the books of other customers up to the same day. */
  join(books: Books): void {
    for (const [key, book] of this.#plans.flatMap(({ sums }) => sums)) {
      const others = books[key];
      if (others !== undefined) book.join(others);
    }
  }

  books(): Record<string, BookColumn[]> {
    const sums = this.#plans.flatMap((plan) => plan.sums);
    return Object.fromEntries(sums.map(([key, book]) => [key, [...book.book()]]));
  }
}

/** All columns of one basis side by side, so that a customer's documents are added up once. */
interface BasisPlan {
  readonly plan: ComparisonPlan;
  readonly sums: readonly (readonly [key: string, book: BookSums])[];
}

function plansOf(lastDay: Day): readonly BasisPlan[] {
  const ends = [lastDay, addDays(day(`${lastDay.slice(0, 7)}-01`), -1)];
  return (["order", "invoice"] as const).map((basis) => {
    const plans = [false, true].flatMap((seasonal) =>
      ends.map((end) => {
        const settings: CodeRedSettings = { ...usualCodeRedSettings, basis, seasonal };
        return { key: bookKey(settings, end.slice(0, 7)), plan: planComparisons(end, settings) };
      }),
    );
    const settings = { ...usualCodeRedSettings, basis };
    const columns = plans.flatMap(({ plan }) => plan.columns);
    return {
      plan: { ...planComparisons(lastDay, settings), columns, months: [], monthWorkingDays: [] },
      sums: plans.map(({ key }) => [key, new BookSums()] as const),
    };
  });
}
