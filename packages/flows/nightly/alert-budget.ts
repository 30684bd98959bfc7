import type { EvaluatedFinding } from "@regulars/core/insights/evaluate";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { compareByStake } from "@regulars/core/insights/rank";
import type { Customer } from "@regulars/core/customers/customer";
import type { UserId } from "@regulars/core/platform/values";

/** A finding that is to be told at once, with its customer. */
export interface Selected {
  readonly finding: EvaluatedFinding;
  readonly customer: Customer;
  /** An earlier run of this nightly run, which was completed, has known it: it may be told already. */
  readonly isKnown: boolean;
}

/**
 * Keeps, for each rep, the dearest findings that are to be told, up to the day's budget: the rest stay in the list. When
 * a nightly run runs again after more has come in, what it told first has its part of the budget already.
 */
export class AlertBudget {
  readonly #budget: number;
  readonly #byStake: ReturnType<typeof compareByStake>;
  readonly #reps = new Map<UserId | undefined, Selected[]>();

  constructor(budget: number, catalog: InsightCatalog) {
    this.#budget = budget;
    this.#byStake = compareByStake(catalog);
  }

  note(selected: Selected): void {
    const { repId } = selected.finding;
    const list = this.#reps.get(repId) ?? [];
    this.#reps.set(repId, list);
    list.push(selected);
    list.sort((a, b) => Number(b.isKnown) - Number(a.isKnown) || this.#byStake(a.finding, b.finding));
    list.length = Math.min(list.length, this.#budget);
  }

  /** What is within the budget, reps in id order, the dearest of each first. */
  selected(): readonly Selected[] {
    return [...this.#reps].toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)).flatMap(([, list]) => list);
  }
}
