import type { CallListHead, CallListShard, SeenChange } from "@regulars/core/code-red/call-list";
import type { ListsLeft } from "@regulars/core/insights/finding-lists";
import type { ClaimedPart, NightPart, NightRun, PartLeft } from "@regulars/core/nightly/night-parts";
import type { WatchState } from "@regulars/core/nightly/night-watch";
import type { CustomerId, Day, Instant } from "@regulars/core/platform/values";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import { hasForYou } from "@regulars/core/tenants/edition";
import { customerIdOf } from "@regulars/core/insights/subject";
import type { ResolvedFinding } from "@regulars/core/insights/stored-finding";
import { CallListKeeper } from "../code-red/call-list.ts";
import {
  type EndedBefore,
  type ShardOfNight,
  evaluate,
  evaluateByMeasures,
  saveEvaluation,
} from "./evaluate-customer.ts";
import { NightCounts, type NightCountsState } from "./night-counts.ts";
import { type CountsOfAll, PartLostError, leftBehind, partsAfter } from "./night-in-parts.ts";
import { NightResults, type NightResultsState } from "./night-results.ts";
import { type NightlyInput, openNight } from "./open-night.ts";
import { type NightlySummary, publishNight, releaseHeld, summaryOf } from "./publish-night.ts";

/** How long a part may work. */
interface PartTime {
  readonly now: Instant;
  /** The part's process has ended by then. */
  readonly until: Instant;
  /** Whether to stop and leave the rest; asked after each customer. */
  readonly isEnough: () => boolean;
}

/** A night's input without what its run says. */
type PartInput = Omit<NightlyInput, "asOf" | "now" | "isScheduled" | "isOnHold" | "mayRewind">;

/** What a part works with. */
interface PartWork {
  readonly store: NightlyInput["store"];
  /** A name that no other work has. */
  readonly owner: string;
  readonly time: PartTime;
  readonly openInput: (run: NightRun) => PartInput;
  /** Tells and sends what follows a night of which everything is published. It may come twice. */
  readonly announce: (summary: NightlySummary, run: NightRun) => Promise<void>;
}

/** What came of a part. */
export interface PartOutcome {
  /** What is to be sent. */
  readonly next: readonly NightPart[];
  /** Customers that this part has read. */
  readonly customers: number;
  /** Somebody works at it, perhaps for another run: it is to be sent again, for the case that they do not end it. */
  readonly isBusy?: true;
  /** The run is gone, or cannot be gone on with: a new one is to be started. */
  readonly isLost?: true;
}

const NOTHING: PartOutcome = { next: [], customers: 0 };

/**
 * Works at a part until it is done or it is enough, and says what is to be sent. A part that somebody else works at is
 * looked at again later. One that failed, or whose process ended, begins again where it was last left.
 */
export async function runPart(part: NightPart, given: PartWork): Promise<PartOutcome> {
  const { store, owner, time, openInput } = given;
  const { parts } = store;
  const run = await parts.find();
  if (run === undefined) return { ...NOTHING, isLost: true };
  // Another run has replaced it.
  if (run.runId !== part.runId) return NOTHING;
  const claimed = run.phase === part.phase ? await parts.claim(part, owner, time.now, time.until) : "done";
  if (claimed === "busy") return { ...NOTHING, isBusy: true };
  try {
    if (claimed === "done") return { ...NOTHING, next: await partsAfter(store, run, part) };
    const night: NightlyInput = { ...openInput(run), ...inputOf(run) };
    if (part.phase === "publish") {
      await given.announce(await publish(night, run), run);
      await parts.moveOn(run, "ended");
      await parts.release(part, owner);
      await parts.clear();
      return NOTHING;
    }
    const work = part.phase === "count" ? countShard : evaluateShard;
    const { customers, ...left } = await work(night, { run, shard: part.shard, claimed, isEnough: time.isEnough });
    if (!(await parts.leave(part, owner, left))) return { next: [], customers };
    return { customers, next: left.isDone ? await partsAfter(store, run, part) : [part] };
  } catch (error) {
    if (claimed !== "done") await parts.release(part, owner);
    if (!(error instanceof PartLostError)) throw error;
    await parts.moveOn(run, "ended");
    return { ...NOTHING, isLost: true };
  }
}

const inputOf = ({ asOf, startedAt, isScheduled, isOnHold, mayRewind }: NightRun) => ({
  asOf,
  now: startedAt,
  isScheduled,
  isOnHold,
  mayRewind,
});

interface ShardWork {
  readonly run: NightRun;
  readonly shard: number;
  readonly claimed: ClaimedPart;
  readonly isEnough: () => boolean;
}

interface ShardLeft extends PartLeft {
  readonly customers: number;
}

/** Counts the customers of a shard; the customer-years that have changed are packed again meanwhile. */
async function countShard(input: NightlyInput, { run, shard, claimed, isEnough }: ShardWork): Promise<ShardLeft> {
  const night = await openNight({ ...input, openWatch: undefined }, run);
  const counts = new NightCounts(run.asOf, run.measures);
  if (claimed.content !== undefined) counts.join(leftBehind<NightCountsState>(claimed.content, "what was counted"));
  const options = { repair: true, onUnreadable: () => undefined, after: claimed.after };
  let after: CustomerId | undefined;
  let customers = 0;
  for await (const snapshot of night.store.snapshots(shard, night.at, options)) {
    counts.add(snapshot);
    customers += 1;
    after = snapshot.customer.customerId;
    if (isEnough()) return { customers, content: counts.state(), after, isDone: false };
  }
  return { customers, content: counts.state(), isDone: true };
}

