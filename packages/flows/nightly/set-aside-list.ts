import type { SetAsideCustomers } from "@regulars/core/nightly/nightly-store";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";

/** Most customers named in a nightly run's record; the rest are only counted. */
const MOST_NAMED = 20;
const MOST_REASON_LENGTH = 500;

/** Collects the customers that the shards of a nightly run set aside. */
export class SetAsideList {
  readonly #customers: SetAsideCustomer[] = [];

  readonly add = ({ customerId, reason }: SetAsideCustomer): void => {
    this.#customers.push({ customerId, reason: reason.slice(0, MOST_REASON_LENGTH) });
  };

  /** The summary does not depend on the order of the shards; empty if no customer was set aside. */
  summary(): { readonly setAside?: SetAsideCustomers } {
    if (this.#customers.length === 0) return {};
    const sorted = this.#customers.toSorted((a, b) => (a.customerId < b.customerId ? -1 : 1));
    return { setAside: { count: sorted.length, first: sorted.slice(0, MOST_NAMED) } };
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
