import type { ConfiguredKind, EvaluationContext } from "@regulars/core/insights/define";
import { ItemDemand, type OwnOrdersOfItems } from "@regulars/core/insights/item-demand";
import { type FindingDiff, diffFindings, findingOutcomeOf } from "@regulars/core/insights/diff";
import { type Finding, findingId } from "@regulars/core/insights/finding";
import { type EvaluatedFinding, type Evaluation, evaluateCustomer, reevaluate } from "@regulars/core/insights/evaluate";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { rankFindings } from "@regulars/core/insights/rank";
import type { Links } from "@regulars/core/notifications/compose";
import type { Message } from "@regulars/core/notifications/message";
import { route, routeDigest } from "@regulars/core/notifications/route";
import type { NightWatch } from "@regulars/core/nightly/night-watch";
import { rewindRefusal } from "@regulars/core/nightly/rewind";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import { type UntoldGroup, untoldOf } from "@regulars/core/nightly/untold";
import type { User } from "@regulars/core/access/user";
import { hasForYou } from "@regulars/core/tenants/edition";
import type { AsOf } from "@regulars/core/snapshots/as-of";
import {
  MeasuresCollector,
  type TenantMeasures,
  endsMonth,
  monthOf,
  withBooks,
} from "@regulars/core/insights/tenant-measures";
import { addDays } from "@regulars/core/platform/period";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { FormerFinding, ResolvedFinding } from "@regulars/core/insights/stored-finding";
import type { NightlyRecord, NightlyStore, SetAsideCustomers } from "@regulars/core/nightly/nightly-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type Day, type Instant, type UserId, toDayNumber } from "@regulars/core/platform/values";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import { CallListKeeper } from "../code-red/call-list.ts";
import { AlertBudget } from "./alert-budget.ts";
import { offerAlerts, queueAlerts } from "./alert-news.ts";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";
import { DigestCollector, type ToDoOf } from "./digest-collector.ts";
import { type PreferencesOf, preferencesOfAll } from "../notifications/readers.ts";
import { keep, keepOwn } from "../insights/measures.ts";
import { contextOf } from "../insights/stored-findings.ts";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { keepRecord } from "./keep-record.ts";
import { healthEventsOf } from "../relationships/health-events.ts";
import { SetAsideList } from "./set-aside-list.ts";
import { SalesAccumulators } from "./sales-accumulators.ts";
import { UntoldList } from "./untold-list.ts";

export interface NightlyInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly asOf: Day;
  readonly now: Instant;
  readonly store: NightlyStore;
  readonly links: Links;
  /** Started by the clock: digests are due on each rep's morning. In a run started by a person they are due at once. */
  readonly isScheduled: boolean;
  /** Saves findings, but keeps messages on hold until the same nightly run is repeated with sending on. */
  readonly isOnHold: boolean;
  /** Sees every customer; without one, no statuses are evaluated. */
  readonly watch?: NightWatch | undefined;
  /** What the users have to do, for their digests. */
  readonly toDoOf?: ToDoOf | undefined;
  /** Runs even if a later day's nightly run has run: its findings are replaced by those of this day. */
  readonly mayRewind?: boolean | undefined;
}

/** The result of one nightly run of one tenant. */
export interface NightlySummary {
  readonly tenantId: string;
  readonly asOf: Day;
  readonly customers: number;
  readonly findings: { readonly added: number; readonly ongoing: number; readonly resolved: number };
  readonly kinds: Readonly<Record<string, KindCount>>;
  readonly messagesQueued: number;
  /** Messages were put on hold: on request, or because a later day's nightly run has run already. */
  readonly isOnHold: boolean;
  /** The last nightly run is of this later day: nothing was read or written. */
  readonly laterRunOn?: Day | undefined;
  /** Customers that were set aside because their data cannot be read or a kind failed on them. */
  readonly setAside?: SetAsideCustomers | undefined;
  /** Entries to act on that are in nobody's digest, by reason. */
  readonly untold?: readonly UntoldGroup[] | undefined;
}

