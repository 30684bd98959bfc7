import { rowAs } from "@regulars/core/platform/unreadable-row";
import { replacing } from "../engine/revision.ts";
import { writesOf } from "../engine/companion-writes.ts";
import { type Result, ok } from "@regulars/core/platform/result";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { TenantChanges, TenantDirectory } from "@regulars/core/tenants/tenant-directory";
import { changedUnits, minorUnits } from "@regulars/core/platform/currencies";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import type { TenantId } from "@regulars/core/platform/values";
import { keysOf } from "../keys.ts";
import type { ChangeStamp } from "@regulars/core/tenants/change-log";
import { changeWrites } from "./change-log.ts";
import { dueWork, firstDueRows } from "./due-rows.ts";
import { moveNightly, moveSchedule, newSchedule, readSchedules, setNightly } from "./schedules.ts";
import { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import { pauseToReread } from "../engine/pause.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import { type Table, noUsage } from "../engine/table.ts";

const MAX_ROUNDS = 12;

/**
 * The directory of tenants: which exist, and which nightly runs are due. `platform` reads the list of tenants and
 * their due rows, and claims nightly runs; a tenant's other items are read and written with `tableFor` that tenant.
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
  const settleIn = async (tenantId: TenantId): Promise<boolean> => {
    const tenant = await find(tenantId);
    if (tenant === undefined) return false;
    return moveSchedule(of(tenantId), tenantId, tenant.timeZone, firstDueRows(tenantId));
  };
  return {
    find,
    ensure: async (tenant, firstNightlyAt) => {
      const keys = keysOf(tenant.tenantId);
      await of(tenant.tenantId).transact([
        { Put: { Item: { ...keys.tenant(), ...tenant, minorUnits }, ...mustBeNew } },
        newSchedule({ tenantId: tenant.tenantId, timeZone: tenant.timeZone, at: firstNightlyAt }),
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
    list: async () => [...new Set((await readSchedules(operations)).map((row) => row.tenantId))],
    dueBefore: (now) => readSchedules(operations, now),
    schedules: () => readSchedules(operations),
    claim: (tenantId, from, to) => moveNightly(operations, tenantId, from, to),
    scheduleNightly: async (tenantId, at) => {
      if (await setNightly(of(tenantId), tenantId, at)) return;
      if (await settleIn(tenantId)) await setNightly(of(tenantId), tenantId, at);
    },
    settleIn,
    dueFor: async (kind, now) => (await dueWork(operations, kind, now)).tenants,
    dueSince: (kind, now) => dueWork(operations, kind, now),
  };
}

/**
 * A stored tenant. Its amounts are whole units of the currencies as they were when it was made; when one of them is
 * counted otherwise today, nothing of the tenant is read.
 */
export function tenantOf(item: Readonly<Record<string, unknown>>): Tenant {
  const tenant = rowAs(tenantSchema, item);
  const units = item["minorUnits"];
  const changed = typeof units === "string" ? changedUnits(units) : [];
  if (changed.length > 0)
    throw new Error(
      `amounts of tenant ${tenant.tenantId} are stored in other units (${changed.join(", ")}): convert them first`,
    );
  return tenant;
}

/** What a stored tenant had and has no more does not stay. */
const NO_SETTINGS = Object.fromEntries(Object.keys(tenantSchema.shape).map((name) => [name, undefined]));

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
    const write = { Put: replacing({ ...item, ...NO_SETTINGS, ...changed, ...key }, item) };
    const log = changeWrites(keys, tenant, changed, { log: "settings", stamp: noted.stamp });
    const zone = await zoneWrites(operations, tenant, changed);
    if (await operations.transact([write, ...zone, ...log, ...writesOf(noted.companionOf?.(changed))]))
      return ok(changed);
  }
  throw new ContentionError(`the settings of ${tenantId} keep being changed by other writers: try again`);
}

/** The schedule says the time zone too, so that the tick need not open the tenant. */
async function zoneWrites(operations: Operations, before: Tenant, after: Tenant): Promise<TransactWrite[]> {
  if (before.timeZone === after.timeZone) return [];
  const keys = keysOf(after.tenantId);
  await moveSchedule(operations, after.tenantId, before.timeZone, firstDueRows(after.tenantId));
  if ((await operations.get(keys.schedule())) === undefined) return [];
  return [
    {
      Update: {
        Key: keys.schedule(),
        UpdateExpression: "SET #zone = :zone",
        ExpressionAttributeNames: { "#zone": "timeZone" },
        ConditionExpression: "attribute_exists(pk)",
        ExpressionAttributeValues: { ":zone": after.timeZone },
      },
    },
  ];
}
