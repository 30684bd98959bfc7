import type { CompanionWrites } from "../platform/idempotency.ts";
import type { ClosedOutcome, Deal, LogEntry } from "./deal.ts";
import type { DealId } from "../platform/ids.ts";
import type { Contact } from "../contacts/contact.ts";
import type { NewIdempotencyRecord } from "./idempotency-record.ts";
import type { Identity } from "../contacts/identity.ts";

/** One change of a deal with all its effects, written in one transaction. */
export interface DealChange {
  readonly companion?: CompanionWrites | undefined;
  readonly before: Deal;
  readonly after: Deal;
  readonly log: Omit<LogEntry, "dealId" | "version">;
  /** The closed outcome that the change creates or cancels. */
  readonly closing?: ClosedOutcome | undefined;
  readonly idempotencyRecord?: NewIdempotencyRecord | undefined;
  /** Part of a bulk operation. */
  readonly isBulk?: boolean | undefined;
}

/** A deal of another system, with its contact when they are new. */
export interface ImportedDeal {
  readonly deal: Deal;
  readonly newPerson?: Contact | undefined;
  readonly newIdentities: readonly Identity[];
}

export type ImportNote = Pick<LogEntry, "at" | "actorId" | "requestId">;

export interface ImportCounts {
  readonly created: number;
  /** Another process changed one of the remaining deals first: all of them must be read again. */
  readonly isOvertaken: boolean;
}

/** `key-taken` is a misuse of the caller's idempotency key; the others concern the deal. */
export type ChangeOutcome = "saved" | "stale" | "key-taken" | "person-has-open-deal";

/** Deals, their action logs, and what came in from other systems. */
export interface DealStore {
  readonly deal: (dealId: DealId) => Promise<Deal | undefined>;
  readonly deals: (dealIds: readonly DealId[]) => Promise<ReadonlyMap<DealId, Deal>>;
  readonly logEntry: (dealId: DealId, version: number) => Promise<LogEntry | undefined>;
  readonly timeline: (dealId: DealId) => Promise<readonly LogEntry[]>;
  readonly closings: (dealId: DealId) => Promise<readonly ClosedOutcome[]>;
  readonly save: (change: DealChange) => Promise<ChangeOutcome>;
  /** Whether this store wrote changes that webhooks receive: then the deliveries should be triggered. */
  readonly hasNews: () => boolean;
}

/** Imports of deals from other systems. */
export interface DealImportStore {
  /** Stores the deals that do not exist yet, each exactly once. */
  readonly save: (
    deals: readonly ImportedDeal[],
    note: ImportNote,
    /** Writes for the transaction that stores these deals. */
    companionOf?: (dealIds: readonly DealId[]) => CompanionWrites | undefined,
  ) => Promise<ImportCounts>;
}
