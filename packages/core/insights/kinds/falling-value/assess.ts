import { type BookColumn, isWithMarket, keptShare, lostBeyondMarket } from "../../../code-red/book.ts";
import { bookColumn } from "../../../code-red/books.ts";
import { causesOf } from "../../../code-red/causes.ts";
import { netOf } from "../../../code-red/customer-values.ts";
import { minor } from "../../../platform/values.ts";
import type { EvaluationContext } from "../../define.ts";
import type { Assessment, Check } from "../../finding.ts";
import type { ColumnFacts, Facts } from "./facts.ts";

/** A column beside the book of its months; without a book nothing is known of the market. */
interface AssessedColumn {
  readonly column: ColumnFacts;
  readonly book: BookColumn | undefined;
  readonly isBeyondMarket: boolean;
  readonly lostBeyondMarket: number;
}

/** The level, money at stake and evidence of the column that lost the most beyond the market. */
export function assess(facts: Facts, { currency, measures }: EvaluationContext): Assessment {
  const assessed = facts.columns
    .map((column) => assessColumn(column, bookColumn(measures?.books, facts, facts.lastMonth, column.months)))
    .toSorted(byLoss);
  const [chosen] = assessed;
  if (chosen === undefined) throw new Error("a falling value has no column");
  const { column, book } = chosen;
  const { columns, since, documents, ...operands } = facts;
  return {
    level: chosen.isBeyondMarket ? "high" : "watch",
    state: "open",
    atStakeMinor: minor(chosen.lostBeyondMarket),
    currency,
    since,
    rank: [-(column.t ?? Number.MAX_SAFE_INTEGER), -lostOf(column)],
    evidence: {
      rule: "falling-value/1",
      checks: checksOf(chosen, facts.percent),
      currency,
      ...operands,
      ...column,
      previousMinor: netOf(column.previous),
      currentMinor: netOf(column.current),
      lostMinor: lostOf(column),
      confirmedMonths: columns.map(({ months }) => months),
      book: book === undefined ? null : { ...book, current: { ...book.current }, previous: { ...book.previous } },
      bookRule: book === undefined ? BOOK_UNKNOWN : BOOK_RULE,
      keptShare: book === undefined ? null : keptShare(book),
      lostBeyondMarketMinor: chosen.lostBeyondMarket,
      causes: { ...causesOf(column, { workingDays: workingDaysOf(column) }, book) },
      confirmationRule: CONFIRMATION_RULE,
      levelRule: LEVEL_RULE,
      atStakeRule: "previousMinor times keptShare (1 while the book is not known), less currentMinor, at least 0",
      documents,
    },
  };
}

const lostOf = ({ previous, current }: ColumnFacts): number => netOf(previous) - netOf(current);

const workingDaysOf = ({ previous, current }: ColumnFacts) => ({
  current: current.workingDays,
  previous: previous.workingDays,
});

const assessColumn = (column: ColumnFacts, book: BookColumn | undefined): AssessedColumn => ({
  column,
  book,
  isBeyondMarket: book !== undefined && !isWithMarket(column, book),
  lostBeyondMarket: lostBeyondMarket(column, book),
});

const byLoss = (a: AssessedColumn, b: AssessedColumn): number =>
  Number(b.isBeyondMarket) - Number(a.isBeyondMarket) ||
  b.lostBeyondMarket - a.lostBeyondMarket ||
  lostOf(b.column) - lostOf(a.column) ||
  a.column.months - b.column.months;

function checksOf({ column, book, isBeyondMarket }: AssessedColumn, percent: number): readonly Check[] {
  const [before, now] = [netOf(column.previous), netOf(column.current)];
  const checks: Check[] = [
    {
      id: "FV1",
      says: `what was lost, times 100, against ${percent} times the value before`,
      values: { perc: percent },
      value: 100 * (before - now),
      op: ">=",
      threshold: percent * before,
    },
    { id: "FV2", says: "months before the current ones", value: column.monthsBefore, op: ">=", threshold: 6 },
    confirmationCheck("FV3", "t of the months' values", column.t, column),
    confirmationCheck("FV4", "t of the months' values per working day", column.tPerWorkingDay, column),
  ];
  if (isBeyondMarket && book !== undefined) checks.push(marketCheck(now / before, book));
  return checks;
}

const marketCheck = (kept: number, book: BookColumn): Check => ({
  id: "FV5",
  says: "share of its value that the customer kept, under that of all comparable customers",
  value: kept,
  op: "<",
  threshold: netOf(book.current) / netOf(book.previous),
});

/** Equal months before have no variance: any fall is below them. */
const confirmationCheck = (id: string, says: string, t: number | null, column: ColumnFacts): Check =>
  t === null
    ? {
        id,
        says: "mean of the current months, under the equal ones before",
        values: { even: "yes" },
        value: column.meanCurrent,
        op: "<",
        threshold: column.meanBefore,
      }
    : { id, says, values: { even: "no" }, value: t, op: ">=", threshold: column.threshold };

const CONFIRMATION_RULE =
  "t = (meanBefore - meanCurrent) / sqrt(variance · (1/months + 1/monthsBefore)) over monthValues, the last one first; the .90 quantile of Student's t with monthsBefore - 1 degrees of freedom is the threshold. The values per working day must pass it too.";

const LEVEL_RULE = "Confirmed over at least three months and beyond the market is high, and told; else it is watched.";

const BOOK_RULE = "book has all comparable customers together; who kept no smaller share than they is with the market";

const BOOK_UNKNOWN = "how all customers together changed is not known for this month, so nobody is told";