interface KindCount {
  readonly eligible: number;
  readonly found: number;
  readonly added: number;
}

interface NightlyContext extends NightlyInput {
  /** Whether a webhook is informed of changes. */
  readonly tellsEvents: boolean;
  readonly at: AsOf;
  readonly kinds: readonly ConfiguredKind[];
  readonly users: ReadonlyMap<UserId, User>;
  readonly preferencesOf: PreferencesOf;
  readonly digest: DigestCollector;
  readonly alerts: AlertBudget;
  readonly sales: SalesAccumulators;
  /** The day of the last completed nightly run: findings that reached a level since then have not been sent yet. */
  readonly lastRunOn: Day | undefined;
  readonly counter: RunningCounts;
  readonly setAside: SetAsideList;
  readonly untold: UntoldList;
  /** The users with findings. */
  readonly reps: Set<UserId | undefined>;
  /** Those kept for the month; `undefined` in its first nightly run, which collects them meanwhile. */
  readonly measures: TenantMeasures | undefined;
  readonly ownMeasures: MeasuresCollector | undefined;
  /** On the last day of a month, collects the measures for the next one. */
  readonly nextMeasures: MeasuresCollector | undefined;
  readonly demand: ItemDemand;
  /** What the call list is read from; none without the For You page. */
  readonly callList: CallListKeeper | undefined;
  /**
   * Customers with findings that depend on the others: about items, which others may still buy, and all while there are
   * no measures.
   */
  readonly waiting: Waiting[];
}

/** What is kept of a customer whose changes wait. */
interface Waiting {
  readonly seen: Seen;
  readonly changes: Changes;
  readonly own: OwnOrdersOfItems;
  readonly context: EvaluationContext;
}

/** The part of a snapshot that stays valid after the next customer is read. */
type Seen = Pick<CustomerSnapshot, "customer" | "findings">;

/** Counts while the shards run. */
class RunningCounts {
  customers = 0;
  added = 0;
  ongoing = 0;
  resolved = 0;
  queued = 0;
  readonly kinds = new Map<string, { eligible: number; found: number; added: number }>();

  constructor(kinds: readonly ConfiguredKind[]) {
    for (const { id } of kinds) this.kinds.set(id, { eligible: 0, found: 0, added: 0 });
  }

  add(kind: string, what: "eligible" | "found" | "added"): void {
    const count = this.kinds.get(kind);
    if (count !== undefined) count[what] += 1;
  }
}

/**
 * One tenant's nightly run. Reads every customer's snapshot once, evaluates every kind, compares with the stored
 * findings and writes only changes. Alerts are queued after all customers, because each rep's budget depends on all of
 * them; digests follow. The nightly run of a day is idempotent: repeated, it finds everything stored and queued. An
 * interrupted run is completed by the next one, of the same day or a later one.
 */
