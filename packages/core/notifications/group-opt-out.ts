import type { Instant } from "../platform/values.ts";

/** Who of the customers' people wants no group mailings of the tenant (docs/reference/monitors.md 5). */
export interface GroupOptOuts {
  /** The hash of an address, under a secret of the tenant's; the same for all spellings of one address. */
  readonly hashOf: (address: string) => Promise<string>;
  readonly has: (addressHash: string) => Promise<boolean>;
  readonly all: () => Promise<ReadonlySet<string>>;
  /** Opting out twice is once. */
  readonly add: (addressHash: string, at: Instant) => Promise<void>;
  readonly remove: (addressHash: string) => Promise<void>;
}
