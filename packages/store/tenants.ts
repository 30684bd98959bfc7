import * as z from "zod";
import type { TenantDirectory } from "@regulars/core/ports";
import { type Tenant, tenantSchema } from "@regulars/core/tenant";
import { type Instant, type TenantId, tenantIdSchema } from "@regulars/core/values";
import { keysOf, tenantsDue } from "./keys.ts";
import { Operations, mustBeNew } from "./operations.ts";
import { type Table, noUsage } from "./table.ts";

const scheduleSchema = z.object({
  tenantId: tenantIdSchema,
  g2s: z.string().transform((text) => text as Instant),
});

/** The platform's view across tenants: who exists, whose night is due. */
export function openTenantDirectory(table: Table): TenantDirectory {
  const operations = new Operations(table, noUsage());
  const find = async (tenantId: TenantId): Promise<Tenant | undefined> => {
    const item = await operations.get(keysOf(tenantId).tenant());
    return item === undefined ? undefined : tenantSchema.parse(item);
  };
  return {
    find,
    ensure: async (tenant, firstNightAt) => {
      const keys = keysOf(tenant.tenantId);
      await operations.transact([
        { Put: { Item: { ...keys.tenant(), ...tenant }, ...mustBeNew } },
        { Put: { Item: { ...keys.schedule(), tenantId: tenant.tenantId, g2p: tenantsDue(), g2s: firstNightAt } } },
      ]);
      return (await find(tenant.tenantId)) ?? tenant;
    },
    change: async (tenantId, changes) => {
      const tenant = await find(tenantId);
      if (tenant === undefined) throw new Error(`there is no tenant ${tenantId}`);
      await operations.put({ ...keysOf(tenantId).tenant(), ...tenantSchema.parse({ ...tenant, ...changes }) });
    },
    list: async () => (await schedules(operations)).map((row) => row.tenantId),
    dueBefore: async (now) =>
      (await schedules(operations, now)).map((row) => ({ tenantId: row.tenantId, nextNightAt: row.g2s })),
    reschedule: (tenantId, from, to) =>
      operations.update({
        Key: keysOf(tenantId).schedule(),
        UpdateExpression: "SET g2s = :to",
        ConditionExpression: "g2s = :from",
        ExpressionAttributeValues: { ":from": from, ":to": to },
      }),
    scheduleNight: async (tenantId, at) => {
      await operations.update({
        Key: keysOf(tenantId).schedule(),
        UpdateExpression: "SET g2s = :at",
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":at": at },
      });
    },
    hasDueNotifications: async (tenantId, now) => {
      const due = operations.query({
        IndexName: "gsi2",
        KeyConditionExpression: "g2p = :due AND g2s <= :now",
        ExpressionAttributeValues: { ":due": keysOf(tenantId).due(), ":now": now },
        Limit: 1,
      });
      return (await due.next()).done !== true;
    },
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