export async function runNightly(given: NightlyInput): Promise<NightlySummary> {
  const { store, tenant, asOf, now } = given;
  const last = await store.lastNightly();
  const lastRunOn = last?.asOf;
  // A nightly run of an earlier day than the last one does nothing, unless asked to rewind; even then it sends nothing.
  const isLate = rewindRefusal(asOf, lastRunOn) !== undefined;
  const isRefused = isLate && given.mayRewind !== true;
  // Findings of a day long past can be saved, but are no news to send.
  const input = { ...given, isOnHold: given.isOnHold || isLate };
  const view = viewOfDay(asOf, tenant, now);
  if (!view.ok) throw new Error(view.message);
  const kinds = given.catalog.configure(tenant);
  const nextDay = addDays(asOf, 1);
  const measures = await store.measuresOf(monthOf(asOf));
  const users = new Map((await store.users()).map((user) => [user.userId, user]));
  const preferencesOf = preferencesOfAll(tenant, users, await store.preferences());
  const nightly: NightlyContext = {
    ...input,
    // A rewound run tells nothing of days that were told before.
    tellsEvents: !isLate && (await store.isEventWanted()),
    at: view.value,
    kinds,
    users,
    preferencesOf,
    digest: new DigestCollector(users, { preferencesOf, now, budget: tenant.maxAlertsPerRepPerDay }),
    alerts: new AlertBudget(tenant.maxAlertsPerRepPerDay),
    sales: new SalesAccumulators(users),
    lastRunOn,
    counter: new RunningCounts(kinds),
    setAside: new SetAsideList(),
    untold: new UntoldList(),
    reps: new Set(),
    measures,
    ownMeasures: measures?.books === undefined ? new MeasuresCollector(asOf) : undefined,
    nextMeasures: endsMonth(asOf) ? new MeasuresCollector(nextDay) : undefined,
    demand: new ItemDemand(toDayNumber(asOf)),
    callList: hasForYou(tenant) ? new CallListKeeper(tenant, asOf) : undefined,
    waiting: [],
  };
  if (isRefused) return { ...summaryOf(nightly), laterRunOn: lastRunOn };
  if (!input.isOnHold && hasForYou(tenant)) {
    const released = await store.releaseHeld(asOf, (message) => releasedAt(nightly, message));
    nightly.counter.queued += released;
  }
  await allOrFirstFault(store.shards.map((shard) => runShard(nightly, shard)));
  const own =
    nightly.ownMeasures === undefined ? measures : await keepOwn(store, measures, nightly.ownMeasures.measures());
  const next = nightly.nextMeasures?.measures();
  const known = own === undefined || next === undefined ? own : withBooks(own, next);
  await mapConcurrent(nightly.waiting, (waiting) => runWaiting(nightly, waiting, known));
  if (next !== undefined) await keep(store, next);
  await nightly.watch?.end();
  const figures = nightly.sales.figures();
  await store.saveSales(figures);
  if (hasForYou(tenant)) {
    const selected = nightly.alerts.selected();
    nightly.counter.queued += await queueAlerts(nightly, selected);
    const told = new Set(selected.map(({ finding }) => `${finding.repId ?? ""} ${finding.id}`));
    const isToldNow = (userId: UserId, id: string): boolean => told.has(`${userId} ${id}`);
    const digests = await nightly.digest.digests({ ...nightly, figures, isToldNow });
    nightly.counter.queued += await store.queueNotifications(digests);
  }
  await store.noteRepsWithFindings([...nightly.reps], nightly.setAside.summary().setAside === undefined);
  const callList = await nightly.callList?.keep(store, last?.callList);
  await keepRecord(store, { ...recordOf(nightly), ...(callList === undefined ? {} : { callList }) });
  await store.callList.forgetChanges();
  return summaryOf(nightly);
}

async function runShard(nightly: NightlyContext, shard: number): Promise<void> {
  const onUnreadable = (customer: SetAsideCustomer): void => {
    nightly.setAside.add(customer);
    nightly.callList?.unread(shard, customer.customerId);
  };
  for await (const snapshot of nightly.store.snapshots(shard, nightly.at, { repair: true, onUnreadable })) {
    for (const { repId } of snapshot.findings) nightly.reps.add(repId);
    nightly.demand.add(snapshot.history);
    nightly.callList?.add(shard, snapshot);
    const changes = await changesOf(nightly, snapshot);
    if (changes === undefined) continue;
    await tellEvents(nightly, snapshot);
    nightly.sales.note(snapshot.customer, snapshot.history);
    nightly.ownMeasures?.add(snapshot.history);
    nightly.nextMeasures?.add(snapshot.history);
    const own = nightly.demand.ownOrders(snapshot.history, changes.evaluated.findings);
    const { customer, findings } = snapshot;
    const isWaiting = own.size > 0 || isUnmeasured(nightly, changes.evaluated);
    if (!isWaiting) await runCustomer(nightly, { customer, findings }, changes);
    else
      nightly.waiting.push({
        seen: { customer, findings },
        changes,
        own,
        context: contextOf(nightly, snapshot, nightly),
      });
  }
}

