import { monthOf } from "@regulars/core/insights/tenant-measures";
import type { NightPart, NightPhase, NightRun } from "@regulars/core/nightly/night-parts";
import { type NightlyStore, lastRunOf } from "@regulars/core/nightly/nightly-store";
import { rewindRefusal } from "@regulars/core/nightly/rewind";
import { NightCounts, type NightCountsState } from "./night-counts.ts";
import type { NightlyInput } from "./open-night.ts";

/** So many shards of a tenant are worked at side by side: other tenants' nights have their turn, and memory is bounded. */
export const LANES = 8;

interface Starting extends Pick<NightlyInput, "asOf" | "now" | "isScheduled" | "isOnHold" | "mayRewind"> {
  readonly store: Pick<NightlyStore, "parts" | "lastNightly" | "measuresOf" | "hasMoreCustomers" | "shards">;
  readonly newId: () => string;
  /** A tenant with more customers has its night in parts. */
  readonly mostAtOnce: number;
}

/**
 * The first parts of a tenant's night; `undefined` when all of it is one run. An interrupted night of the same day is
 * gone on with. What is returned is to be sent: whoever asks again gets the parts that are not done.
 */
export async function startNight(given: Starting): Promise<readonly NightPart[] | undefined> {
  const { store, asOf, now, isScheduled, isOnHold, mayRewind = false, newId, mostAtOnce } = given;
  const last = await store.lastNightly();
  if (rewindRefusal(asOf, last?.asOf) !== undefined && !mayRewind) return undefined;
  const isLarge = last === undefined ? await store.hasMoreCustomers(mostAtOnce) : last.customers > mostAtOnce;
  if (!isLarge) return undefined;
  const before = await store.parts.find();
  const isSame =
    before?.asOf === asOf &&
    before.isScheduled === isScheduled &&
    before.isOnHold === isOnHold &&
    before.mayRewind === mayRewind;
  if (isSame && before.phase !== "ended") return partsLeft(store, before);
  const measures = await store.measuresOf(monthOf(asOf));
  const run: NightRun = {
    runId: newId(),
    asOf,
    startedAt: now,
    isScheduled,
    isOnHold,
    mayRewind,
    ...lastRunOf(last),
    ...(measures === undefined ? {} : { measures }),
    phase: "count",
  };
  if (await store.parts.start(run, before)) return partsLeft(store, run);
  // Somebody else has started one: theirs are sent once more, which does no harm.
  const other = await store.parts.find();
  return other === undefined ? [] : partsLeft(store, other);
}

type PartsStore = Pick<NightlyStore, "parts" | "shards" | "keepMeasures" | "replaceMeasures">;

/**
 * What is to be sent after a part was done: the next shard of its lane or, after the last shard, the first parts of the
 * next phase. Of two that are the last at the same time, both find the next phase.
 */
export async function partsAfter(store: PartsStore, run: NightRun, part: NightPart): Promise<readonly NightPart[]> {
  if (run.phase !== part.phase) return partsLeft(store, run);
  const left = await shardsLeft(store, run);
  if (left.length > 0) {
    const next = left.find((shard) => shard % LANES === part.shard % LANES);
    return next === undefined ? [] : [{ ...part, shard: next }];
  }
  if (part.phase === "count") await store.parts.moveOn(run, "evaluate", await countsOfAll(store, run));
  else if (part.phase === "evaluate") await store.parts.moveOn(run, "publish");
  const moved = await store.parts.find();
  return moved?.runId === run.runId ? partsLeft(store, moved) : [];
}

/** The first part that is left of each lane. */
async function partsLeft(store: Pick<NightlyStore, "parts" | "shards">, run: NightRun): Promise<readonly NightPart[]> {
  const { runId, phase } = run;
  if (phase === "ended") return [];
  const lanes = Map.groupBy(await shardsLeft(store, run), (shard) => shard % LANES);
  return [...lanes.values()].map(([shard = 0]) => ({ runId, phase, shard }));
}

async function shardsLeft({ parts, shards }: Pick<NightlyStore, "parts" | "shards">, run: NightRun): Promise<number[]> {
  if (run.phase === "ended") return [];
  const done = await parts.done(run, run.phase);
  return shardsOf(shards, run.phase).filter((shard) => !done.has(shard));
}

const shardsOf = (shards: readonly number[], phase: NightPhase): readonly number[] =>
  phase === "publish" ? [0] : shards;

/** What another part has left. It is of the type that this release writes: the store gives no other. */
export function leftBehind<T>(content: unknown, what: string): T {
  if (content === undefined) throw new PartLostError(`${what} is gone`);
  return content as T;
}

/** A run that cannot be gone on with: what a part has left was erased, or another release has written it. */
export class PartLostError extends Error {
  override readonly name = "PartLostError";
}

/** What was counted of all customers, with the measures that findings are evaluated by. */
export interface CountsOfAll {
  readonly counts: NightCountsState;
  readonly measures: Awaited<ReturnType<NightCounts["measures"]>>;
}

async function countsOfAll(store: PartsStore, run: NightRun): Promise<CountsOfAll> {
  const counts = new NightCounts(run.asOf, run.measures);
  for (const shard of store.shards) {
    const state = await store.parts.contentOf({ runId: run.runId, phase: "count", shard });
    counts.join(leftBehind<NightCountsState>(state, `what shard ${shard} has counted`));
  }
  return { counts: counts.state(), measures: await counts.measures(store) };
}
