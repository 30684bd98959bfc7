import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import { type EvaluationContext, type ConfiguredKind } from "@regulars/core/insights/define";
import { type FindingDiff, diffFindings, findingOutcomeOf } from "@regulars/core/insights/diff";
import { type EvaluatedFinding, type Evaluation, evaluateCustomer, reevaluate } from "@regulars/core/insights/evaluate";
import { type Finding, findingId } from "@regulars/core/insights/finding";
import type { OwnOrdersOfItems } from "@regulars/core/insights/item-demand";
import { rankFindings, toldOf } from "@regulars/core/insights/rank";
import type { FormerFinding, ResolvedFinding } from "@regulars/core/insights/stored-finding";
import type { CustomerId } from "@regulars/core/platform/values";
import type { TenantMeasures } from "@regulars/core/insights/tenant-measures";
import { CustomerFault } from "@regulars/core/nightly/night-watch";
import { untoldOf } from "@regulars/core/nightly/untold";
import { hasForYou } from "@regulars/core/tenants/edition";
import { contextOf } from "../insights/stored-findings.ts";
import { healthEventsOf } from "../relationships/health-events.ts";
import { offerAlerts } from "./alert-news.ts";
import type { NightCounts } from "./night-counts.ts";
import type { NightResults } from "./night-results.ts";
import type { Night } from "./open-night.ts";

/** A run at one shard: the counts of the whole run, and the results of this shard's customers. */
export interface ShardOfNight extends Night {
  readonly counts: NightCounts;
  readonly results: NightResults;
  /** What an interrupted attempt at the shard has ended. */
  readonly endedBefore?: EndedBefore | undefined;
}

export type EndedBefore = ReadonlyMap<CustomerId, readonly ResolvedFinding[]>;

/** The part of a snapshot that stays valid after the next customer is read. */
type Seen = Pick<CustomerSnapshot, "customer" | "findings">;

/** The changes of one customer, before they are counted or saved. */
interface Changes {
  readonly evaluated: Evaluation;
  readonly diff: FindingDiff;
  readonly resolved: readonly ResolvedFinding[];
}

/** A customer that was evaluated, and whose changes are not saved yet. */
export interface EvaluatedCustomer {
  readonly seen: Seen;
  readonly changes: Changes;
  readonly own: OwnOrdersOfItems;
  readonly context: EvaluationContext;
  /** Their findings depend on all the others: about items, which others may still buy, or evaluated by new measures. */
  readonly isWaiting: boolean;
}

/**
 * `undefined` if a kind or a status fails on the customer: they are set aside, and the other customers are processed.
 */
export async function evaluate(
  night: ShardOfNight,
  snapshot: CustomerSnapshot,
): Promise<EvaluatedCustomer | undefined> {
  const { counts, results } = night;
  for (const { repId } of snapshot.findings) results.reps.add(repId);
  if (snapshot.mayHaveSalesAhead()) results.ahead.add(snapshot.customer.customerId);
  const changes = await changesOf(night, snapshot);
  if (changes === undefined) return undefined;
  await tellEvents(night, snapshot);
  results.sales.note(snapshot.customer, snapshot.history);
  const { customer, findings } = snapshot;
  const own = counts.demand.ownOrders(snapshot.history, changes.evaluated.findings);
  return {
    seen: { customer, findings },
    changes,
    own,
    context: contextOf({ measures: counts.kept }, snapshot, night),
    isWaiting:
      own.size > 0 || changes.evaluated.findings.some(({ kind }) => kindToReevaluate(night, kind) !== undefined),
  };
}

/** Publishes what changed in the customer's health since the last run. */
async function tellEvents(night: Night, snapshot: CustomerSnapshot): Promise<void> {
  if (!night.tellsEvents) return;
  const { tenant, asOf, lastRunOn, now, store } = night;
  for (const event of healthEventsOf(snapshot, tenant, { asOf, lastRunOn, at: now })) await store.publish(event);
}

/** The kind of a finding that is evaluated after the last customer. */
function kindToReevaluate({ kinds, counts }: Pick<ShardOfNight, "kinds" | "counts">, kindId: string) {
  const kind = kinds.find(({ id }) => id === kindId);
  return kind !== undefined && counts.evaluatesLater(kind) ? kind : undefined;
}

/**
 * Evaluates by the measures, marks what nobody buys any more, and goes on with the customer. The same findings are
 * there: only levels and states differ.
 */
export function evaluateByMeasures(
  night: ShardOfNight,
  { seen, changes, own, context }: EvaluatedCustomer,
  measures: TenantMeasures | undefined,
): Promise<void> {
  const measured = { ...context, measures };
  const evaluated = changes.evaluated.findings.map((finding) => {
    const kind = kindToReevaluate(night, finding.kind);
    return kind === undefined ? finding : reevaluate(finding, kind, measured);
  });
  const findings = night.counts.demand.marked(evaluated, own, night.kinds, measured);
  const diff = diffFindings(seen.findings, findings, night.asOf);
  return saveEvaluation(night, { seen, changes: { ...changes, evaluated: { ...changes.evaluated, findings }, diff } });
}

