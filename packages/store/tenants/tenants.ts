import { replacing } from "../engine/revision.ts";
import { writesOf } from "../engine/companion-writes.ts";
import { type Result, ok } from "@regulars/core/platform/result";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { ContentionError } from "@regulars/core/platform/contention-error";
import * as z from "zod";
import type { TenantChanges, TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { changedUnits, minorUnits } from "@regulars/core/platform/currencies";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import { type Instant, type TenantId, tenantIdSchema } from "@regulars/core/platform/values";
import { keysOf } from "../keys.ts";
import type { ChangeStamp } from "@regulars/core/tenants/settings-log";
import { settingsLogWrites } from "./settings-log.ts";
import { tenantsDue } from "./keys.ts";
import { Operations, mustBeNew, pauseToReread } from "../engine/operations.ts";
import { type Table, noUsage } from "../engine/table.ts";

const MAX_ROUNDS = 12;

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
    return item === undefined ? undefined : tenantOf(item);
  };
  return {
    find,
    ensure: async (tenant, firstNightlyAt) => {
      const keys = keysOf(tenant.tenantId);
      await of(tenant.tenantId).transact([
        { Put: { Item: { ...keys.tenant(), ...tenant, minorUnits }, ...mustBeNew } },
        { Put: { Item: { ...keys.schedule(), tenantId: tenant.tenantId, g2p: tenantsDue(), g2s: firstNightlyAt } } },
      ]);
      return (await find(tenant.tenantId)) ?? tenant;
    },
    change: async (tenantId, changes) => {
      const changed = await revise(of(tenantId), tenantId, () => ok(changes));
      if (!changed.ok) throw new Error(changed.message);
      return changed.value;
    },
    revise: (tenantId, changesOf, companionOf, stamp) =>
      revise(of(tenantId), tenantId, changesOf, { companionOf, stamp }),
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

/**
 * A stored tenant. Its amounts are whole units of the currencies as they were when it was made; when one of them is
 * counted otherwise today, nothing of the tenant is read.
 */
export function tenantOf(item: Readonly<Record<string, unknown>>): Tenant {
  const tenant = tenantSchema.parse(item);
  const units = item["minorUnits"];
  const changed = typeof units === "string" ? changedUnits(units) : [];
  if (changed.length > 0)
    throw new Error(
      `amounts of tenant ${tenant.tenantId} are stored in other units (${changed.join(", ")}): convert them first`,
    );
  return tenant;
}

async function revise(
  operations: Operations,
  tenantId: TenantId,
  changesOf: (tenant: Tenant) => Result<TenantChanges>,
  noted: {
    readonly companionOf?: ((changed: Tenant) => CompanionWrites | undefined) | undefined;
    readonly stamp?: ChangeStamp | undefined;
  } = {},
): Promise<Result<Tenant>> {
  const keys = keysOf(tenantId);
  const key = keys.tenant();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    if (round > 0) await pauseToReread(round);
    const item = await operations.get(key);
    if (item === undefined) throw new Error(`there is no tenant ${tenantId}`);
    const tenant = tenantOf(item);
    const changes = changesOf(tenant);
    if (!changes.ok) return changes;
    if (Object.keys(changes.value).length === 0) return ok(tenant);
    const changed = tenantSchema.parse({ ...tenant, ...changes.value });
    const write = { Put: replacing({ ...item, ...changed, ...key }, item) };
    const log = settingsLogWrites(keys, tenant, changed, noted.stamp);
    if (await operations.transact([write, ...log, ...writesOf(noted.companionOf?.(changed))])) return ok(changed);
  }
  throw new ContentionError(`the settings of ${tenantId} keep being changed by other writers: try again`);
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
