import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { monitorIdSchema } from "../platform/ids.ts";
import { instantSchema } from "../platform/values.ts";
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
