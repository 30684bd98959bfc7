import type { JudgedFinding } from "@regulars/core/insights/judge";
import { compareByStake } from "@regulars/core/insights/ranking";
import type { Customer } from "@regulars/core/people";
import type { UserId } from "@regulars/core/values";

/** A finding that is to be told at once, with its customer. */
export interface Pushed {
  readonly finding: JudgedFinding;
  readonly customer: Customer;
}

/** Keeps, for each rep, the dearest findings that are to be told, up to the day's budget: the rest stay in the list. */
export class AlertDesk {
  readonly #budget: number;
  readonly #reps = new Map<UserId | undefined, Pushed[]>();

  constructor(budget: number) {
    this.#budget = budget;
  }

  note(pushed: Pushed): void {
    const { repId } = pushed.finding;
    const list = this.#reps.get(repId) ?? [];
    this.#reps.set(repId, list);
    list.push(pushed);
    list.sort((a, b) => compareByStake(a.finding, b.finding));
    list.length = Math.min(list.length, this.#budget);
  }

  /** What is within the budget, reps in id order, the dearest of each first. */
  pushed(): readonly Pushed[] {
    return [...this.#reps].toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)).flatMap(([, list]) => list);
  }
}
