import type { CompanionWrites } from "../platform/idempotency.ts";
import type { ItemLink } from "../catalog/item-link.ts";
import type { CustomerId, Day } from "../platform/values.ts";
import type { IgnoreStamp } from "./ignore.ts";

/** What Code Red stores of a tenant, and the links of its catalog. */
export interface CodeRedStore {
  /** All stamps, oldest first. */
  readonly ignores: () => Promise<readonly IgnoreStamp[]>;
  readonly ignoresOf: (customerId: CustomerId) => Promise<readonly IgnoreStamp[]>;
  /** Adds a stamp; stamps are never changed. */
  readonly addIgnore: (stamp: IgnoreStamp, companion?: CompanionWrites) => Promise<void>;
  /** One link for each pair of items. */
  readonly links: () => Promise<readonly ItemLink[]>;
  /** The last day from `from` to `to` on which a customer was sent a quote. */
  readonly lastQuoteOf: (customerId: CustomerId, from: Day, to: Day) => Promise<Day | undefined>;
}
