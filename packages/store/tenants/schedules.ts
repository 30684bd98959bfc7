import { rowAs } from "@regulars/core/platform/unreadable-row";
import type { ScheduledTenant } from "@regulars/core/tenants/tenant-directory";
import { type Instant, type TenantId, instantSchema, tenantIdSchema } from "@regulars/core/platform/values";
import * as z from "zod";
import type { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { keysOf } from "../keys.ts";
import { tenantsDue } from "./keys.ts";

/** The schedule of a tenant that no tick has moved yet has no time zone. */
const scheduleSchema = z.object({
  tenantId: tenantIdSchema,
  g2s: instantSchema,
  dueSince: instantSchema.optional(),
  timeZone: z.string().optional(),
});

interface Schedule {
  readonly tenantId: TenantId;
  readonly timeZone: string;
  readonly at: Instant;
  readonly dueSince?: Instant | undefined;
}

const scheduleItem = ({ tenantId, timeZone, at, dueSince }: Schedule) => ({
  ...keysOf(tenantId).schedule(),
  tenantId,
  timeZone,
  g2p: tenantsDue(),
  g2s: at,
  ...(dueSince === undefined ? {} : { dueSince }),
});

/** The place of a new tenant in the list of all. */
export const newSchedule = (schedule: Schedule): TransactWrite => ({ Put: { Item: scheduleItem(schedule) } });

/** All tenants' schedules, those due first; only those due by then, when it is given. One query for all. */
export async function readSchedules(operations: Operations, until?: Instant): Promise<readonly ScheduledTenant[]> {
  const rows: ScheduledTenant[] = [];
  for await (const item of operations.query({
    IndexName: "gsi2",
    KeyConditionExpression: `g2p = :due${until === undefined ? "" : " AND g2s <= :until"}`,
    ExpressionAttributeValues: { ":due": tenantsDue(), ...(until === undefined ? {} : { ":until": until }) },
  })) {
    const { g2s: nextNightlyAt, ...row } = rowAs(scheduleSchema, item);
    rows.push({ ...row, nextNightlyAt });
  }
  return rows;
}

/** Moves the next nightly run from `from` to `to`; `false` when somebody else has moved it. */
export const moveNightly = (operations: Operations, tenantId: TenantId, from: Instant, to: Instant): Promise<boolean> =>
  operations.update({
    Key: keysOf(tenantId).schedule(),
    UpdateExpression: "SET g2s = :to, dueSince = if_not_exists(dueSince, :from)",
    ConditionExpression: "g2s = :from",
    ExpressionAttributeValues: { ":from": from, ":to": to },
  });

/** Sets the next nightly run, and that none is unfinished; `false` when the tenant has no schedule here. */
export const setNightly = (operations: Operations, tenantId: TenantId, at: Instant): Promise<boolean> =>
  operations.update({
    Key: keysOf(tenantId).schedule(),
    UpdateExpression: "SET g2s = :at REMOVE dueSince",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: { ":at": at },
  });

/**
 * Moves the schedule of a tenant from before there were due rows to where the tick may update it. What waits is not
 * known of it, so it gets a row for each kind. `false` when there is nothing to move.
 */
export async function moveSchedule(
  operations: Operations,
  tenantId: TenantId,
  timeZone: string,
  dueRows: readonly TransactWrite[],
): Promise<boolean> {
  const old = keysOf(tenantId).oldSchedule();
  const item = await operations.get(old);
  if (item === undefined) return false;
  const { g2s: at, dueSince } = rowAs(scheduleSchema, item);
  return operations.transact([
    { Put: { Item: scheduleItem({ tenantId, timeZone, at, dueSince }), ...mustBeNew } },
    { Delete: { Key: old, ConditionExpression: "g2s = :at", ExpressionAttributeValues: { ":at": at } } },
    ...dueRows,
  ]);
}
