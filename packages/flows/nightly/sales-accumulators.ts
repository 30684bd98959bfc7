import type { History } from "@regulars/core/snapshots/history";
import type { Customer } from "@regulars/core/customers/customer";
import { type SalesFigures, SalesAccumulator, customerSales } from "@regulars/core/sales-figures/figures";
import { type Users, scopeName, scopesOf } from "@regulars/core/customers/list-scope";

/** Adds every customer's sales to each of its scopes; memory is bounded by scopes, not customers. */
export class SalesAccumulators {
  readonly #users: Users;
  readonly #accumulators = new Map<string, SalesAccumulator>();

  constructor(users: Users) {
    this.#users = users;
  }

  note(customer: Customer, history: History): void {
    const sales = customerSales(history);
    for (const scope of scopesOf(customer, this.#users)) this.#of(scopeName(scope)).add(sales);
  }

  /** Adds the figures of other customers. */
  join(figures: ReadonlyMap<string, SalesFigures>): void {
    for (const [name, one] of figures) this.#of(name).join(one);
  }

  #of(name: string): SalesAccumulator {
    const accumulator = this.#accumulators.get(name) ?? new SalesAccumulator();
    this.#accumulators.set(name, accumulator);
    return accumulator;
  }

  figures(): Map<string, SalesFigures> {
    return new Map([...this.#accumulators].map(([name, accumulator]) => [name, accumulator.figures()]));
  }
}
