import type { Customer } from "../customers/customer.ts";
import type { CustomerId } from "../platform/values.ts";
import type { ItemMark, LinkMark } from "./list.ts";
import type { LastRecords } from "./recent.ts";
import type { CustomerComparison } from "./row.ts";

/** One customer's comparison as the list needs it, with their profile and last records. */
export interface ComparedCustomer {
  readonly customer: Customer;
  readonly compared: CustomerComparison<ItemMark, LinkMark>;
  readonly lastRecords: LastRecords;
}

/** What a nightly run leaves of the customers of a shard. */
export interface CallListShard {
  readonly customers: readonly ComparedCustomer[];
  /** Customers whose data could not be read: they are tried again by whoever reads the list. */
  readonly unread: readonly CustomerId[];
}

/** What a nightly run's record says of the list that it has left. */
export interface CallListHead {
  /** What all comparisons were made with: settings, closures, links and items. */
  readonly version: string;
  /** A hash of the content of each shard. */
  readonly shards: readonly string[];
}

/** A change of a customer as a nightly run has seen it: its place and what it was, so that a later one stays. */
export interface SeenChange {
  readonly pk: string;
  readonly sk: string;
  readonly count: number;
  readonly generation: string;
}

/** Remembers comparisons for some time; a customer without any document has none. */
export interface Again {
  readonly find: (name: string) => { readonly one: ComparedCustomer | undefined } | undefined;
  readonly keep: (name: string, one: ComparedCustomer | undefined) => void;
}

/** The comparisons that the last nightly run has left, so that a list need not read any history. */
export interface CallListStore {
  /** A hash of what comparisons are made with, and of the tenant's links and items. */
  readonly versionOf: (given: object) => Promise<string>;
  /** The content as it is stored, which takes far less memory. */
  readonly pack: (content: CallListShard) => Uint8Array;
  /** Stores a packed shard unless it has this content already; returns the hash of its content. */
  readonly keep: (shard: number, packed: Uint8Array, known: string | undefined) => Promise<string>;
  /** The content with this hash; `undefined` when another is stored. */
  readonly read: (shard: number, hash: string) => Promise<CallListShard | undefined>;
  /**
   * The customers with records or a profile that were saved since the nightly run has read them, each with a text that
   * differs after every further change.
   */
  readonly changed: () => Promise<ReadonlyMap<CustomerId, string>>;
  /** What a process has computed again of changed customers, by a name of all that it was computed from. */
  readonly again: Again;
  /**
   * The changes that were read with the snapshots, for `forgetChanges` after what was made of them is kept; up to a
   * customer, when only they and those before them were read.
   */
  readonly takeChanges: (until?: CustomerId) => readonly SeenChange[];
  readonly forgetChanges: (seen: readonly SeenChange[]) => Promise<void>;
}
