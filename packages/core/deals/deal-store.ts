import type { CompanionWrites } from "../platform/idempotency.ts";
import type { ClosedOutcome, Deal, LogEntry } from "./deal.ts";
import type { DealId } from "../platform/ids.ts";
import type { Contact } from "../contacts/contact.ts";
import type { NewIdempotencyRecord } from "./idempotency-record.ts";
import type { Identity } from "../contacts/identity.ts";

/** One change of a deal with everything it brings about, in one transaction. */
export interface DealChange {
  readonly companion?: CompanionWrites | undefined;
  readonly before: Deal;
  readonly after: Deal;
  readonly log: Omit<LogEntry, "dealId" | "version">;
  /** The closing that it makes, or cancels. */
  readonly closing?: ClosedOutcome | undefined;
  readonly idempotencyRecord?: NewIdempotencyRecord | undefined;
  /** One of many that were asked for at once. */
  readonly isBulk?: boolean | undefined;
}

/** A deal of another system, with its person when they are new. */
export interface ImportedDeal {
  readonly deal: Deal;
  readonly newPerson?: Contact | undefined;
  readonly newIdentities: readonly Identity[];
}

export type ImportNote = Pick<LogEntry, "at" | "actorId" | "requestId">;

export interface ImportCounts {
  readonly created: number;
  /** Others were faster with one of the rest: all are to be looked at anew. */
  readonly isOvertaken: boolean;
}

/** One mistake of a caller's idempotency key is told from one of the deal. */
export type ChangeOutcome = "saved" | "stale" | "key-taken" | "person-has-open-deal";

/** Deals, what they went through, and what came in from other systems. */
export interface DealStore {
  readonly deal: (dealId: DealId) => Promise<Deal | undefined>;
  readonly deals: (dealIds: readonly DealId[]) => Promise<ReadonlyMap<DealId, Deal>>;
  readonly logEntry: (dealId: DealId, version: number) => Promise<LogEntry | undefined>;
  readonly timeline: (dealId: DealId) => Promise<readonly LogEntry[]>;
  readonly closings: (dealId: DealId) => Promise<readonly ClosedOutcome[]>;
  readonly save: (change: DealChange) => Promise<ChangeOutcome>;
  /** Whether this store has written changes that somebody is to be told of: then the deliveries are worth a nudge. */
  readonly hasNews: () => boolean;
}

/** Deals that come from other systems. */
export interface DealImportStore {
  /** Stores deals that are not there yet, each once. */
  readonly save: (deals: readonly ImportedDeal[], note: ImportNote) => Promise<ImportCounts>;
}
