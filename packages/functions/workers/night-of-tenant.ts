import type { KnownOfNight } from "@regulars/core/nightly/night-watch";
import { nextNightly } from "@regulars/core/nightly/nightly-hours";
import { type Day, type Instant, type TenantId, toInstant } from "@regulars/core/platform/values";
import { digestToDo } from "@regulars/flows/monitors/digest-to-do";
import { openNightWatch } from "@regulars/flows/monitors/night-watch";
import { isOvertaken } from "@regulars/flows/monitors/status-context";
import type { ToDoOf } from "@regulars/flows/nightly/digest-collector";
import { forgetAssigned } from "@regulars/flows/leads/forget-assigned";
import type { NightlySummary } from "@regulars/flows/nightly/run-nightly";
import { catalogOf } from "../catalog.ts";
import { databaseOutage } from "../outage.ts";
import { correlationId } from "../correlation.ts";
import { effectsOf } from "../effects.ts";
import type { Runtime } from "../runtime.ts";
import type { NightlyMessage, RebuildMessage } from "./messages.ts";
import { openTenant } from "./open-tenant.ts";

const MS_PER_DAY = 86_400_000;

/** A tenant whose nightly run, or a part of it, is a message's work. */
export async function openNightOf(tenantId: TenantId, runtime: Runtime) {
  const startedAt = runtime.clock();
  const { tenant, store, directory } = await openTenant(tenantId, runtime);
  const catalog = catalogOf(runtime, tenant);
  const { newId } = effectsOf(runtime.clock, runtime.elapsed);
  /** Statuses are evaluated as of `at`; a part of a night reads one shard. */
  const inputOf = (asOf: Day, { at = toInstant(startedAt), isOfOneShard = false } = {}) => ({
    tenant,
    catalog,
    openWatch: (known: KnownOfNight) =>
      openNightWatch({ tenant, catalog, store, now: at, newId }, asOf, { isOfOneShard, known }),
    toDoOf: ((user, on, users) => digestToDo(store, user, on, users)) satisfies ToDoOf,
    store: store.nightly,
    links: runtime.links,
  });
  return { runtime, tenant, store, directory, newId, startedAt, now: toInstant(startedAt), inputOf };
}

export type NightOfTenant = Awaited<ReturnType<typeof openNightOf>>;

/** Asks for the sending of what a run has queued, sets the time of the next one, and reports. Twice is once. */
export async function concludeNight(
  { tenantId, isScheduled, isOnHold }: NightlyMessage,
  summary: NightlySummary,
  { runtime, tenant, store, directory, now, startedAt }: NightOfTenant,
  { since = startedAt }: { readonly since?: number } = {},
): Promise<void> {
  if (isScheduled) await directory.scheduleNightly(tenantId, nextNightly(tenant, now));
  if (!isOnHold) await runtime.queues.send("outgoing", { tenantId });
  if (store.events.hasNews) await runtime.queues.send("webhooks", { tenantId });
  // As the tenant is now, read anew: whoever changed a monitor or a setting meanwhile did so in another process.
  const present = await openTenant(tenantId, runtime);
  if (await isOvertaken({ ...present, catalog: catalogOf(runtime, present.tenant) }))
    await runtime.queues.send("rebuilds", { tenantId, everybody: true } satisfies RebuildMessage);
  // What is older than the tenant keeps it, also where it kept it longer when it was queued.
  const before = toInstant(startedAt - tenant.keepDays * MS_PER_DAY);
  const forgotten = (await store.outbox.forget(before)) + (await forgetAssigned(store.sales, before));
  runtime.report("nightly", {
    ...summary,
    edition: tenant.edition,
    ...store.usage,
    ...(forgotten === 0 ? {} : { forgotten }),
    ms: runtime.clock() - since,
  });
}

/** When whoever works for so long from now on has ended in any case: the job's wrap-up follows. */
export const endOf = (now: Instant, patienceMs: number): Instant => toInstant(Date.parse(now) + patienceMs + 60_000);

/** Does a night's work; one that fails is in the history of the nights, and fails all the same. */
export async function orNoted(
  work: () => Promise<void>,
  asOf: Day,
  { runtime, store }: Pick<NightOfTenant, "runtime" | "store">,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = error instanceof Error && databaseOutage(error) !== undefined ? "outage" : "fault";
    const reference = correlationId();
    const failed = {
      at: toInstant(runtime.clock()),
      reason,
      ...(reference === undefined ? {} : { reference }),
    } as const;
    // What failed is told, not that it could not be noted as well.
    await store.nights.noteFailed(asOf, failed).catch(() => undefined);
    throw error;
  }
}
