import type { NewNotification } from "./delivery-ports.ts";
import type { History } from "./history.ts";
import type { Dismissal } from "./insights/dismissal.ts";
import type { Feedback } from "./insights/feedback.ts";
import type { Json, Level, Outcome, State } from "./insights/finding.ts";
import type { Message } from "./messages/message.ts";
import type { Customer, Person, User } from "./people.ts";
import type { SalesFigures } from "./sales/figures.ts";
import type { CustomerId, Day, Instant, ItemId, UserId } from "./values.ts";

/** A finding as stored: its facts change only by events, level and state may change by the calendar. */
export interface StoredFinding {
  readonly kind: string;
  readonly customerId: CustomerId;
  readonly itemId?: ItemId | undefined;
  readonly repId?: UserId | undefined;
  readonly level: Level;
  readonly state: State;
  readonly episode: string;
  readonly facts: Json;
  /** The night's day on which it was first found. */
  readonly foundOn: Day;
  /** The night's day on which it reached what is pushed, in this episode. */
  readonly reachedOn?: Day | undefined;
  /** People have set it aside, for now or for good. */
  readonly dismissal?: Dismissal | undefined;
}

/** What became of a finding: kept, so that outcomes can be counted. */
export interface EndedFinding extends Pick<
  StoredFinding,
  "kind" | "customerId" | "itemId" | "repId" | "level" | "episode" | "foundOn"
> {
  /** The night's day on which it was found no more. */
  readonly endedOn: Day;
  readonly outcome: Outcome;
}

/** One customer as a night reads it: history, yesterday's findings, what is set aside. Valid until the next one is read. */
export interface CustomerBlock {
  readonly customer: Customer;
  readonly history: History;
  readonly findings: readonly StoredFinding[];
  readonly dismissals: readonly Dismissal[];
}

/** What a night changes at one customer: all of it, with the notifications it causes, or nothing. */
export interface FindingChanges {
  readonly customerId: CustomerId;
  readonly put: readonly StoredFinding[];
  readonly remove: readonly StoredFinding[];
  readonly notify: readonly NewNotification[];
  /** What became of the removed ones. */
  readonly ended?: readonly EndedFinding[];
}

/** The counts a night leaves behind; the same night again leaves the same. */
export interface NightRecord {
  readonly asOf: Day;
  readonly customers: number;
  readonly kinds: Readonly<Record<string, { readonly eligible: number; readonly found: number }>>;
}

/** Which documents a reader is to see. */
export interface AsOf {
  readonly asOf: Day;
  /** The day after `asOf` when it is today: its events may clear a finding, never raise one (insights.md G2). */
  readonly liveOn?: Day | undefined;
}

/** A night's view of one tenant. */
export interface NightStore {
  readonly users: () => Promise<readonly User[]>;
  readonly shards: readonly number[];
  /** Customer blocks of one shard in id order. With `repair`, whatever was marked is rebuilt and kept. */
  readonly blocks: (shard: number, at: AsOf, options: { readonly repair: boolean }) => AsyncIterable<CustomerBlock>;
  readonly blockOf: (customerId: CustomerId, at: AsOf) => Promise<CustomerBlock | undefined>;
  readonly personsOf: (customerId: CustomerId) => Promise<readonly Person[]>;
  readonly itemNames: (itemIds: readonly ItemId[]) => Promise<ReadonlyMap<ItemId, string>>;
  /** Saves a customer's changes; how many of the notifications were not queued before. */
  readonly saveFindings: (changes: FindingChanges) => Promise<number>;
  readonly ofRep: (repId: UserId | undefined) => AsyncIterable<StoredFinding>;
  readonly profiles: (customerIds: readonly CustomerId[]) => Promise<ReadonlyMap<CustomerId, Customer>>;
  /** Queues what is not queued yet; the number that was new. */
  readonly queueNotifications: (notifications: readonly NewNotification[]) => Promise<number>;
  /** Lets go of what a run of the same night without sending kept back; how many. */
  readonly releaseWithheld: (asOf: Day, dueAt: (message: Message) => Instant) => Promise<number>;
  /** What became of findings that ended from a day on. */
  readonly endedSince: (from: Day) => AsyncIterable<EndedFinding>;
  /** The last night's sales figures by scope name, and saving those that differ. */
  readonly sales: () => Promise<ReadonlyMap<string, SalesFigures>>;
  readonly saveSales: (figures: ReadonlyMap<string, SalesFigures>) => Promise<void>;
  readonly lastNight: () => Promise<NightRecord | undefined>;
  readonly saveNight: (record: NightRecord) => Promise<void>;
}

/** Where people say what they think of findings. */
export interface ReviewStore {
  readonly saveDismissal: (finding: StoredFinding, dismissal: Dismissal | undefined) => Promise<void>;
  readonly saveFeedback: (feedback: Feedback) => Promise<void>;
  readonly feedback: () => AsyncIterable<Feedback>;
}
