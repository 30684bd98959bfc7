import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import type { PublishedEvent } from "../platform/domain-event.ts";
import {
  type CustomerId,
  type Day,
  type Instant,
  type ItemId,
  type UserId,
  customerIdSchema,
  daySchema,
  instantSchema,
} from "../platform/values.ts";
import type { CallListStore } from "../code-red/call-list.ts";
import type { FindingAddress } from "../insights/finding.ts";
import type { FindingLists } from "../insights/finding-lists.ts";
import type { ResolvedFinding, StoredFinding } from "../insights/stored-finding.ts";
import type { AllPreferences } from "../notifications/preference-store.ts";
import type { NewNotification } from "../notifications/notification.ts";
import type { User } from "../access/user.ts";
import type { OptOut } from "../relationships/opt-out.ts";
import type { AsOf } from "../snapshots/as-of.ts";
import { type OnUnreadable, type BlockOptions, setAsideCustomerSchema } from "../snapshots/unreadable-customer.ts";
import type { CustomerSnapshot } from "../insights/customer-snapshot.ts";
import type { Person } from "../customers/person.ts";
import type { Customer } from "../customers/customer.ts";
import type { Message } from "../notifications/message.ts";
import type { TenantMeasures } from "../insights/tenant-measures.ts";
import type { SalesFigures } from "../sales-figures/figures.ts";
import type { LastRun, NightParts } from "./night-parts.ts";
import { untoldSchema } from "./untold.ts";

/** Changed findings: written together with the notifications they cause, or not at all. */
export interface FindingChanges {
  readonly put: readonly StoredFinding[];
  readonly remove: readonly FindingAddress[];
  readonly notify: readonly NewNotification[];
  /** Removed findings with their outcomes. */
  readonly resolved?: readonly ResolvedFinding[];
}

/** Customers that a nightly run skipped: their number, and the first of them by id. */
const setAsideSchema = z.object({ count: z.int(), first: z.array(setAsideCustomerSchema) });
export type SetAsideCustomers = Immutable<z.output<typeof setAsideSchema>>;

/** The counts of a nightly run; running the same day again gives the same counts. */
export const nightRecordSchema = z.object({
  asOf: daySchema,
  customers: z.int(),
  kinds: z.record(z.string(), z.object({ eligible: z.int(), found: z.int() })),
  /** Absent when no customer was skipped; the findings of skipped customers stay as they were. */
  setAside: setAsideSchema.optional(),
  /** Absent when everything to act on is in somebody's digest. */
  untold: untoldSchema.optional(),
  /** The call list that the run has left; absent without the For You page. */
  callList: z.object({ version: z.string(), shards: z.array(z.string()) }).optional(),
  /** The version of the lists of findings that the run has left; absent when it has left none. */
  lists: z.string().optional(),
  /**
   * The customers that may have placed sales for days after `asOf`; absent when there are too many, and in a record of an
   * earlier release. Of all others, orders of those days came in since, or they could not be read.
   */
  ahead: z.array(customerIdSchema).optional(),
  /** What everybody was evaluated with, when nothing was left to regenerate; absent without monitors. */
  watchedWith: z.string().optional(),
  /**
   * The last day that a run has evaluated statuses for: an edition without them evaluates none. Absent in a record of an
   * earlier release.
   */
  watchedOn: daySchema.optional(),
});
export type NightlyRecord = Immutable<z.output<typeof nightRecordSchema>>;

/** The last day that runs have evaluated statuses for, as the last one's record says it. */
export const watchedUntil = (last: NightlyRecord | undefined): Day | undefined => last?.watchedOn ?? last?.asOf;

/** What the next run knows of the last one, by its record. */
export const lastRunOf = (last: NightlyRecord | undefined): LastRun =>
  last === undefined ? {} : { lastRunOn: last.asOf, watchedOn: watchedUntil(last), watchedWith: last.watchedWith };

/** Why a nightly run failed whole: the database could not answer, or anything else, of which the log has the reason. */
const nightFailureSchema = z.object({
  at: instantSchema,
  reason: z.enum(["outage", "fault"]),
  /** What the log's lines of the run have in common. */
  reference: z.string().optional(),
});
export type NightFailure = Immutable<z.output<typeof nightFailureSchema>>;

/** Figures that are kept of every night: findings, customers passed over, and entries that nobody is told. */
export const pastNightSchema = z.object({
  asOf: daySchema,
  customers: z.int(),
  found: z.int(),
  setAside: z.int(),
  untold: z.int(),
  /** Of a run that failed, and has not been done since; it has no figures. */
  failed: nightFailureSchema.optional(),
});
export type PastNight = Immutable<z.output<typeof pastNightSchema>>;

