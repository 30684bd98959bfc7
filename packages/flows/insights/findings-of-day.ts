import type { EvaluationContext } from "@regulars/core/insights/define";
import { type EvaluatedFinding, publish } from "@regulars/core/insights/evaluate";
import type { Finding } from "@regulars/core/insights/finding";
import { ItemDemand, type OwnOrdersOfItems } from "@regulars/core/insights/item-demand";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { AsOf } from "@regulars/core/snapshots/as-of";
import { toDayNumber } from "@regulars/core/platform/values";
import { type Evaluating, contextOf, evaluated } from "./stored-findings.ts";

interface Waiting {
  readonly findings: readonly EvaluatedFinding[];
  readonly own: OwnOrdersOfItems;
  readonly context: EvaluationContext;
}

/**
 * All findings of a day from one reading of all customers: whether an item is bought by nobody any more is known only
 * after the last of them.
 */
export class FindingsOfDay {
  readonly #evaluating: Evaluating;
  readonly #at: AsOf;
  readonly #demand: ItemDemand;
  readonly #waiting: Waiting[] = [];

  constructor(evaluating: Evaluating, at: AsOf) {
    this.#evaluating = evaluating;
    this.#at = at;
    this.#demand = new ItemDemand(toDayNumber(at.asOf));
  }

  /** Counts a customer's orders. */
  count({ history }: CustomerSnapshot): void {
    this.#demand.add(history);
  }

  /** Keeps a customer's findings; the customer is counted apart. */
  evaluate(snapshot: CustomerSnapshot): void {
    const findings = evaluated(this.#evaluating, snapshot, this.#at);
    const own = this.#demand.ownOrders(snapshot.history, findings);
    this.#waiting.push({ findings, own, context: contextOf(this.#evaluating, snapshot, this.#at) });
  }

  /** Whether a finding depends on what other customers buy. */
  needsOthers(): boolean {
    return this.#waiting.some(({ own }) => own.size > 0);
  }

  findings(): Finding[] {
    return this.#waiting.flatMap(({ findings, own, context }) =>
      this.#demand.marked(findings, own, this.#evaluating.kinds, context).map(publish),
    );
  }
}
