import type { History } from "@regulars/core/snapshots/history";
import type { Customer } from "@regulars/core/customers/customer";
import { type SalesFigures, SalesDesk, customerSales } from "@regulars/core/sales-figures/figures";
import { type Users, scopeName, scopesOf } from "@regulars/core/customers/list-scope";

/** Adds every customer's sales to each scope it lies in; its memory is bounded by scopes, not customers. */
export class SalesDesks {
  readonly #users: Users;
  readonly #desks = new Map<string, SalesDesk>();

  constructor(users: Users) {
    this.#users = users;
  }

  note(customer: Customer, history: History): void {
    const sales = customerSales(history);
    for (const scope of scopesOf(customer, this.#users)) {
      const name = scopeName(scope);
      const desk = this.#desks.get(name) ?? new SalesDesk();
      this.#desks.set(name, desk);
      desk.add(sales);
    }
  }

  figures(): Map<string, SalesFigures> {
    return new Map([...this.#desks].map(([name, desk]) => [name, desk.figures()]));
  }
}
