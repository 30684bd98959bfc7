import * as z from "zod";
import type { TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import { type Instant, type TenantId, tenantIdSchema } from "@regulars/core/platform/values";
import { keysOf } from "../keys.ts";
import { tenantsDue } from "./keys.ts";
import { Operations, mustBeNew } from "../engine/operations.ts";
import { type Table, noUsage } from "../engine/table.ts";

const scheduleSchema = z.object({
  tenantId: tenantIdSchema,
  g2s: z.string().transform((text) => text as Instant),
  dueSince: z
    .string()
    .transform((text) => text as Instant)
    .optional(),
});

/**
 * The directory of tenants: which exist, and which nightly runs are due. `platform` reads the list of tenants and
 * counts due notifications; a tenant's own items are read and written with `tableFor` that tenant.
 */
export function openTenantDirectory(
  platform: Table,
  tableFor: (tenantId: TenantId) => Table = () => platform,
): TenantDirectory {
  const operations = new Operations(platform, noUsage());
  const of = (tenantId: TenantId): Operations => new Operations(tableFor(tenantId), noUsage());
  const find = async (tenantId: TenantId): Promise<Tenant | undefined> => {
    const item = await of(tenantId).get(keysOf(tenantId).tenant());
    return item === undefined ? undefined : tenantSchema.parse(item);
  };
  return {
    find,
    ensure: async (tenant, firstNightlyAt) => {
      const keys = keysOf(tenant.tenantId);
      await of(tenant.tenantId).transact([
        { Put: { Item: { ...keys.tenant(), ...tenant }, ...mustBeNew } },
        { Put: { Item: { ...keys.schedule(), tenantId: tenant.tenantId, g2p: tenantsDue(), g2s: firstNightlyAt } } },
      ]);
      return (await find(tenant.tenantId)) ?? tenant;
    },
    change: async (tenantId, changes) => {
      const tenant = await find(tenantId);
      if (tenant === undefined) throw new Error(`there is no tenant ${tenantId}`);
      const names = Object.keys(changes);
      if (names.length === 0) return tenant;
      const checked: Readonly<Record<string, unknown>> = tenantSchema.parse({ ...tenant, ...changes });
      // Only the named settings are written, so that two concurrent changes of different settings both succeed.
      const changed = await of(tenantId).updateReturning({
        Key: keysOf(tenantId).tenant(),
        UpdateExpression: `SET ${names.map((_, i) => `#n${i} = :v${i}`).join(", ")}`,
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#n${i}`, name])),
        ExpressionAttributeValues: Object.fromEntries(names.map((name, i) => [`:v${i}`, checked[name]])),
      });
      return tenantSchema.parse(changed);
    },
    list: async () => (await schedules(operations)).map((row) => row.tenantId),
    dueBefore: async (now) =>
      (await schedules(operations, now)).map((row) => ({ tenantId: row.tenantId, nextNightlyAt: row.g2s })),
    reschedule: (tenantId, from, to) =>
      of(tenantId).update({
        Key: keysOf(tenantId).schedule(),
        UpdateExpression: "SET g2s = :to, dueSince = if_not_exists(dueSince, :from)",
        ConditionExpression: "g2s = :from",
        ExpressionAttributeValues: { ":from": from, ":to": to },
      }),
    scheduleNightly: async (tenantId, at) => {
      await of(tenantId).update({
        Key: keysOf(tenantId).schedule(),
        UpdateExpression: "SET g2s = :at REMOVE dueSince",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":at": at },
      });
    },
    hasDueNotifications: (tenantId, now) =>
      operations.hasAny({
        IndexName: "gsi2",
        KeyConditionExpression: "g2p = :due AND g2s <= :now",
        ExpressionAttributeValues: { ":due": keysOf(tenantId).due(), ":now": now },
      }),
    unfinishedSince: async (before) =>
      (await schedules(operations))
        .filter(({ dueSince }) => dueSince !== undefined && dueSince < before)
        .map(({ tenantId }) => tenantId),
  };
}

async function schedules(operations: Operations, until?: Instant) {
  const rows: z.output<typeof scheduleSchema>[] = [];
  for await (const item of operations.query({
    IndexName: "gsi2",
    KeyConditionExpression: `g2p = :due${until === undefined ? "" : " AND g2s <= :until"}`,
    ExpressionAttributeValues: { ":due": tenantsDue(), ...(until === undefined ? {} : { ":until": until }) },
  }))
    rows.push(scheduleSchema.parse(item));
  return rows;
}
