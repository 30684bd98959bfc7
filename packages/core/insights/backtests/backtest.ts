import * as z from "zod";
import { type Instant, toInstant } from "../../platform/values.ts";
import { backtestOptionsSchema } from "./options.ts";

declare const brand: unique symbol;
/** `bt_…`: the moment it was asked for, then letters. In text order they are in the order of time. */
export type BacktestId = string & { readonly [brand]: "BacktestId" };

export const backtestIdSchema = z
  .string()
  .regex(/^bt_\d{17}_[0-9a-z]{10}$/, "is not the id of a backtest")
  .transform((text) => text as BacktestId);

const LETTERS = 10;

/** The id of a backtest that is asked for now; `letters` keep two of one moment apart. */
export const backtestIdOf = (now: Instant, letters: string): BacktestId =>
  backtestIdSchema.parse(`bt_${now.replaceAll(/\D/g, "")}_${letters.slice(0, LETTERS)}`);

export const backtestStates = ["queued", "running", "done", "failed"] as const;
export type BacktestState = (typeof backtestStates)[number];

const instantSchema = z.iso.datetime().transform((text) => toInstant(Date.parse(text)));

/** A backtest that somebody asked for; its report is kept apart. `version` counts its changes. */
export const backtestJobSchema = z.object({
  backtestId: backtestIdSchema,
  state: z.enum(backtestStates),
  options: backtestOptionsSchema,
  createdAt: instantSchema,
  createdBy: z.string(),
  version: z.int(),
  /** How often somebody has begun it. */
  attempts: z.int(),
  customersRead: z.int(),
  customersTried: z.int(),
  startedAt: instantSchema.optional(),
  /** Until when whoever runs it has it to himself; he moves it on while he lives. */
  leaseUntil: instantSchema.optional(),
  finishedAt: instantSchema.optional(),
  failure: z.object({ reason: z.string(), message: z.string() }).optional(),
});
export type BacktestJob = Readonly<z.output<typeof backtestJobSchema>>;

/** As often as the queue delivers a message: what fails so often fails again. */
export const MOST_ATTEMPTS = 3;
const LEASE_MS = 120_000;
/** Longer than all attempts take, with what lies between them. */
const GIVEN_UP_MS = 2 * 3_600_000;
/** A message is on its way for so long; after it somebody has to ask again. */
const NUDGE_MS = 60_000;

const later = (now: Instant, ms: number): Instant => toInstant(Date.parse(now) + ms);

const hasLease = ({ leaseUntil }: BacktestJob, now: Instant): boolean => leaseUntil !== undefined && leaseUntil > now;

const isFinished = ({ state }: BacktestJob): boolean => state === "done" || state === "failed";

const cutOff = {
  reason: "cut-off",
  message: "whoever worked on it was cut off before the end, each time it was tried: ask for it again",
};

/**
 * A job as it truly stands now. One whose runner is gone is not running: it waits for the next attempt, and once there is
 * none, or a time has passed in which all of them would have ended, it has failed.
 */
export function standingAt(job: BacktestJob, now: Instant): BacktestJob {
  if (isFinished(job) || hasLease(job, now)) return job;
  const endOf = later(job.createdAt, GIVEN_UP_MS);
  const givenUpAt = job.attempts >= MOST_ATTEMPTS ? job.leaseUntil : endOf <= now ? endOf : undefined;
  if (givenUpAt !== undefined) return { ...failed(job, job.failure ?? cutOff, givenUpAt), version: job.version };
  return job.state === "queued" ? job : { ...job, state: "queued" };
}

/** Whether somebody is at it, or will be. */
export const isOpen = (job: BacktestJob, now: Instant): boolean => !isFinished(standingAt(job, now));

/** Whether somebody is at it now. */
export const isAtWork = (job: BacktestJob, now: Instant): boolean => !isFinished(job) && hasLease(job, now);

/** Whether it waits although its message should have come by now. */
export const isOverdue = (job: BacktestJob, now: Instant): boolean =>
  standingAt(job, now).state === "queued" && later(job.leaseUntil ?? job.createdAt, NUDGE_MS) <= now;

/** A job that was just asked for. */
export const queuedJob = (
  asked: Pick<BacktestJob, "backtestId" | "options" | "createdAt" | "createdBy">,
): BacktestJob => ({ ...asked, state: "queued", version: 1, attempts: 0, customersRead: 0, customersTried: 0 });

/** Begun, from its beginning: what an earlier attempt has done is gone with it. */
export const begun = (job: BacktestJob, now: Instant): BacktestJob => ({
  ...moved(job),
  state: "running",
  attempts: job.attempts + 1,
  customersRead: 0,
  customersTried: 0,
  startedAt: now,
  leaseUntil: later(now, LEASE_MS),
});

/** Further on, and its runner alive. */
export const furthered = (
  job: BacktestJob,
  progress: Pick<BacktestJob, "customersRead" | "customersTried">,
  now: Instant,
): BacktestJob => ({ ...moved(job), ...progress, leaseUntil: later(now, LEASE_MS) });

/** Given back after a fault; the next attempt may fare better, unless it was the last. */
export function givenBack(job: BacktestJob, failure: BacktestJob["failure"], now: Instant): BacktestJob {
  if (job.attempts >= MOST_ATTEMPTS) return failed(job, failure, now);
  return { ...moved(job), state: "queued", failure, leaseUntil: now };
}

export const failed = (job: BacktestJob, failure: BacktestJob["failure"], now: Instant): BacktestJob => {
  const { leaseUntil: _over, ...rest } = moved(job);
  return { ...rest, state: "failed", failure, finishedAt: now };
};

export const done = (job: BacktestJob, now: Instant): BacktestJob => {
  const { leaseUntil: _over, failure: _mended, ...rest } = moved(job);
  return { ...rest, state: "done", finishedAt: now };
};

const moved = (job: BacktestJob): BacktestJob => ({ ...job, version: job.version + 1 });