/** Publishes what changed in the customer's health since the last run. */
async function tellEvents(nightly: NightlyContext, snapshot: CustomerSnapshot): Promise<void> {
  if (!nightly.tellsEvents) return;
  const { tenant, asOf, lastRunOn, now, store } = nightly;
  for (const event of healthEventsOf(snapshot, tenant, { asOf, lastRunOn, at: now })) await store.publish(event);
}

/** Whether findings depend on measures that are being collected. */
function isUnmeasured(nightly: NightlyContext, { findings }: Evaluation): boolean {
  return findings.some(({ kind }) => kindToJudge(nightly, kind) !== undefined);
}

/** The kind of a finding that is judged after the last customer: any while there are no measures, else for the books. */
function kindToJudge(
  { kinds, measures, ownMeasures, nextMeasures }: NightlyContext,
  kindId: string,
): ConfiguredKind | undefined {
  const kind = kinds.find(({ id }) => id === kindId);
  const isCollecting = ownMeasures !== undefined || nextMeasures !== undefined;
  return measures === undefined || (isCollecting && kind?.needsBooks === true) ? kind : undefined;
}

/**
 * Judges by the measures, marks what nobody buys any more, and goes on with the customer. The same findings are there:
 * only levels and states differ.
 */
function runWaiting(
  nightly: NightlyContext,
  { seen, changes, own, context }: Waiting,
  measures: TenantMeasures | undefined,
): Promise<void> {
  const measured = { ...context, measures };
  const evaluated = changes.evaluated.findings.map((finding) => {
    const kind = kindToJudge(nightly, finding.kind);
    return kind === undefined ? finding : reevaluate(finding, kind, measured);
  });
  const findings = nightly.demand.marked(evaluated, own, nightly.kinds, measured);
  const diff = diffFindings(seen.findings, findings, nightly.asOf);
  return runCustomer(nightly, seen, { ...changes, evaluated: { ...changes.evaluated, findings }, diff });
}

/** The changes of one customer, before they are counted or saved. */
interface Changes {
  readonly evaluated: Evaluation;
  readonly diff: FindingDiff;
  readonly resolved: readonly ResolvedFinding[];
}

/** `undefined` if a kind fails on the customer: they are set aside, and the other customers are processed. */
async function changesOf(nightly: NightlyContext, snapshot: CustomerSnapshot): Promise<Changes | undefined> {
  const { kinds, asOf, setAside, watch } = nightly;
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      setAside.add({ customerId: snapshot.customer.customerId, reason: String(error) });
      return undefined;
    }
  };
  const found = attempt(() => evaluationOf(nightly, snapshot, false));
  if (found === undefined) return undefined;
  const statuses = await watch?.see(snapshot, found.findings);
  return attempt(() => {
    const told = statuses && evaluationOf(nightly, { ...snapshot, history: { ...snapshot.history, statuses } }, true);
    const evaluated = {
      eligible: [...found.eligible, ...(told?.eligible ?? [])],
      findings: [...found.findings, ...(told?.findings ?? [])],
    };
    const diff = diffFindings(snapshot.findings, evaluated.findings, asOf);
    return {
      evaluated,
      diff,
      resolved: diff.remove.map((finding) => findingOutcomeOf(finding, kinds, snapshot.history, asOf)),
    };
  });
}

/** What the kinds find: those that read statuses, or the others, which statuses may depend on. */
const evaluationOf = (
  { kinds, users, asOf, measures }: NightlyContext,
  snapshot: CustomerSnapshot,
  readsStatuses: boolean,
): Evaluation =>
  evaluateCustomer(
    snapshot,
    kinds.filter((kind) => kind.readsStatuses === readsStatuses),
    asOf,
    (userId) => users.has(userId),
    measures,
  );

