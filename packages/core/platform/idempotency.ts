/** Writes of one store that another of its saves takes into its own transaction. Only the store that made it can read it. */
export interface CompanionWrites {
  readonly kind: "companion-writes";
}

/** The companion write for what a save makes; none where nobody asked for one. It is asked again when the save is tried again. */
export type CompanionWritesOf<Made> = (made: Made) => CompanionWrites | undefined;

/** An answer as it is kept to be given again. */
export interface StoredResponse {
  readonly status: number;
  /** JSON text; absent where the answer has no body. */
  readonly body?: string | undefined;
  /** Where what was made is, of answers that say so. */
  readonly location?: string | undefined;
}

/** A request that is told by its key: whose, which, and a hash of all it asks. */
export interface IdempotencyKey {
  readonly actorId: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** What is known of a request's key. */
export type IdempotencyState =
  | { readonly state: "fresh"; readonly claim: IdempotencyClaim }
  | { readonly state: "answered"; readonly answer: StoredResponse }
  | { readonly state: "in-flight" }
  | { readonly state: "other-request" };

/** The right to do the work of a key, for as long as the lease lasts. */
export interface IdempotencyClaim {
  /** The answer as a write for the transaction of the work itself: after it, the work is done and answered, or neither. */
  readonly companion: (answer: StoredResponse) => CompanionWrites;
  /** Keeps the answer of work that several transactions did. */
  readonly keep: (answer: StoredResponse) => Promise<void>;
  /** Gives the key back: the work failed, and may be tried again. */
  readonly release: () => Promise<void>;
}

/** Requests with a key, each done once (docs/api.md; kept for seven days). */
export interface IdempotencyStore {
  readonly begin: (key: IdempotencyKey, nowMs: number) => Promise<IdempotencyState>;
}
