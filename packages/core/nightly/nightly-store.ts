import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { type CustomerId, type Day, type Instant, type ItemId, type UserId, daySchema } from "../platform/values.ts";
import type { ResolvedFinding, StoredFinding } from "../insights/stored-finding.ts";
import type { NewNotification } from "../notifications/notification.ts";
import type { User } from "../access/user.ts";
import type { AsOf } from "../snapshots/as-of.ts";
import { type BlockOptions, setAsideCustomerSchema } from "../snapshots/unreadable-customer.ts";
import type { CustomerSnapshot } from "../insights/customer-snapshot.ts";
import type { Person } from "../customers/person.ts";
import type { Customer } from "../customers/customer.ts";
import type { Message } from "../notifications/message.ts";
import type { SalesFigures } from "../sales-figures/figures.ts";

/** What a nightly run changes at one customer: all of it, with the notifications it causes, or nothing. */
export interface FindingChanges {
  readonly customerId: CustomerId;
  readonly put: readonly StoredFinding[];
  readonly remove: readonly StoredFinding[];
  readonly notify: readonly NewNotification[];
  /** What became of the removed ones. */
  readonly resolved?: readonly ResolvedFinding[];
}

/** Customers that a nightly run passed over: how many, and the first of them by id. */
const setAsideSchema = z.object({ count: z.int(), first: z.array(setAsideCustomerSchema) });
export type SetAsideCustomers = Immutable<z.output<typeof setAsideSchema>>;

/** The counts of a nightly run; the same day run again gives the same. */
export const nightRecordSchema = z.object({
  asOf: daySchema,
  customers: z.int(),
  kinds: z.record(z.string(), z.object({ eligible: z.int(), found: z.int() })),
  /** Absent when no customer was passed over; the findings of those stayed as they were. */
  setAside: setAsideSchema.optional(),
});
export type NightlyRecord = Immutable<z.output<typeof nightRecordSchema>>;

/** A nightly run's view of one tenant. */
export interface NightlyStore {
  readonly users: () => Promise<readonly User[]>;
  readonly shards: readonly number[];
  /** Customer snapshots of one shard in id order. With `repair`, whatever was marked is rebuilt and kept. */
  readonly snapshots: (shard: number, at: AsOf, options: BlockOptions) => AsyncIterable<CustomerSnapshot>;
  readonly snapshotOf: (customerId: CustomerId, at: AsOf) => Promise<CustomerSnapshot | undefined>;
  readonly personsOf: (customerId: CustomerId) => Promise<readonly Person[]>;
  readonly itemNames: (itemIds: readonly ItemId[]) => Promise<ReadonlyMap<ItemId, string>>;
  /** Saves a customer's changes; how many of the notifications were not queued before. */
  readonly saveFindings: (changes: FindingChanges) => Promise<number>;
  readonly ofRep: (repId: UserId | undefined) => AsyncIterable<StoredFinding>;
  readonly profiles: (customerIds: readonly CustomerId[]) => Promise<ReadonlyMap<CustomerId, Customer>>;
  /** Queues what is not queued yet; the number that was new. */
  readonly queueNotifications: (notifications: readonly NewNotification[]) => Promise<number>;
  /** Lets go of what a run of the same nightly run without sending kept back; how many. */
  readonly releaseHeld: (asOf: Day, dueAt: (message: Message) => Instant) => Promise<number>;
  /** What became of findings that ended from a day on. */
  readonly resolvedSince: (from: Day) => AsyncIterable<ResolvedFinding>;
  /** The last nightly run's sales figures by scope name, and saving those that differ. */
  readonly sales: () => Promise<ReadonlyMap<string, SalesFigures>>;
  readonly saveSales: (figures: ReadonlyMap<string, SalesFigures>) => Promise<void>;
  readonly lastNightly: () => Promise<NightlyRecord | undefined>;
  readonly saveNightly: (record: NightlyRecord) => Promise<void>;
}
