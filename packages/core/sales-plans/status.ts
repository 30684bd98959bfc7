import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { type StatusId, reasonIdSchema, statusIdSchema } from "../platform/ids.ts";

export const statusKinds = ["intermediate", "won", "lost"] as const;
export type StatusKind = (typeof statusKinds)[number];

/**
 * The checkbox "Reasons for refusal": when on, closing into this status requires one of these reasons, in this order.
 */
const refusalChoiceSchema = z.object({ isRequired: z.boolean(), reasonIds: z.array(reasonIdSchema) });

/** A status of a plan. Rules use its id; its name is only shown. */
export const statusSchema = z.object({
  statusId: statusIdSchema,
  name: z.string(),
  kind: z.enum(statusKinds),
  colour: z.string(),
  /** Lost statuses only. */
  refusal: refusalChoiceSchema.optional(),
});
export type Status = Immutable<z.output<typeof statusSchema>>;

/** What is kept of a deleted status: the status its deals went to, and its position. */
const tombstoneSchema = statusSchema.pick({ statusId: true, name: true, kind: true }).extend({
  position: z.int(),
  replacedBy: statusIdSchema.optional(),
});
type Tombstone = Immutable<z.output<typeof tombstoneSchema>>;

/** A plan's statuses in order, and the deleted ones. */
export const stagesSchema = z.object({ statuses: z.array(statusSchema), tombstones: z.array(tombstoneSchema) });
export type Stages = Immutable<z.output<typeof stagesSchema>>;

/**
 * The current status for an id: a deleted one is followed to its replacement, repeatedly; without a replacement it is
 * the nearest one of its kind before it, else the first of its kind. `undefined` for an unknown id.
 */
export function statusNow({ statuses, tombstones }: Stages, statusId: StatusId): Status | undefined {
  let wanted = statusId;
  for (let steps = 0; steps <= tombstones.length; steps += 1) {
    const found = statuses.find((status) => status.statusId === wanted);
    if (found !== undefined) return found;
    const gone = tombstones.find((tombstone) => tombstone.statusId === wanted);
    if (gone === undefined) return undefined;
    if (gone.replacedBy === undefined) return nearestBefore(statuses, gone);
    wanted = gone.replacedBy;
  }
  return undefined;
}

function nearestBefore(statuses: readonly Status[], { kind, position }: Tombstone): Status | undefined {
  const before = statuses.filter((status, at) => status.kind === kind && at < position);
  return before.at(-1) ?? statuses.find((status) => status.kind === kind);
}

/** Ids of a kind, including deleted statuses: all ids under which deals may still be stored. */
export const idsOfKind = ({ statuses, tombstones }: Stages, kind: StatusKind): Set<StatusId> =>
  new Set([...statuses, ...tombstones].filter((status) => status.kind === kind).map(({ statusId }) => statusId));
