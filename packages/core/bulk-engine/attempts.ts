import * as z from "zod";
import { type Instant, toInstant } from "../platform/values.ts";

const instantSchema = z.iso.datetime().transform((text) => toInstant(Date.parse(text)));

export const attemptStates = ["queued", "running", "done", "failed"] as const;

/**
 * Fields of an operation that cannot be cut into members: one long calculation, which an attempt begins anew. A runner
 * holds it by a lease that it extends while it lives. `version` counts changes; a save is refused when another came first.
 */
export const attemptFields = {
  state: z.enum(attemptStates),
  createdAt: instantSchema,
  version: z.int(),
  /** How often it was begun. */
  attempts: z.int(),
  startedAt: instantSchema.optional(),
  /** Until when its runner has it alone. */
  leaseUntil: instantSchema.optional(),
  finishedAt: instantSchema.optional(),
  failure: z.object({ reason: z.string(), message: z.string() }).optional(),
};

const attemptedSchema = z.object(attemptFields);
export type Attempted = Readonly<z.output<typeof attemptedSchema>>;

/** As often as the queue delivers a message: what fails so often fails again. */
export const MOST_ATTEMPTS = 3;
const LEASE_MS = 120_000;
/** Longer than all attempts take, with what lies between them. */
const GIVEN_UP_MS = 2 * 3_600_000;
/** A message arrives within this time; after it somebody has to send it again. */
const MESSAGE_MS = 60_000;

const later = (now: Instant, ms: number): Instant => toInstant(Date.parse(now) + ms);

const hasLease = ({ leaseUntil }: Attempted, now: Instant): boolean => leaseUntil !== undefined && leaseUntil > now;

const isFinished = ({ state }: Attempted): boolean => state === "done" || state === "failed";

const cutOff = {
  reason: "cut-off",
  message: "whoever worked on it was cut off before the end, each time it was tried: ask for it again",
};

/**
 * An operation as it stands at `now`. One whose runner is gone is queued: it waits for the next attempt. It has failed when
 * there is no attempt left, or after a time in which all of them would have ended.
 */
export function standingAt<Operation extends Attempted>(operation: Operation, now: Instant): Operation {
  if (isFinished(operation) || hasLease(operation, now)) return operation;
  const endOf = later(operation.createdAt, GIVEN_UP_MS);
  const givenUpAt = operation.attempts >= MOST_ATTEMPTS ? operation.leaseUntil : endOf <= now ? endOf : undefined;
  if (givenUpAt !== undefined)
    return { ...failed(operation, operation.failure ?? cutOff, givenUpAt), version: operation.version };
  return operation.state === "queued" ? operation : { ...operation, state: "queued" };
}

/** Whether somebody works on it, or will. */
export const isOpen = (operation: Attempted, now: Instant): boolean => !isFinished(standingAt(operation, now));

/** Whether somebody works on it now. */
export const isAtWork = (operation: Attempted, now: Instant): boolean =>
  !isFinished(operation) && hasLease(operation, now);

/** Whether it waits although its message should have come by now. */
export const isOverdue = (operation: Attempted, now: Instant): boolean =>
  standingAt(operation, now).state === "queued" &&
  later(operation.leaseUntil ?? operation.createdAt, MESSAGE_MS) <= now;

/** Fields of an operation that was just asked for. */
export const queued = (createdAt: Instant): Attempted => ({ state: "queued", createdAt, version: 1, attempts: 0 });

/** Begun. The caller sets its progress back: nothing of an earlier attempt is kept. */
export const begun = <Operation extends Attempted>(operation: Operation, now: Instant): Operation => ({
  ...changed(operation),
  state: "running",
  attempts: operation.attempts + 1,
  startedAt: now,
  leaseUntil: later(now, LEASE_MS),
});

/** Its runner is alive. */
export const extended = <Operation extends Attempted>(operation: Operation, now: Instant): Operation => ({
  ...changed(operation),
  leaseUntil: later(now, LEASE_MS),
});

/** Given back after a fault for the next attempt; failed when it was the last. */
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