async function changesOf(night: ShardOfNight, snapshot: CustomerSnapshot): Promise<Changes | undefined> {
  const { kinds, asOf, results, watch, counts } = night;
  const { customerId } = snapshot.customer;
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work();
    } catch (error) {
      results.setAside.add({ customerId, reason: String(error) });
      return undefined;
    }
  };
  const fault = counts.faultOf(customerId);
  if (fault !== undefined) return void results.setAside.add({ customerId, reason: fault });
  const found = attempt(() => evaluationOf(night, snapshot, false));
  if (found === undefined) return undefined;
  const seen = await seenBy(watch, snapshot, found.findings);
  if ("fault" in seen) return void results.setAside.add({ customerId, reason: seen.fault });
  const { statuses } = seen;
  return attempt(() => {
    const told = statuses && evaluationOf(night, { ...snapshot, history: { ...snapshot.history, statuses } }, true);
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

/** The statuses that hold, none without a watch, or why the customer's data cannot be evaluated. */
async function seenBy(watch: Night["watch"], ...seen: Parameters<NonNullable<Night["watch"]>["see"]>) {
  try {
    return { statuses: await watch?.see(...seen) };
  } catch (error) {
    if (error instanceof CustomerFault) return { fault: error.message };
    throw error;
  }
}

/** What the kinds find: those that read statuses, or the others, which statuses may depend on. */
const evaluationOf = (
  { kinds, users, asOf, counts }: ShardOfNight,
  snapshot: CustomerSnapshot,
  readsStatuses: boolean,
): Evaluation =>
  evaluateCustomer(
    snapshot,
    kinds.filter((kind: ConfiguredKind) => kind.readsStatuses === readsStatuses),
    asOf,
    (userId) => users.has(userId),
    counts.kept,
  );

/** Counts and saves a customer's changes, and notes what is to tell of them. */
export async function saveEvaluation(
  night: ShardOfNight,
  { seen, changes: { evaluated, diff, resolved } }: Pick<EvaluatedCustomer, "seen" | "changes">,
): Promise<void> {
  const { counts, reps } = night.results;
  counts.customers += 1;
  const ended = [...(night.endedBefore?.get(seen.customer.customerId) ?? []), ...resolved];
  const added = addedOf(night, seen, diff);
  counts.added += added.length;
  counts.ongoing += diff.ongoing.length + diff.added.length - added.length;
  counts.resolved += ended.length;
  for (const kind of evaluated.eligible) counts.add(kind, "eligible");
  for (const { kind, ruleHeldUntil } of evaluated.findings) if (ruleHeldUntil === undefined) counts.add(kind, "found");
  for (const { kind } of added) counts.add(kind, "added");
  for (const { repId } of evaluated.findings) reps.add(repId);
  if (diff.put.length > 0 || diff.remove.length > 0)
    await night.store.saveFindings({ put: diff.put, remove: diff.remove, notify: [], resolved });
  night.findingLists?.add(seen.customer, evaluated.findings, seen.findings);
  tell(night, seen, { findings: evaluated.findings, resolved: ended });
}

/**
 * The findings that are new with this run, also where an interrupted attempt has stored them. Those that are only held
 * open have existed since an earlier day, even if no nightly run saw them: they are not new.
 */
function addedOf({ asOf, lastRunOn }: Night, { findings }: Seen, { added, ongoing }: FindingDiff): EvaluatedFinding[] {
  const stored = lastRunOn === asOf ? [] : findings.filter(({ foundOn }) => foundOn === asOf);
  const before = new Set(stored.map(findingId));
  return [...added, ...ongoing.filter(({ id }) => before.has(id))].filter(
    ({ ruleHeldUntil }) => ruleHeldUntil === undefined,
  );
}

/** Adds the customer's findings to the digest and alerts of the rep, or of who gets the news of a rep who has left. */
function tell(
  night: ShardOfNight,
  { customer, findings: stored }: Seen,
  { findings, resolved }: { readonly findings: readonly EvaluatedFinding[]; readonly resolved: Changes["resolved"] },
): void {
  const { tenant, asOf, catalog, users } = night;
  const { digest, untold, alerts } = night.results;
  const former = new Map(stored.map((one): [string, FormerFinding] => [findingId(one), one]));
  const byId = new Map(findings.map((one): [string, EvaluatedFinding] => [one.id, one]));
  const isNew = ({ id }: Finding): boolean => (former.get(id)?.foundOn ?? asOf) === asOf;
  const { ranked, toWatch } = rankFindings(findings, catalog);
  if (ranked.length > 0) {
    const because = hasForYou(tenant) ? untoldOf(customer, users) : ({ reason: "edition", users: [] } as const);
    if (because !== undefined) untold.add(because, customer.customerId, ranked.length);
  }
  for (const entry of [...ranked, ...toWatch]) {
    const listed = toldOf(entry);
    const named = listed.flatMap(({ id }) => byId.get(id) ?? []);
    const noted = { entry, customer, isNew: listed.some(isNew), findings: named };
    digest.note(noted, former);
    offerAlerts({ ...night, alerts }, noted, former);
  }
  digest.noteCleared(customer, resolved);
}
