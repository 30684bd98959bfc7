import * as z from "zod";
import { tenantMeasuresSchema } from "../insights/tenant-measures.ts";
import type { Immutable } from "../platform/immutable.ts";
import type { CustomerId, Instant } from "../platform/values.ts";
import { customerIdSchema, daySchema, instantSchema } from "../platform/values.ts";

/**
 * The steps of a night in parts: all customers are counted, shard by shard; then they are evaluated, shard by shard; then
 * one part publishes.
 */
export const nightPhases = ["count", "evaluate", "publish"] as const;
export type NightPhase = (typeof nightPhases)[number];

/** A part: a shard in one of the first two phases, or all there is to publish (shard 0). */
export const nightPartSchema = z.object({
  runId: z.string(),
  phase: z.enum(nightPhases),
  shard: z.int().nonnegative(),
});
export type NightPart = Immutable<z.output<typeof nightPartSchema>>;

/** The place of one of a run's contents, which is stored in pieces. */
const contentSchema = z.object({ stamp: z.string(), pieces: z.int() });
export type NightContent = Immutable<z.output<typeof contentSchema>>;

/** What a run knows of the last one before it. */
const lastRunSchema = z.object({
  /** Its day. */
  lastRunOn: daySchema.optional(),
  /** Of the watch, as `KnownOfNight` says it. */
  watchedOn: daySchema.optional(),
  watchedWith: z.string().optional(),
});
export type LastRun = Immutable<z.output<typeof lastRunSchema>>;

/** What holds for all parts of a run. */
export const nightRunSchema = lastRunSchema.extend({
  runId: z.string(),
  asOf: daySchema,
  startedAt: instantSchema,
  isScheduled: z.boolean(),
  isOnHold: z.boolean(),
  mayRewind: z.boolean(),
  /** The month's measures before it. */
  measures: tenantMeasuresSchema.optional(),
  phase: z.enum([...nightPhases, "ended"]),
  /** What was counted of all customers, from the second phase on. */
  counts: contentSchema.optional(),
});
export type NightRun = Immutable<z.output<typeof nightRunSchema>>;

/** How far a part has come. */
export const partProgressSchema = z.object({
  runId: z.string(),
  /** Who works at it, until when; none when nobody does. */
  owner: z.string().optional(),
  until: instantSchema.optional(),
  /** The last customer that its content knows. */
  after: customerIdSchema.optional(),
  content: contentSchema.optional(),
  isDone: z.boolean().default(false),
  /** Somebody has worked at it since it was last left. */
  isAgain: z.boolean().default(false),
});

/** What a part leaves for the part or process that continues. */
export interface PartLeft {
  readonly content: object;
  readonly after?: CustomerId | undefined;
  readonly isDone: boolean;
}

/** A part that was claimed, or why it was not: somebody else works at it, or it is done. */
export type Claimed = "busy" | "done" | ClaimedPart;

export interface ClaimedPart {
  /** An earlier owner has not left what they have done since. */
  readonly isAgain: boolean;
  readonly after?: CustomerId | undefined;
  /** What an earlier owner has left; only who has written it knows what it is. */
  readonly content: unknown;
}

/** The parts of a tenant's night. One run is stored at a time; a new one replaces it. */
export interface NightParts {
  readonly find: () => Promise<NightRun | undefined>;
  /** Stores a run instead of the one that was found; `false` when somebody else has. */
  readonly start: (run: NightRun, instead: NightRun | undefined) => Promise<boolean>;
  /** Moves a run on to the phase; `false` when it is not in the one before any more. */
  readonly moveOn: (run: NightRun, to: NightRun["phase"], counts?: object) => Promise<boolean>;
  /**
   * Claims a part until an instant. A claim that was left behind ends by itself; work of an owner whose claim has ended
   * is not kept.
   */
  readonly claim: (part: NightPart, owner: string, now: Instant, until: Instant) => Promise<Claimed>;
  /** Keeps what a part leaves, and ends the claim; `false` when it was not the owner's any more. */
  readonly leave: (part: NightPart, owner: string, left: PartLeft) => Promise<boolean>;
  /** Ends the claim of an owner who has failed. */
  readonly release: (part: NightPart, owner: string) => Promise<void>;
  /** The shards of a phase that are done. */
  readonly done: (run: NightRun, phase: NightPhase) => Promise<ReadonlySet<number>>;
  /** What a done part has left; `undefined` when it is gone. */
  readonly contentOf: (part: NightPart) => Promise<unknown>;
  readonly countsOf: (run: NightRun) => Promise<unknown>;
  /** Removes the contents of a run that has ended. */
  readonly clear: () => Promise<void>;
}
