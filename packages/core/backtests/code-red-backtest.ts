import { type BookColumn, BookSums, isWithMarket } from "../code-red/book.ts";
import { comparedColumns, isConfirmed } from "../code-red/columns.ts";
import { customerValues, netOf } from "../code-red/customer-values.ts";
import { type ComparisonPlan, planComparisons } from "../code-red/plan.ts";
import { type CodeRedSettings, type ColumnMonths, columnMonths } from "../code-red/settings.ts";
import type { Closure } from "../platform/closure.ts";
import { addDays, addMonths } from "../platform/period.ts";
import { type Day, day } from "../platform/values.ts";
import type { History } from "../snapshots/history.ts";
import { type Estimate, type Resampling, drawn, estimateOf, once, share } from "./estimate.ts";

/** Below this share of what was compared, the next months prove a light right. */
const STAYS_BELOW_PERCENT = 80;

const groups = ["compared", "red", "confirmed", "beyondMarket"] as const;
export type CodeRedGroup = (typeof groups)[number];

/** How often the next months of a group stayed low; each customer once at every month end at which it is in it. */
interface GroupScore {
  readonly group: CodeRedGroup;
  readonly cases: number;
  readonly right: number;
  readonly precision: Estimate | null;
  /** The precision by that of plain red. */
  readonly againstRed: Estimate | null;
}

export interface CodeRedBacktest extends Resampling {
  readonly months: ColumnMonths;
  readonly percent: number;
  /** The month ends on which customers were assessed. */
  readonly judgedOn: readonly Day[];
  readonly customers: number;
  readonly groups: readonly GroupScore[];
}

interface MonthEnd {
  readonly on: Day;
  readonly plan: ComparisonPlan;
  /** Of the months that prove it. */
  readonly later: ComparisonPlan;
  readonly book: BookSums;
}

interface Case {
  readonly end: number;
  readonly isRed: boolean;
  readonly isConfirmed: boolean;
  readonly isRight: boolean;
  readonly values: Parameters<typeof isWithMarket>[0];
}

/**
 * Walks through the past month by month: whether the months after a light stayed below 80 % of the compared ones, for
 * all customers that are compared, those that are red, confirmed, and confirmed beyond the market
 * (docs/reference/code-red.md 3). Histories may go on after a month end: only what was known then is assessed.
 */
export class CodeRedWalk {
  readonly #months: ColumnMonths;
  readonly #percent: number;
  readonly #ends: readonly MonthEnd[];
  readonly #cases: Case[][] = [];

  constructor(
    span: { readonly first: Day; readonly last: Day },
    months: ColumnMonths,
    settings: CodeRedSettings,
    closures: readonly Closure[],
  ) {
    this.#months = months;
    this.#percent = settings.percent;
    const compared: CodeRedSettings = { ...settings, mode: "completeMonths", closeDays: 0 };
    const planOn = (on: Day): ComparisonPlan => planComparisons(on, compared, closures);
    this.#ends = monthEnds(span, months, settings.seasonal).map((on) => ({
      on,
      plan: planOn(on),
      later: planOn(endAfter(on, months)),
      book: new BookSums(),
    }));
  }

  add(history: History): void {
    const column = columnMonths.indexOf(this.#months);
    const own: Case[] = [];
    for (const [end, { plan, later, book }] of this.#ends.entries()) {
      const values = customerValues(history, plan);
      if (values.firstDay === undefined || values.firstDay > plan.asOf) continue;
      const columns = comparedColumns(values, plan);
      book.add(columns);
      const assessed = columns[column];
      const next = customerValues(history, later).columns[column]?.current;
      if (assessed === undefined || next === undefined || assessed.light.light === "grey") continue;
      own.push({
        end,
        isRed: assessed.light.light === "red",
        isConfirmed: isConfirmed(assessed),
        isRight: netOf(next) * 100 < STAYS_BELOW_PERCENT * netOf(assessed.previous),
        values: assessed,
      });
    }
    if (own.length > 0) this.#cases.push(own);
  }

  report(resampling: Resampling): CodeRedBacktest {
    const column = columnMonths.indexOf(this.#months);
    const books = this.#ends.map(({ book }) => book.book()[column]);
    const counts = this.#cases.map((own) => countsOf(own, books));
    const scores = (weights: Uint16Array) => groups.map((_, g) => weighted(counts, g, weights));
    const all = scores(once(counts.length));
    const resampled = [...drawn(counts.length, counts.length, resampling)].map(scores);
    const byRed = (given: readonly Count[], g: number): number | undefined => {
      const [own, red] = [precisionOf(given, g), precisionOf(given, RED)];
      return own === undefined || red === undefined || red === 0 ? undefined : own / red;
    };
    return {
      ...resampling,
      months: this.#months,
      percent: this.#percent,
      judgedOn: this.#ends.map(({ on }) => on),
      customers: counts.length,
      groups: groups.map((group, g) => ({
        group,
        cases: all[g]?.cases ?? 0,
        right: all[g]?.right ?? 0,
        precision: estimateOf(
          precisionOf(all, g),
          resampled.map((one) => precisionOf(one, g)),
        ),
        againstRed: estimateOf(
          byRed(all, g),
          resampled.map((one) => byRed(one, g)),
        ),
      })),
    };
  }
}

const RED = groups.indexOf("red");

const precisionOf = (counts: readonly Count[], group: number): number | undefined =>
  share(counts[group]?.right ?? 0, counts[group]?.cases ?? 0);

interface Count {
  readonly cases: number;
  readonly right: number;
}

/** A customer's cases by group. */
function countsOf(own: readonly Case[], books: readonly (BookColumn | undefined)[]): readonly Count[] {
  const isIn = (one: Case, group: CodeRedGroup): boolean =>
    group === "compared" ||
    (one.isRed &&
      (group === "red" || (one.isConfirmed && (group === "confirmed" || !isWithMarket(one.values, books[one.end])))));
  return groups.map((group) => {
    const cases = own.filter((one) => isIn(one, group));
    return { cases: cases.length, right: cases.filter(({ isRight }) => isRight).length };
  });
}

function weighted(counts: readonly (readonly Count[])[], group: number, weights: Uint16Array): Count {
  let [cases, right] = [0, 0];
  for (const [i, own] of counts.entries()) {
    const weight = weights[i] ?? 0;
    cases += weight * (own[group]?.cases ?? 0);
    right += weight * (own[group]?.right ?? 0);
  }
  return { cases, right };
}

/** The last day of the month that is some months after that of a month end. */
const endAfter = (on: Day, months: number): Day => addDays(addMonths(addDays(on, 1), months), -1);

/** The ends of months with whole periods to compare before them, and whole months after them that are known. */
function monthEnds(
  { first, last }: { readonly first: Day; readonly last: Day },
  months: ColumnMonths,
  seasonal: boolean,
): Day[] {
  const ends: Day[] = [];
  const start = day(`${first.slice(0, 7)}-01`);
  const before = seasonal ? 12 + months : 2 * months;
  for (let on = addDays(addMonths(start, before), -1); endAfter(on, months) <= last; on = endAfter(on, 1))
    ends.push(on);
  return ends;
}
