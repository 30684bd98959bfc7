import * as z from "zod";
import { type Instant, toInstant } from "../platform/values.ts";

const instantSchema = z.iso.datetime().transform((text) => toInstant(Date.parse(text)));

export const attemptStates = ["queued", "running", "done", "failed"] as const;

/**
 * Fields of an operation that is not divided into members: one long calculation, which each attempt begins anew. A
 * runner holds it by a lease and extends the lease while it runs. `version` counts changes; a save with a stale version
 * is refused.
 */
export const attemptFields = {
  state: z.enum(attemptStates),
  createdAt: instantSchema,
  version: z.int(),
  /** Number of attempts so far. */
  attempts: z.int(),
  startedAt: instantSchema.optional(),
  /** End of the current runner's lease. */
  leaseUntil: instantSchema.optional(),
  finishedAt: instantSchema.optional(),
  failure: z.object({ reason: z.string(), message: z.string() }).optional(),
};

const attemptedSchema = z.object(attemptFields);
export type Attempted = Readonly<z.output<typeof attemptedSchema>>;

/** The same as the queue's delivery limit: an operation that failed so often will fail again. */
const MOST_ATTEMPTS = 3;
const LEASE_MS = 120_000;
/** Longer than all attempts together, with the pauses between them. */
const GIVEN_UP_MS = 2 * 3_600_000;
/** The queue delivers a message within this time; after it, the message is sent again. */
const MESSAGE_MS = 60_000;

const later = (now: Instant, ms: number): Instant => toInstant(Date.parse(now) + ms);

const hasLease = ({ leaseUntil }: Attempted, now: Instant): boolean => leaseUntil !== undefined && leaseUntil > now;

const isFinished = ({ state }: Attempted): boolean => state === "done" || state === "failed";

const cutOff = {
  reason: "cut-off",
  message: "every attempt was interrupted before the end: request it again",
};

/**
 * The operation with its state at `now`. When its runner's lease has ended it is queued for the next attempt. It has
 * failed when no attempt is left, or when the time for all attempts has passed.
 */
export function standingAt<Operation extends Attempted>(operation: Operation, now: Instant): Operation {
  if (isFinished(operation) || hasLease(operation, now)) return operation;
  const endOf = later(operation.createdAt, GIVEN_UP_MS);
  const givenUpAt = operation.attempts >= MOST_ATTEMPTS ? operation.leaseUntil : endOf <= now ? endOf : undefined;
  if (givenUpAt !== undefined)
    return { ...failed(operation, operation.failure ?? cutOff, givenUpAt), version: operation.version };
  return operation.state === "queued" ? operation : { ...operation, state: "queued" };
}

/** Whether it is running or queued. */
export const isOpen = (operation: Attempted, now: Instant): boolean => !isFinished(standingAt(operation, now));

/** Whether it is running now. */
export const isAtWork = (operation: Attempted, now: Instant): boolean =>
  !isFinished(operation) && hasLease(operation, now);

/** Whether it is still queued although its message should have arrived. */
export const isOverdue = (operation: Attempted, now: Instant): boolean =>
  standingAt(operation, now).state === "queued" &&
  later(operation.leaseUntil ?? operation.createdAt, MESSAGE_MS) <= now;

/** Fields of a new operation. */
export const queued = (createdAt: Instant): Attempted => ({ state: "queued", createdAt, version: 1, attempts: 0 });

/** Starts an attempt. The caller resets the progress: nothing of an earlier attempt is kept. */
export const begun = <Operation extends Attempted>(operation: Operation, now: Instant): Operation => ({
  ...changed(operation),
  state: "running",
  attempts: operation.attempts + 1,
  startedAt: now,
  leaseUntil: later(now, LEASE_MS),
});

/** Extends the lease of a running attempt. */
export const extended = <Operation extends Attempted>(operation: Operation, now: Instant): Operation => ({
  ...changed(operation),
  leaseUntil: later(now, LEASE_MS),
});

/** Ends an attempt after an error: queued for the next one, or failed when it was the last. */
export function givenBack<Operation extends Attempted>(
  operation: Operation,
  failure: Attempted["failure"],
  now: Instant,
): Operation {
  if (operation.attempts >= MOST_ATTEMPTS) return failed(operation, failure, now);
  return { ...changed(operation), state: "queued", failure, leaseUntil: now };
}

export const failed = <Operation extends Attempted>(
  operation: Operation,
  failure: Attempted["failure"],
  now: Instant,
): Operation => ({ ...changed(operation), leaseUntil: undefined, state: "failed", failure, finishedAt: now });

export const done = <Operation extends Attempted>(operation: Operation, now: Instant): Operation => ({
  ...changed(operation),
  leaseUntil: undefined,
  failure: undefined,
  state: "done",
  finishedAt: now,
});

const changed = <Operation extends Attempted>(operation: Operation): Operation => ({
  ...operation,
  version: operation.version + 1,
});
