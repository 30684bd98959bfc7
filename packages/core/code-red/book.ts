import { type Column, isComparable } from "./columns.ts";
import { type PeriodValue, netOf } from "./customer-values.ts";

/** One column of all comparable customers of a tenant together. Minor units. */
export interface BookColumn {
  readonly customers: number;
  readonly current: PeriodValue;
  readonly previous: PeriodValue;
}

/** The customers' own change, against which one customer's is assessed (docs/reference/code-red.md 4). */
export type Book = readonly BookColumn[];

/** A value that others are added to. */
class ValueSum implements PeriodValue {
  salesMinor = 0;
  creditsMinor = 0;
  orders = 0;

  add({ salesMinor, creditsMinor, orders }: PeriodValue): void {
    this.salesMinor += salesMinor;
    this.creditsMinor += creditsMinor;
    this.orders += orders;
  }

  value(): PeriodValue {
    return { salesMinor: this.salesMinor, creditsMinor: this.creditsMinor, orders: this.orders };
  }
}

class ColumnSum {
  #customers = 0;
  readonly #current = new ValueSum();
  readonly #previous = new ValueSum();

  add(customers: number, { current, previous }: Values): void {
    this.#customers += customers;
    this.#current.add(current);
    this.#previous.add(previous);
  }

  column(): BookColumn {
    return { customers: this.#customers, current: this.#current.value(), previous: this.#previous.value() };
  }
}

/** Adds up the comparable customers, one after the other. */
export class BookSums {
  readonly #columns: ColumnSum[] = [];

  add(columns: readonly Column[]): void {
    for (let i = 0; i < columns.length; i += 1) {
      const column = columns[i];
      const sum = (this.#columns[i] ??= new ColumnSum());
      if (column !== undefined && isComparable(column)) sum.add(1, column);
    }
  }

  /** Adds the sums of other customers. */
  join(book: Book): void {
    for (const [i, column] of book.entries()) (this.#columns[i] ??= new ColumnSum()).add(column.customers, column);
  }

  book(): Book {
    return this.#columns.map((sum) => sum.column());
  }
}

type Values = Pick<Column, "current" | "previous">;

/** Whether a column fell no more than the book, compared without rounding. */
export function isWithMarket({ current, previous }: Values, book: BookColumn | undefined): boolean {
  if (book === undefined) return false;
  const [bookBefore, bookNow] = [netOf(book.previous), netOf(book.current)];
  if (bookBefore <= 0) return false;
  const [now, before] = [netOf(current), netOf(previous)];
  const [left, right] = [now * bookBefore, before * bookNow];
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left >= right;
  return BigInt(now) * BigInt(bookBefore) >= BigInt(before) * BigInt(bookNow);
}

/** The share of its value that the book kept, at most 1: a growing book makes no loss larger. */
export function keptShare(book: BookColumn | undefined): number {
  const before = book === undefined ? 0 : netOf(book.previous);
  return before > 0 ? Math.min(1, Math.max(0, (book === undefined ? 0 : netOf(book.current)) / before)) : 1;
}

/** What a column lost beyond the book's own change, in whole minor units, never below 0. */
export const lostBeyondMarket = ({ current, previous }: Values, book: BookColumn | undefined): number =>
  Math.max(0, Math.round(netOf(previous) * keptShare(book)) - netOf(current));