async function runCustomer(nightly: NightlyContext, seen: Seen, { evaluated, diff, resolved }: Changes): Promise<void> {
  const { counter, store } = nightly;
  counter.customers += 1;
  // Findings that are only held open have existed since an earlier day, even if no nightly run saw them: they are not
  // new.
  const added = diff.added.filter(({ ruleHeldUntil }) => ruleHeldUntil === undefined);
  counter.added += added.length;
  counter.ongoing += diff.ongoing.length + diff.added.length - added.length;
  counter.resolved += diff.remove.length;
  for (const kind of evaluated.eligible) counter.add(kind, "eligible");
  for (const { kind, ruleHeldUntil } of evaluated.findings) if (ruleHeldUntil === undefined) counter.add(kind, "found");
  for (const { kind } of added) counter.add(kind, "added");
  for (const { repId } of evaluated.findings) nightly.reps.add(repId);
  if (diff.put.length > 0 || diff.remove.length > 0)
    await store.saveFindings({
      put: diff.put,
      remove: diff.remove,
      notify: [],
      resolved,
    });
  notify(nightly, seen, { evaluated, resolved });
}

/** When a message that was on hold is sent: as its reader wants it, digests at once where a person started the run. */
function releasedAt({ now, isScheduled, preferencesOf, asOf }: NightlyContext, message: Message): Instant {
  const at = Date.parse(now);
  if (message.type === "digest") {
    const decision = routeDigest({ day: message.day ?? addDays(asOf, 1) }, preferencesOf(message.userId), at);
    return isScheduled && decision.send === "hold" ? decision.until : now;
  }
  if (message.type !== "alert") return now;
  const { kind, line, rep } = message;
  const decision = route({ kind, level: line.level }, preferencesOf(rep?.userId), at);
  return decision.send === "hold" ? decision.until : now;
}

/** Adds the customer's findings to the digest and alerts of the rep, or of who gets the news of a rep who has left. */
function notify(
  nightly: NightlyContext,
  { customer, findings: stored }: Seen,
  { evaluated: { findings }, resolved }: Pick<Changes, "evaluated" | "resolved">,
): void {
  const { tenant, asOf, digest, untold, catalog, users } = nightly;
  const former = new Map(stored.map((one): [string, FormerFinding] => [findingId(one), one]));
  const byId = new Map(findings.map((one): [string, EvaluatedFinding] => [one.id, one]));
  const isNew = ({ id }: Finding): boolean => (former.get(id)?.foundOn ?? asOf) === asOf;
  const { ranked, toWatch } = rankFindings(findings, catalog);
  if (ranked.length > 0) {
    const because = hasForYou(tenant) ? untoldOf(customer, users) : ({ reason: "edition", users: [] } as const);
    if (because !== undefined) untold.add(because, customer.customerId, ranked.length);
  }
  for (const entry of [...ranked, ...toWatch]) {
    const listed = [entry.finding, ...entry.folded.filter(({ kind }) => kind === entry.finding.kind)];
    const named = listed.flatMap(({ id }) => byId.get(id) ?? []);
    const noted = { entry, customer, isNew: listed.some(isNew), findings: named };
    digest.note(noted, former);
    offerAlerts(nightly, noted, former);
  }
  digest.noteCleared(customer, resolved);
}

/** The nightly run's counts. */
const recordOf = ({ asOf, counter, setAside, untold }: NightlyContext): NightlyRecord => ({
  asOf,
  customers: counter.customers,
  kinds: Object.fromEntries([...counter.kinds].map(([kind, { eligible, found }]) => [kind, { eligible, found }])),
  ...setAside.summary(),
  ...untold.summary(),
});

const summaryOf = ({ tenant, asOf, counter, isOnHold, setAside, untold }: NightlyContext): NightlySummary => ({
  tenantId: tenant.tenantId,
  asOf,
  customers: counter.customers,
  findings: { added: counter.added, ongoing: counter.ongoing, resolved: counter.resolved },
  kinds: Object.fromEntries(counter.kinds),
  messagesQueued: counter.queued,
  isOnHold,
  ...setAside.summary(),
  ...untold.summary(),
});
