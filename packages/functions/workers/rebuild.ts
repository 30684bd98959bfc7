import { catalogOf } from "../catalog.ts";
import { type TenantId, toInstant } from "@regulars/core/platform/values";
import { settleChanged } from "@regulars/flows/monitors/settle-changed";
import type { TenantStore } from "@regulars/store/tenant-store";
import { effectsOf } from "../effects.ts";
import type { Runtime } from "../runtime.ts";
import { cloudQueues } from "../cloud/queues.ts";
import { defineQueueJob, lambdaHandler } from "./define-job.ts";
import { type RebuildMessage, rebuildMessageOf, rebuildMessageSchema } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

/** For how long one message rebuilds all shards, ms: what is left then goes on side by side, a message a shard. */
const TOGETHER_MS = 60_000;

/**
 * Rebuilds all of a tenant's customer-years with dirty markers, so that the next nightly run need not, and settles the
 * statuses of whoever was changed. Whatever there is no time for is sent on.
 */
export const rebuild = defineQueueJob({ id: "rebuild", schema: rebuildMessageSchema, work });

async function work(message: RebuildMessage, runtime: Runtime, patienceMs: number): Promise<void> {
  const { tenantId, shard, settleFrom } = message;
  const startedAt = runtime.elapsed();
  const after = (ms: number) => () => runtime.elapsed() - startedAt >= ms;
  const { tenant, store } = await openTenant(tenantId, runtime);
  const shards = settleFrom !== undefined ? [] : shard === undefined ? store.shards : [shard];
  const limitMs = shard === undefined ? Math.min(TOGETHER_MS, patienceMs) : patienceMs;
  const rebuilt = await rebuildShards(store, shards, after(limitMs));
  for (const one of rebuilt.left) await runtime.queues.send("rebuilds", { tenantId, shard: one });
  const figures = { tenantId, customerYears: rebuilt.customerYears, leftShards: rebuilt.left.length };
  if (shard !== undefined) return runtime.report("rebuild", figures);
  const { customerIds, everybody } = message.isOfAllChanged === true ? await allChanged(tenantId, store) : message;
  const settled = await settleChanged({
    tenant,
    catalog: catalogOf(runtime, tenant),
    store,
    now: toInstant(runtime.clock()),
    newId: effectsOf(runtime.clock, runtime.elapsed).newId,
    customerIds: customerIds ?? [],
    isEverybody: everybody ?? false,
    fromShard: settleFrom,
    isEnough: after(patienceMs),
  });
  const { leftFrom } = settled;
  if (leftFrom !== undefined)
    await runtime.queues.send("rebuilds", { tenantId, everybody: true, settleFrom: leftFrom });
  runtime.report("rebuild", { ...figures, statusesOf: settled.customers, changed: settled.written });
}

const allChanged = async (tenantId: TenantId, store: TenantStore) =>
  rebuildMessageOf(tenantId, new Set((await store.nightly.callList.changed()).keys()));

/** A shard that fails is left too: its own message fails, and the others are done. */
async function rebuildShards(store: TenantStore, shards: readonly number[], isEnough: () => boolean) {
  const done = await Promise.allSettled(shards.map((one) => store.rebuild(one, isEnough)));
  const failed = done.find((one) => one.status === "rejected");
  if (failed !== undefined && shards.length === 1) throw failed.reason;
  const values = done.map((one) => (one.status === "fulfilled" ? one.value : { customerYears: 0, isDone: false }));
  return {
    customerYears: values.reduce((sum, { customerYears }) => sum + customerYears, 0),
    left: shards.filter((_shard, i) => values[i]?.isDone !== true),
  };
}

export const handler = lambdaHandler(rebuild, { queues: cloudQueues });
