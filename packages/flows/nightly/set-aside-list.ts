import type { SetAsideCustomers } from "@regulars/core/nightly/nightly-store";
import { cutText } from "@regulars/core/platform/cut-text";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";

/** Most customers named in a nightly run's record; the rest are only counted. */
const MOST_NAMED = 20;
const MOST_REASON_LENGTH = 500;

/** Collects the customers that a nightly run sets aside. */
export class SetAsideList {
  #count = 0;
  #first: readonly SetAsideCustomer[] = [];

  add({ customerId, reason }: SetAsideCustomer): void {
    this.join({ setAside: { count: 1, first: [{ customerId, reason: cutText(reason, MOST_REASON_LENGTH - 1) }] } });
  }

  /** Adds those of other customers. */
  join({ setAside: { count, first } = { count: 0, first: [] } }: { readonly setAside?: SetAsideCustomers }): void {
    this.#count += count;
    this.#first = [...this.#first, ...first]
      .toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1))
      .slice(0, MOST_NAMED);
  }

  /** The summary does not depend on the order of the customers; empty if none was set aside. */
  summary(): { readonly setAside?: SetAsideCustomers } {
    return this.#count === 0 ? {} : { setAside: { count: this.#count, first: this.#first } };
  }
}

/** Whether two nightly runs set aside the same customers for the same reasons, as far as they are named. */
export function isSameSetAside(a: SetAsideCustomers | undefined, b: SetAsideCustomers | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    a.count === b.count &&
    a.first.length === b.first.length &&
    a.first.every(({ customerId, reason }, i) => b.first[i]?.customerId === customerId && b.first[i].reason === reason)
  );
}
