import { type Column, isComparable } from "./columns.ts";
import { type PeriodValue, netOf } from "./customer-values.ts";

/** One column of all comparable customers of a tenant together. Minor units. */
export interface BookColumn {
  readonly customers: number;
  readonly current: PeriodValue;
  readonly previous: PeriodValue;
}

/** The customers' own change, against which one customer's is judged (docs/reference/code-red.md 4). */
export type Book = readonly BookColumn[];

const add = (a: PeriodValue, b: PeriodValue): PeriodValue => ({
  salesMinor: a.salesMinor + b.salesMinor,
  creditsMinor: a.creditsMinor + b.creditsMinor,
  orders: a.orders + b.orders,
});

const NONE: PeriodValue = { salesMinor: 0, creditsMinor: 0, orders: 0 };

/** Adds up the comparable customers, one after the other. */
export class BookSums {
  #columns: BookColumn[] = [];

  add(columns: readonly Column[]): void {
    this.#columns = columns.map((column, i) => {
      const sum = this.#columns[i] ?? { customers: 0, current: NONE, previous: NONE };
      if (!isComparable(column)) return sum;
      return {
        customers: sum.customers + 1,
        current: add(sum.current, column.current),
        previous: add(sum.previous, column.previous),
      };
    });
  }

  /** Adds the sums of other customers. */
  join(book: Book): void {
    this.#columns = book.map((column, i) => {
      const sum = this.#columns[i] ?? { customers: 0, current: NONE, previous: NONE };
      return {
        customers: sum.customers + column.customers,
        current: add(sum.current, column.current),
        previous: add(sum.previous, column.previous),
      };
    });
  }

  book(): Book {
    return this.#columns;
  }
}

type Values = Pick<Column, "current" | "previous">;

/** Whether a column fell no more than the book, compared without rounding. */
export function isWithMarket({ current, previous }: Values, book: BookColumn | undefined): boolean {
  if (book === undefined) return false;
  const [bookBefore, bookNow] = [netOf(book.previous), netOf(book.current)];
  return bookBefore > 0 && BigInt(netOf(current)) * BigInt(bookBefore) >= BigInt(netOf(previous)) * BigInt(bookNow);
}

/** The share of its value that the book kept, at most 1: a growing book makes no loss larger. */
export function keptShare(book: BookColumn | undefined): number {
  const before = book === undefined ? 0 : netOf(book.previous);
  return before > 0 ? Math.min(1, Math.max(0, netOf(book?.current ?? NONE) / before)) : 1;
}

/** What a column lost beyond the book's own change, in whole minor units, never below 0. */
export const lostBeyondMarket = ({ current, previous }: Values, book: BookColumn | undefined): number =>
  Math.max(0, Math.round(netOf(previous) * keptShare(book)) - netOf(current));
