import type { History } from "../snapshots/history.ts";
import type { ItemLink } from "../catalog/item-link.ts";
import { type Book, type BookColumn, isWithMarket, lostBeyondMarket } from "./book.ts";
import { type Causes, causesOf } from "./causes.ts";
import { type Column, comparedColumns } from "./columns.ts";
import { customerValues, netOf } from "./customer-values.ts";
import { type ItemRow, itemRows } from "./items.ts";
import { type LinkRow, linkRows } from "./links.ts";
import type { ComparisonPlan, PlannedColumn } from "./plan.ts";

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
    columns: comparedColumns(values, plan),
    items: itemsOf(history, plan),
    links: linkRows(history, plan, links),
    withoutRate: values.withoutRate,
  };
}

/** A column beside the book's change. */
export interface AssessedColumn extends Column {
  readonly isWithMarket: boolean;
  readonly lostBeyondMarket: number;
  /** Only for a red column. */
  readonly causes?: Causes | undefined;
}

/** The columns with what the book explains of them. */
export function assessColumns(
  columns: readonly Column[],
  plan: Pick<ComparisonPlan, "columns">,
  book: Book,
): readonly AssessedColumn[] {
  const assessed: AssessedColumn[] = [];
  for (let i = 0; i < columns.length; i += 1) {
    const column = columns[i];
    if (column !== undefined) assessed.push(assessColumn(column, plan.columns[i], book[i]));
  }
  return assessed;
}

/** Written out, because a list has many thousands of columns. */
function assessColumn(
  column: Column,
  planned: PlannedColumn | undefined,
  book: BookColumn | undefined,
): AssessedColumn {
  const { months, current, previous, light, confirmation } = column;
  if (light.light !== "red" || planned === undefined)
    return { months, current, previous, light, isWithMarket: false, lostBeyondMarket: 0 };
  return {
    months,
    current,
    previous,
    light,
    confirmation,
    isWithMarket: isWithMarket(column, book),
    lostBeyondMarket: lostBeyondMarket(column, book),
    causes: causesOf(column, planned, book),
  };
}

/** What a column has lost; negative for a gain. */
export const lostOf = ({ current, previous }: Column): number => netOf(previous) - netOf(current);

/** The red column with the largest loss beyond the market. */
export const largestRed = (columns: readonly AssessedColumn[]): AssessedColumn | undefined =>
  columns
    .filter(({ light }) => light.light === "red")
    .toSorted((a, b) => b.lostBeyondMarket - a.lostBeyondMarket || lostOf(b) - lostOf(a) || a.months - b.months)[0];
