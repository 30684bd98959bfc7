/** Writes of one store that another of its saves takes into its own transaction. Only the store that made it can read it. */
export interface Receipt {
  readonly kind: "receipt";
}

/** The receipt for what a save makes; none where nobody asked for one. It is asked again when the save is tried again. */
export type ReceiptOf<Made> = (made: Made) => Receipt | undefined;

/** An answer as it is kept to be given again. */
export interface KeptAnswer {
  readonly status: number;
  /** JSON text; absent where the answer has no body. */
  readonly body?: string | undefined;
  /** Where what was made is, of answers that say so. */
  readonly location?: string | undefined;
}

/** A request that is told by its key: whose, which, and a hash of all it asks. */
export interface OnceKey {
  readonly actorId: string;
  readonly key: string;
  readonly fingerprint: string;
}

/** What is known of a request's key. */
export type OnceState =
  | { readonly state: "fresh"; readonly claim: OnceClaim }
  | { readonly state: "answered"; readonly answer: KeptAnswer }
  | { readonly state: "in-flight" }
  | { readonly state: "other-request" };

/** The right to do the work of a key, for as long as the lease lasts. */
export interface OnceClaim {
  /** The answer as a write for the transaction of the work itself: after it, the work is done and answered, or neither. */
  readonly receipt: (answer: KeptAnswer) => Receipt;
  /** Keeps the answer of work that several transactions did. */
  readonly keep: (answer: KeptAnswer) => Promise<void>;
  /** Gives the key back: the work failed, and may be tried again. */
  readonly release: () => Promise<void>;
}

/** Requests with a key, each done once (product.md "HTTP"; kept for seven days). */
export interface OnceStore {
  readonly begin: (key: OnceKey, nowMs: number) => Promise<OnceState>;
}
