import type { Customer } from "../customers/customer.ts";
import type { CustomerId, Day, UserId } from "../platform/values.ts";
import type { Finding } from "./finding.ts";

/** A finding as a nightly run evaluated it, and the day of the run that first found it. */
interface ListedFinding {
  readonly finding: Finding;
  readonly foundOn: Day;
}

/** A customer with all of their findings, as a nightly run evaluated them. */
export interface ListedCustomer {
  readonly customer: Customer;
  readonly findings: readonly ListedFinding[];
}

/** What a nightly run leaves of the customers of one owner. */
export interface FindingList {
  readonly customers: readonly ListedCustomer[];
  /** Customers with findings that may change without their records: they are evaluated by whoever reads the list. */
  readonly toJudge: readonly CustomerId[];
}

/** What a part of a night has collected for the lists of owners, packed. */
export interface ListsLeft {
  /** How many customers it has evaluated. */
  readonly customers: number;
  readonly lists: ReadonlyMap<ListOwner, Uint8Array>;
}

/** An owner of customers; `undefined` for customers without one. */
export type ListOwner = UserId | undefined;

/** The findings that the last nightly run has left by owner, so that a list need not evaluate them again. */
export interface FindingLists {
  /** A hash of what findings are evaluated with, and of the tenant's items, links and persons. */
  readonly versionOf: (given: object) => Promise<string>;
  /**
   * Stores the lists of a version, those that differ from what is stored of it; the owners that have none are noted as
   * such.
   */
  readonly keep: (lists: ReadonlyMap<ListOwner, FindingList>, version: string) => Promise<void>;
  /** A list as the parts of a night leave it for each other: a tenth of its size in memory. */
  readonly pack: (list: FindingList) => Uint8Array;
  readonly unpack: (packed: Uint8Array) => FindingList;
  /** The lists of owners; `undefined` unless each of them is of this version. */
  readonly read: (owners: readonly ListOwner[], version: string) => Promise<readonly FindingList[] | undefined>;
}
