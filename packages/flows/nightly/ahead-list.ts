import { compareText } from "@regulars/core/platform/compare";
import type { CustomerId } from "@regulars/core/platform/values";

/** Most customers that a nightly run's record names; with more it names none. */
const MOST_NAMED = 500;

/** Collects the customers that may have placed sales for days after a nightly run's: the orders of those days are theirs. */
export class AheadList {
  #customers: Set<CustomerId> | undefined = new Set();

  add(customerId: CustomerId): void {
    this.join({ ahead: [customerId] });
  }

  /** Adds those of other customers. */
  join({ ahead }: { readonly ahead?: readonly CustomerId[] | undefined }): void {
    if (ahead === undefined) this.#customers = undefined;
    for (const customerId of ahead ?? []) this.#customers?.add(customerId);
    if ((this.#customers?.size ?? 0) > MOST_NAMED) this.#customers = undefined;
  }

  /** In the order of ids; empty when there are too many to name. */
  summary(): { readonly ahead?: readonly CustomerId[] } {
    return this.#customers === undefined ? {} : { ahead: [...this.#customers].toSorted(compareText) };
  }
}
