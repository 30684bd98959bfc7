import type { History } from "../snapshots/history.ts";
import type { ItemLink } from "../catalog/item-link.ts";
import { type Book, isWithMarket, lostBeyondMarket } from "./book.ts";
import { type Causes, causesOf } from "./causes.ts";
import { type Column, columnsOf, isConfirmed } from "./columns.ts";
import { customerValues, netOf } from "./customer-values.ts";
import { type ItemRow, itemRows } from "./items.ts";
import { type LinkRow, linkRows } from "./links.ts";
import type { ComparisonPlan } from "./plan.ts";

/** What Code Red computes of one customer, before the book is known. */
export interface CustomerComparison<I = ItemRow, L = LinkRow> {
  readonly columns: readonly Column[];
  readonly items: readonly I[];
  readonly links: readonly L[];
  readonly withoutRate: number;
}

/**
 * Compares one customer's purchases; `undefined` when they have no document with goods
 * (docs/reference/code-red.md 2). A list needs only the items that are compared.
 */
export function compareCustomer(
  history: History,
  plan: ComparisonPlan,
  links: readonly ItemLink[],
  itemsOf = itemRows,
): CustomerComparison | undefined {
  const values = customerValues(history, plan);
  if (values.firstDay === undefined) return undefined;
  return {
    columns: columnsOf(values, plan),
    items: itemsOf(history, plan),
    links: linkRows(history, plan, links),
    withoutRate: values.withoutRate,
  };
}

/** A column beside the book's change. */
export interface JudgedColumn extends Column {
  readonly isWithMarket: boolean;
  readonly lostBeyondMarket: number;
  /** Only for a red column. */
  readonly causes?: Causes | undefined;
}

/** The columns with what the book explains of them. */
export const judgeColumns = (columns: readonly Column[], plan: ComparisonPlan, book: Book): readonly JudgedColumn[] =>
  columns.map((column, i) => {
    const planned = plan.columns[i];
    const isRed = column.light.light === "red";
    return {
      ...column,
      isWithMarket: isRed && isWithMarket(column, book[i]),
      lostBeyondMarket: isRed ? lostBeyondMarket(column, book[i]) : 0,
      ...(isRed && planned !== undefined ? { causes: causesOf(column, planned, book[i]) } : {}),
    };
  });

/** What a column has lost; negative for a gain. */
export const lostOf = ({ current, previous }: Column): number => netOf(previous) - netOf(current);

/** The red column with the largest loss beyond the market. */
export const largestRed = (columns: readonly JudgedColumn[]): JudgedColumn | undefined =>
  columns
    .filter(({ light }) => light.light === "red")
    .toSorted((a, b) => b.lostBeyondMarket - a.lostBeyondMarket || lostOf(b) - lostOf(a) || a.months - b.months)[0];

/**
 * Whether the fall may be pushed: confirmed over at least three months, and beyond the book's own fall
 * (docs/reference/code-red.md 4).
 */
export const isPushed = (column: JudgedColumn): boolean =>
  column.light.light === "red" && column.months >= 3 && isConfirmed(column) && !column.isWithMarket;
