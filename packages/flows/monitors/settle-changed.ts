import { evaluationDay } from "@regulars/core/monitors/evaluation-day";
import { type Regeneration, isOfLaterCriteria, isPending, regenerationOf } from "@regulars/core/monitors/regeneration";
import type { StatusMonitor } from "@regulars/core/monitors/status-monitor";
import type { MonitorId } from "@regulars/core/platform/ids";
import type { CustomerId, Day } from "@regulars/core/platform/values";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { orPassedOver, settleCustomer } from "./evaluate-customer.ts";
import { RegenerationCount, failureText } from "./regeneration-count.ts";
import { saveRegeneration } from "./save-regeneration.ts";
import { type StatusContext, type StatusContextInput, statusContext } from "./status-context.ts";

interface SettleInput extends StatusContextInput {
  /** Customers that were changed. */
  readonly customerIds?: readonly CustomerId[];
  /** A monitor or a setting was changed: everybody may be concerned. */
  readonly isEverybody?: boolean;
  /** The first shard to look at, where an earlier part of the same work stopped. */
  readonly fromShard?: number | undefined;
  /** Asked before each shard but the first; the rest is left, and named in the result. */
  readonly isEnough?: (() => boolean) | undefined;
}

/** What was settled: customers looked at, and those whose statuses changed. */
export interface SettledCount {
  readonly customers: number;
  readonly written: number;
  /** Where to go on with everybody: it was enough, or the monitors were changed meanwhile. */
  readonly leftFrom?: number | undefined;
}

const NOTHING: SettledCount = { customers: 0, written: 0 };

/**
 * Settles the statuses of changed customers at once, and of everybody for monitors that wait for their regeneration.
 * That goes on where it stopped, part by part.
 */
export async function settleChanged(input: SettleInput): Promise<SettledCount> {
  const context = await statusContext(input);
  if (context === undefined) return NOTHING;
  const { store, tenant, now } = input;
  const asOf = evaluationDay(context.lastNight, now, tenant);
  const known = await store.statuses.regenerations();
  const pending = [...context.books.monitors.values()].filter((one) => isPending(one, known.get(one.statusId)));
  if (pending.length > 0 || input.isEverybody === true) return regenerate({ ...input, context, asOf, pending, known });
  const results = await mapConcurrent(input.customerIds ?? [], async (customerId) => {
    const snapshot = await store.nightly.snapshotOf(customerId, { asOf }, () => undefined);
    return snapshot === undefined
      ? undefined
      : orPassedOver(settleCustomer(context, snapshot, snapshot.findings, asOf, { onlyDue: true }));
  });
  const settled = results.filter((one) => one !== undefined);
  return { customers: settled.length, written: settled.filter(({ isWritten }) => isWritten).length };
}

/** Notes of regenerated monitors whether the settings leave out what they ask for, or do so no more. */
async function saveFailures({ context, pending, known }: RegenerateInput): Promise<void> {
  const { books, store } = context;
  const broken = new Map([...books.books.values()].flatMap((book) => [...book.broken]));
  for (const monitor of books.monitors.values()) {
    if (pending.includes(monitor)) continue;
    const { statusId, criteriaVersion } = monitor;
    const reason = broken.get(statusId);
    const now = reason === undefined ? undefined : failureText(reason);
    await saveRegeneration(store.statuses, { statusId, known: known.get(statusId) }, (before) => {
      if (before?.criteriaVersion !== criteriaVersion || before.failure === now) return undefined;
      const { failure: _former, ...rest } = before;
      return now === undefined ? rest : { ...rest, failure: now };
    });
  }
}

interface RegenerateInput extends Pick<SettleInput, "fromShard" | "isEnough"> {
  readonly context: StatusContext;
  readonly asOf: Day;
  readonly pending: readonly StatusMonitor[];
  readonly known: ReadonlyMap<MonitorId, Regeneration>;
}

async function regenerate(input: RegenerateInput): Promise<SettledCount> {
  const { context, asOf, pending, known, fromShard, isEnough = () => false } = input;
  const { store, now, agenda } = context;
  agenda.know(store.nightly.shards, (await store.monitors.monitorsAndAgendas(false)).agendas);
  const stored = new Map(known);
  const progressOf = (monitor: StatusMonitor) => regenerationOf(monitor, stored.get(monitor.statusId), now);
  const isDone = (shard: number): boolean =>
    pending.length > 0 && pending.every((monitor) => progressOf(monitor).doneShards.includes(shard));
  let customers = 0;
  let written = 0;
  if (fromShard === undefined) await saveFailures(input);
  const shards = store.nightly.shards.filter((one) => one === fromShard || (one > (fromShard ?? -1) && !isDone(one)));
  for (const [nth, shard] of shards.entries()) {
    if (nth > 0 && isEnough()) return { customers, written, leftFrom: shard };
    const count = new RegenerationCount(context);
    const options = { repair: true, onUnreadable: () => undefined };
    for await (const snapshot of store.nightly.snapshots(shard, { asOf }, options)) {
      const settled = await orPassedOver(settleCustomer(context, snapshot, snapshot.findings, asOf, { onlyDue: true }));
      if (settled === undefined) continue;
      customers += 1;
      if (settled.isWritten) written += 1;
      count.add(settled);
    }
    await agenda.save(shard, asOf);
    for (const monitor of pending) {
      const { statusId, criteriaVersion } = monitor;
      const saved = await saveRegeneration(store.statuses, { statusId, known: stored.get(statusId) }, (before) => {
        const earlier = regenerationOf(monitor, before, now);
        if (isOfLaterCriteria(before, criteriaVersion) || earlier.doneShards.includes(shard)) return undefined;
        const doneShards = [...earlier.doneShards, shard];
        const isFinished = doneShards.length === store.nightly.shards.length;
        return {
          ...earlier,
          ...count.of(statusId, earlier),
          doneShards,
          ...(isFinished ? { finishedAt: now } : {}),
        };
      });
      // Another run has begun with later criteria: this shard was settled with the former ones.
      if (isOfLaterCriteria(saved, criteriaVersion)) return { customers, written, leftFrom: shard };
      if (saved !== undefined) stored.set(statusId, saved);
    }
  }
  return { customers, written };
}
