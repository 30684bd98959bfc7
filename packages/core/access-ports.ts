import type { MachineKey } from "./machine-key.ts";
import type { Day, Instant } from "./values.ts";

/** Writes of one store that another of its saves takes into its own transaction. Only the store that made it can read it. */
export interface Receipt {
  readonly kind: "receipt";
}

/** The receipt for what a save makes; none where nobody asked for one. It is asked again when the save is tried again. */
export type ReceiptOf<Made> = (made: Made) => Receipt | undefined;

/** A key as kept: the hash of its secret (SHA-256, hex) in the secret's place. */
export interface StoredMachineKey extends MachineKey {
  readonly secretHash: string;
}

/** Machine keys of one tenant. */
export interface MachineKeyStore {
  readonly find: (keyId: string) => Promise<StoredMachineKey | undefined>;
  /** Newest first. */
  readonly list: () => Promise<readonly MachineKey[]>;
  /** Keeps a new key on the condition that the keys of its name are still the live ones seen; `false` when they are not. */
  readonly create: (key: StoredMachineKey, liveSeen: readonly string[], receipt?: Receipt) => Promise<boolean>;
  /** `false` when nothing was done: there is no such key, or the receipt could not be written. */
  readonly revoke: (keyId: string, name: string, at: Instant, receipt?: Receipt) => Promise<boolean>;
  /** At most one write a day. */
  readonly noteUse: (keyId: string, on: Day) => Promise<void>;
}

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

/** How requests are rationed: one comes back every so many milliseconds, and all of them in so many. */
export interface RateUse {
  readonly eachMs: number;
  readonly depthMs: number;
}

/** Whether there was one to take, and when all of them are there again. */
export interface RateTaken {
  readonly isTaken: boolean;
  readonly fullAtMs: number;
}

/** Requests that an actor has left. */
export interface RateStore {
  readonly take: (actorId: string, nowMs: number, use: RateUse) => Promise<RateTaken>;
}