/** A nightly run's view of one tenant. */
export interface NightlyStore {
  readonly users: () => Promise<readonly User[]>;
  /** Of whom relationships say nothing. */
  readonly optOuts: () => Promise<readonly OptOut[]>;
  readonly preferences: () => Promise<AllPreferences>;
  readonly shards: readonly number[];
  /**
   * Customer snapshots of one shard in id order. With `repair`, projections with a dirty marker are rebuilt and stored.
   */
  readonly snapshots: (shard: number, at: AsOf, options: BlockOptions) => AsyncIterable<CustomerSnapshot>;
  /** Without `onUnreadable`, throws for a customer with unreadable data. */
  readonly snapshotOf: (
    customerId: CustomerId,
    at: AsOf,
    onUnreadable?: OnUnreadable,
  ) => Promise<CustomerSnapshot | undefined>;
  readonly personsOf: (customerId: CustomerId) => Promise<readonly Person[]>;
  readonly itemNames: (itemIds: readonly ItemId[]) => Promise<ReadonlyMap<ItemId, string>>;
  /** Saves changed findings, also those without a customer; returns how many of the notifications were new. */
  readonly saveFindings: (changes: FindingChanges) => Promise<number>;
  /** The findings about statuses of a customer, its persons and projects, whole. */
  readonly findingsAboutStatuses: (customerId: CustomerId) => Promise<readonly StoredFinding[]>;
  /** One finding, of a customer or of none. */
  readonly finding: (address: FindingAddress) => Promise<StoredFinding | undefined>;
  /**
   * The users with findings; `undefined` until a nightly run has read all of them, and once there has been a finding
   * without a customer.
   */
  readonly repsWithFindings: () => Promise<ReadonlySet<UserId> | undefined>;
  /** Notes users with findings; `isWhole` when no others have any. */
  readonly noteRepsWithFindings: (reps: readonly (UserId | undefined)[], isWhole: boolean) => Promise<void>;
  /** Without `onUnreadable`, throws for a finding that cannot be read. */
  readonly ofRep: (repId: UserId | undefined, onUnreadable?: OnUnreadable) => AsyncIterable<StoredFinding>;
  readonly profiles: (customerIds: readonly CustomerId[]) => Promise<ReadonlyMap<CustomerId, Customer>>;
  /** Queues notifications that are not queued yet; returns how many were new. */
  readonly queueNotifications: (notifications: readonly NewNotification[]) => Promise<number>;
  /**
   * Releases notifications that an earlier run of the same day put on hold; returns how many. `isRepeated` says that
   * such a run has ended.
   */
  readonly releaseHeld: (asOf: Day, dueAt: (message: Message) => Instant, isRepeated: boolean) => Promise<number>;
  /** Findings that ended on or after a day, with their outcomes. */
  readonly resolvedSince: (from: Day) => AsyncIterable<ResolvedFinding>;
  /** The last nightly run's sales figures by scope name; `saveSales` saves those that differ. */
  readonly sales: () => Promise<ReadonlyMap<string, SalesFigures>>;
  readonly salesOf: (scope: string) => Promise<SalesFigures | undefined>;
  readonly saveSales: (figures: ReadonlyMap<string, SalesFigures>) => Promise<void>;
  /** What the tenant's past tells about any customer, kept by month ("2026-11"). */
  readonly measuresOf: (month: string) => Promise<TenantMeasures | undefined>;
  /** Keeps a month's measures unless there are some; returns those that are kept. */
  readonly keepMeasures: (measures: TenantMeasures) => Promise<TenantMeasures>;
  /** Keeps a month's measures instead of those there are: they lacked something. */
  readonly replaceMeasures: (measures: TenantMeasures) => Promise<void>;
  readonly callList: CallListStore;
  readonly findingLists: FindingLists;
  /** Whether a webhook exists that events are published for, and the publishing; the same event is published once. */
  readonly isEventWanted: () => Promise<boolean>;
  readonly publish: (event: PublishedEvent) => Promise<boolean>;
  /** Whether the tenant has more customers than this, told from one shard of them. */
  readonly hasMoreCustomers: (most: number) => Promise<boolean>;
  /** The parts of a night that is too large for one run. */
  readonly parts: NightParts;
  /**
   * Reads in one call what a list or card asks for next: the last nightly run's record, the measures of a day, a
   * customer's profile, the sales figures of a scope, the lists of owners and the users with findings. Each is given once.
   */
  readonly readAhead: (wanted: {
    readonly asOf: Day;
    readonly customerId?: CustomerId | undefined;
    readonly scope?: string | undefined;
    readonly owners?: readonly (UserId | undefined)[] | undefined;
    readonly reps?: boolean | undefined;
  }) => Promise<void>;
  readonly lastNightly: () => Promise<NightlyRecord | undefined>;
  readonly saveNightly: (record: NightlyRecord) => Promise<void>;
}
