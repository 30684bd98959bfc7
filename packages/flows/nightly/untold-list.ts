import { type Untold, type UntoldGroup, type UntoldReason, untoldReasons } from "@regulars/core/nightly/untold";
import { compareText } from "@regulars/core/platform/compare";
import type { CustomerId, UserId } from "@regulars/core/platform/values";

/** Most customers and users named for each reason; the rest are only counted. */
const MOST_NAMED = 5;

interface Counted {
  entries: number;
  customers: number;
  first: readonly CustomerId[];
  users: readonly UserId[];
}

/** Collects the customers with something to act on of whom nobody gets a digest. */
export class UntoldList {
  readonly #groups = new Map<UntoldReason, Counted>();

  /** Adds a customer with so many entries to act on. */
  add({ reason, users }: Untold, customerId: CustomerId, entries: number): void {
    this.join({ untold: [{ reason, entries, customers: 1, first: [customerId], users: [...users] }] });
  }

  /** Adds those of other customers. */
  join({ untold = [] }: { readonly untold?: readonly UntoldGroup[] }): void {
    for (const { reason, ...one } of untold) {
      const group = this.#groups.get(reason) ?? { entries: 0, customers: 0, first: [], users: [] };
      this.#groups.set(reason, {
        entries: group.entries + one.entries,
        customers: group.customers + one.customers,
        first: firstOf([...group.first, ...one.first]),
        users: firstOf([...group.users, ...one.users]),
      });
    }
  }

  /** Does not depend on the order of the shards; empty when everything is told to somebody. */
  summary(): { readonly untold?: readonly UntoldGroup[] } {
    const groups = untoldReasons.flatMap((reason) => {
      const counted = this.#groups.get(reason);
      return counted === undefined ? [] : [{ reason, ...counted }];
    });
    return groups.length === 0 ? {} : { untold: groups };
  }
}

const firstOf = <T extends string>(ids: readonly T[]): T[] =>
  [...new Set(ids)].toSorted(compareText).slice(0, MOST_NAMED);
