import type { NightlyRecord } from "@regulars/core/nightly/nightly-store";
import type { CustomerId } from "@regulars/core/platform/values";
import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";

/** The customers that a list leaves out, because their data cannot be read or evaluated; each is passed on once. */
export class CustomersSetAside {
  readonly #customers = new Set<CustomerId>();
  readonly #told: OnUnreadable;

  constructor(told: OnUnreadable = () => undefined) {
    this.#told = told;
  }

  readonly add: OnUnreadable = (customer) => {
    if (this.#customers.has(customer.customerId)) return;
    this.#customers.add(customer.customerId);
    this.#told(customer);
  };

  /** Works on a customer. One on whom a kind fails is set aside. */
  attempt<T>(customerId: CustomerId, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.add({ customerId, reason: String(error) });
      return undefined;
    }
  }

  /** How many were left out, with those whom the nightly run that made the list had set aside. */
  count(nightly?: NightlyRecord): number {
    const setAside = nightly?.setAside;
    const named = new Set([...this.#customers, ...(setAside?.first ?? []).map(({ customerId }) => customerId)]);
    // The record names only the first of many.
    return Math.max(named.size, setAside?.count ?? 0);
  }
}