/** What the evaluation of a shard leaves. */
interface EvaluatedShard {
  readonly results: NightResultsState;
  readonly watch: WatchState | undefined;
  readonly seen: readonly SeenChange[];
  /** What comparisons were made with. */
  readonly versions: readonly string[];
  readonly listed: ListsLeft | undefined;
  /** The comparisons so far and, once all are stored, their hash. */
  readonly compared: CallListShard | undefined;
  readonly hash: string | undefined;
}

/** Evaluates the customers of a shard, and saves their findings. */
async function evaluateShard(input: NightlyInput, { run, shard, claimed, isEnough }: ShardWork): Promise<ShardLeft> {
  const night = await openNight(input, run);
  const { store, at, watch, tenant, asOf } = night;
  const ofAll = leftBehind<CountsOfAll>(await store.parts.countsOf(run), "what was counted of all customers");
  const counts = new NightCounts(asOf, run.measures);
  counts.join(ofAll.counts);
  const results = new NightResults(night);
  const callList = hasForYou(tenant) ? new CallListKeeper(tenant, night.at) : undefined;
  const endedBefore = claimed.isAgain ? await endedOn(store, asOf) : undefined;
  const ofShard: ShardOfNight = { ...night, counts, results, endedBefore };
  const before = claimed.content === undefined ? undefined : leftBehind<EvaluatedShard>(claimed.content, "the shard");
  if (before !== undefined) {
    ofShard.results.join(before.results);
    watch?.join(before.watch, shard);
    if (before.listed !== undefined) night.findingLists?.join(before.listed);
    if (before.compared !== undefined) callList?.join(shard, before.compared);
  }
  const versions = new Set(before?.versions);
  if (callList !== undefined) versions.add(await callList.version(store));
  const leave = (after: CustomerId | undefined, hash: string | undefined): EvaluatedShard => ({
    results: ofShard.results.state(),
    watch: watch?.state(shard),
    seen: [...(before?.seen ?? []), ...store.callList.takeChanges(after)],
    versions: [...versions],
    listed: night.findingLists?.state(store.findingLists),
    compared: hash === undefined ? callList?.state(shard) : undefined,
    hash,
  });
  const onUnreadable = (customer: SetAsideCustomer): void => {
    ofShard.results.setAside.add(customer);
    callList?.unread(shard, customer.customerId);
  };
  let customers = 0;
  for await (const snapshot of store.snapshots(shard, at, { repair: true, onUnreadable, after: claimed.after })) {
    callList?.add(shard, snapshot);
    const customer = await evaluate(ofShard, snapshot);
    if (customer?.isWaiting === true) await evaluateByMeasures(ofShard, customer, ofAll.measures);
    else if (customer !== undefined) await saveEvaluation(ofShard, customer);
    customers += 1;
    const { customerId: after } = snapshot.customer;
    if (isEnough()) return { customers, content: leave(after, undefined), after, isDone: false };
  }
  await watch?.endShard(shard);
  const hash = await callList?.keepShard(store, shard, (await store.lastNightly())?.callList);
  return { customers, content: leave(undefined, hash), isDone: true };
}

/** The findings that have ended with this day's run, by customer: a part that begins again finds them ended. */
async function endedOn(store: NightlyInput["store"], asOf: Day): Promise<EndedBefore> {
  const ended = new Map<CustomerId, ResolvedFinding[]>();
  for await (const one of store.resolvedSince(asOf)) {
    const customerId = customerIdOf(one.subject);
    if (one.resolvedOn !== asOf || customerId === undefined) continue;
    ended.set(customerId, [...(ended.get(customerId) ?? []), one]);
  }
  return ended;
}

/** Joins what the shards have left, in their order, and publishes it. */
async function publish(input: NightlyInput, run: NightRun): Promise<NightlySummary> {
  const night = await openNight(input, run);
  const { store } = night;
  const results = new NightResults(night);
  const seen: SeenChange[] = [];
  const versions = new Set<string>();
  const hashes: (string | undefined)[] = [];
  for (const shard of store.shards) {
    const content = await store.parts.contentOf({ runId: run.runId, phase: "evaluate", shard });
    const left = leftBehind<EvaluatedShard>(content, `what shard ${shard} has left`);
    results.join(left.results);
    night.watch?.join(left.watch);
    if (left.listed !== undefined) night.findingLists?.join(left.listed);
    for (const one of left.seen) seen.push(one);
    for (const version of left.versions) versions.add(version);
    hashes.push(left.hash);
  }
  const released = await releaseHeld(night);
  await night.watch?.end();
  const { measures } = leftBehind<CountsOfAll>(await store.parts.countsOf(run), "what was counted of all customers");
  const queued = await publishNight(night, results, async () => ({
    ...callListOf(versions, hashes),
    ...(await night.findingLists?.keep(store, { measures, customers: results.counts.customers })),
  }));
  await store.callList.forgetChanges(seen);
  return summaryOf(night, results, released + queued);
}

/** Comparisons that were made with different things are of no version that a list has. */
function callListOf(
  versions: ReadonlySet<string>,
  hashes: readonly (string | undefined)[],
): { readonly callList?: CallListHead } {
  const shards = hashes.filter((hash) => hash !== undefined);
  return versions.size === 0 ? {} : { callList: { version: [...versions].join(" "), shards } };
}
