/**
 * Writes of one store that another store's save adds to its own transaction. Only the store that created them can read
 * them.
 */
export interface CompanionWrites {
  readonly kind: "companion-writes";
}

/**
 * The companion write for the result of a save; `undefined` when none is needed. Called again when the save is retried.
 */
export type CompanionWritesOf<Made> = (made: Made) => CompanionWrites | undefined;

/** A message to a job. */
export interface JobMessage {
  readonly queue: string;
  readonly body: object;
}

/** An answer stored for repetition. */
export interface StoredResponse {
  readonly status: number;
  /** JSON text; absent where the answer has no body. */
  readonly body?: string | undefined;
  /** The Location header, for answers that have one. */
  readonly location?: string | undefined;
}

/** A request with an idempotency key: the actor, the key, and a hash of the whole request. */
export interface IdempotencyKey {
  readonly actorId: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** The stored state of an idempotency key. */
export type IdempotencyState =
  | { readonly state: "fresh"; readonly claim: IdempotencyClaim }
  | { readonly state: "answered"; readonly answer: StoredResponse; readonly unsent?: readonly JobMessage[] | undefined }
  | { readonly state: "in-flight" }
  | { readonly state: "other-request" };

/** The right to do the work of a key until the lease ends. */
export interface IdempotencyClaim {
  /**
   * The answer as a companion write for the transaction of the work itself: both are stored, or neither. So are the
   * messages that have to follow the work; they are asked for when the transaction is made.
   */
  readonly companion: (answer: StoredResponse, messages?: () => readonly JobMessage[]) => CompanionWrites;
  /** An earlier attempt ended without an answer. */
  readonly isResumed: boolean;
  /** What earlier attempts at this request have done, by the names of the steps; empty for a first attempt. */
  readonly steps: ReadonlyMap<string, unknown>;
  /**
   * A step of work that takes several transactions, with its result (JSON), as a companion write for the transaction of
   * the step itself: a later attempt does not do it again.
   */
  readonly step: (name: string, result: unknown) => CompanionWrites;
  /** Stores a step that writes nothing else. */
  readonly keepStep: (name: string, result: unknown) => Promise<void>;
  /** Stores the answer of work that took several transactions, and notes of all work that its messages are sent. */
  readonly keep: (answer: StoredResponse) => Promise<void>;
  /** Releases the key after a failure, so that the work may be retried. */
  readonly release: () => Promise<void>;
}

/** Requests with an idempotency key, each executed once (docs/api.md; kept for seven days). */
export interface IdempotencyStore {
  readonly begin: (key: IdempotencyKey, nowMs: number) => Promise<IdempotencyState>;
}
