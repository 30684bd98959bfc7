import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { monitorIdSchema } from "../platform/ids.ts";
import { type Instant, instantSchema } from "../platform/values.ts";
import type { StatusMonitor } from "./status-monitor.ts";

/** How far the evaluation of a monitor's present criteria is; it goes on where it stopped. */
export const regenerationSchema = z.object({
  statusId: monitorIdSchema,
  /** The version of the criteria that is evaluated. */
  criteriaVersion: z.int(),
  /** The parts of the customers that are done, of 16. */
  doneShards: z.array(z.int()),
  customers: z.int(),
  /** Owners that have the status. */
  matches: z.int(),
  /** Why it failed for an owner; old values stay. */
  failure: z.string().max(500).optional(),
  startedAt: instantSchema,
  finishedAt: instantSchema.optional(),
  /** Counts the writes; of an earlier version of the product there is none. */
  revision: z.int().optional(),
});
export type Regeneration = Immutable<z.output<typeof regenerationSchema>>;

/** Whether the values are of earlier criteria: they stay visible, and are marked. */
export const isPending = (
  { statusId: _id, criteriaVersion, criteria, deletedAt, isActive }: StatusMonitor,
  known: Regeneration | undefined,
): boolean =>
  criteria !== undefined &&
  deletedAt === undefined &&
  isActive &&
  (known === undefined || known.criteriaVersion !== criteriaVersion || known.finishedAt === undefined);

/** How far a monitor's evaluation is by what is stored: from the start where that is of earlier criteria. */
export const regenerationOf = (
  { statusId, criteriaVersion }: Pick<StatusMonitor, "statusId" | "criteriaVersion">,
  stored: Regeneration | undefined,
  now: Instant,
): Regeneration =>
  stored?.criteriaVersion === criteriaVersion
    ? stored
    : { statusId, criteriaVersion, doneShards: [], customers: 0, matches: 0, startedAt: now };

/** Whether what is stored is of later criteria than those that were evaluated. */
export const isOfLaterCriteria = (stored: Regeneration | undefined, criteriaVersion: number): boolean =>
  stored !== undefined && stored.criteriaVersion > criteriaVersion;

/** Parts of the customers that a regeneration goes through. */
export const REGENERATION_PARTS = 16;

/** How far the evaluation of a monitor's present criteria is. */
export interface RegenerationProgress {
  readonly isPending: boolean;
  readonly partsDone: number;
  readonly customers: number;
  readonly matches: number;
  readonly failure?: string | undefined;
}

export function progressOf(monitor: StatusMonitor, known: Regeneration | undefined): RegenerationProgress {
  const current = known?.criteriaVersion === monitor.criteriaVersion ? known : undefined;
  return {
    isPending: isPending(monitor, known),
    partsDone: current?.doneShards.length ?? 0,
    customers: current?.customers ?? 0,
    matches: current?.matches ?? 0,
    failure: current?.failure,
  };
}
