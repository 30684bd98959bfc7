import type { EvaluatedFinding } from "@regulars/core/insights/evaluate";
import type { FormerFinding } from "@regulars/core/insights/stored-finding";
import { type RankedEntry, compareCards, compareFindings } from "@regulars/core/insights/rank";
import type { Customer } from "@regulars/core/customers/customer";
import type { UserId } from "@regulars/core/platform/values";

/** A finding to be sent as an alert, with its customer. */
export interface Selected {
  /** With who is told as its rep: its owner, or who stands in for them. */
  readonly finding: EvaluatedFinding;
  readonly owner: UserId | undefined;
  /** As the last run left it. */
  readonly before: FormerFinding | undefined;
  /** The entry of the rep's list that has the finding. */
  readonly entry: RankedEntry;
  readonly customer: Customer;
  /** An earlier, completed run of the same day had it already: its alert may have been sent. */
  readonly isKnown: boolean;
}

/**
 * Selects, for each rep, the first findings in the order of the rep's list, up to the day's alert budget; the rest are
 * only in the list. If a nightly run is repeated with new data, alerts of the first run count towards the budget.
 */
export class AlertBudget {
  readonly #budget: number;
  readonly #reps = new Map<UserId | undefined, Selected[]>();

  constructor(budget: number) {
    this.#budget = budget;
  }

  /** In any order: the first are the same. */
  note(selected: Selected): void {
    const { repId } = selected.finding;
    const list = this.#reps.get(repId) ?? [];
    this.#reps.set(repId, list);
    list.push(selected);
    list.sort((a, b) => Number(b.isKnown) - Number(a.isKnown) || inList(a, b));
    list.length = Math.min(list.length, this.#budget);
  }

  /** The findings within the budget: reps in id order, each in the order of their list. */
  selected(): readonly Selected[] {
    return [...this.#reps].toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)).flatMap(([, list]) => list);
  }
}

/** The order of the rep's list; several findings of one entry follow each other. */
const inList = (a: Selected, b: Selected): number =>
  compareCards(a.entry, b.entry) || compareFindings(a.finding, b.finding);
