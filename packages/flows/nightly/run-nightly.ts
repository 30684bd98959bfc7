import type { ConfiguredKind } from "@regulars/core/insights/define";
import { type FindingDiff, diffFindings, outcomeOf, reachedOn } from "@regulars/core/insights/diff";
import { findingId, isInDigest } from "@regulars/core/insights/finding";
import { type JudgedFinding, type Judgement, judgeBlock } from "@regulars/core/insights/evaluate";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { foldItems } from "@regulars/core/insights/rank";
import { type Links, alertId, composeAlert } from "@regulars/core/notifications/compose";
import { digestTime } from "@regulars/core/nightly/nightly-hours";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import type { User } from "@regulars/core/access/user";
import { hasForYou } from "@regulars/core/tenants/edition";
import type { AsOf } from "@regulars/core/snapshots/as-of";
import type { CustomerBlock } from "@regulars/core/insights/customer-snapshot";
import type { EndedFinding } from "@regulars/core/insights/stored-finding";
import type { NightRecord, NightStore, SetAsideCustomers } from "@regulars/core/nightly/nightly-store";
import type { NewNotification } from "@regulars/core/notifications/notification";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Day, Instant, UserId } from "@regulars/core/platform/values";
import { AlertDesk, type Pushed } from "./alert-budget.ts";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";
import { DigestDesk } from "./digest-collector.ts";
import { lineFor } from "../notifications/message-line.ts";
import { SetAsideList, isSameSetAside } from "./set-aside-list.ts";
import { SalesDesks } from "./sales-accumulators.ts";

export interface NightInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly asOf: Day;
  readonly now: Instant;
  readonly store: NightStore;
  readonly links: Links;
  /** Started by the clock: digests wait for each rep's morning. One that a person starts sends them at once. */
  readonly isScheduled: boolean;
  /** Findings are saved, messages are kept back until the same night is run again with sending on. */
  readonly isWithheld: boolean;
}

/** What one night of one tenant came to. */
export interface NightSummary {
  readonly tenantId: string;
  readonly asOf: Day;
  readonly customers: number;
  readonly findings: { readonly fresh: number; readonly lasting: number; readonly resolved: number };
  readonly kinds: Readonly<Record<string, KindCount>>;
  readonly messagesQueued: number;
  /** What was queued is kept back: it was asked for, or a later day's night has run already. */
  readonly isWithheld: boolean;
  /** Customers that were passed over because their data cannot be read, or a kind failed on them. */
  readonly setAside?: SetAsideCustomers | undefined;
}

interface KindCount {
  readonly eligible: number;
  readonly found: number;
  readonly fresh: number;
}

interface Night extends NightInput {
  readonly at: AsOf;
  readonly kinds: readonly ConfiguredKind[];
  readonly users: ReadonlyMap<UserId, User>;
  readonly desk: DigestDesk;
  readonly alerts: AlertDesk;
  readonly sales: SalesDesks;
  /** The day of the last night that was completed: what has reached since is still to be told. */
  readonly toldUntil: Day | undefined;
  readonly tally: Tally;
  readonly setAside: SetAsideList;
}

/** Counts while the shards run. */
class Tally {
  customers = 0;
  fresh = 0;
  lasting = 0;
  resolved = 0;
  queued = 0;
  readonly kinds = new Map<string, { eligible: number; found: number; fresh: number }>();

  constructor(kinds: readonly ConfiguredKind[]) {
    for (const { id } of kinds) this.kinds.set(id, { eligible: 0, found: 0, fresh: 0 });
  }

  add(kind: string, what: "eligible" | "found" | "fresh"): void {
    const count = this.kinds.get(kind);
    if (count !== undefined) count[what] += 1;
  }
}

/**
 * One tenant's night: every customer's block is read once, every kind is computed, compared with what is stored, and
 * only what changed is written. What has reached the level that is told is noted with its finding; which alerts go out
 * within each rep's budget is known when all customers are read, so they are queued then, and digests after them. The
 * night of a day is idempotent: run again it finds everything stored and queued, and a run that was cut off is completed
 * by the next, of this day or a later one.
 */
export async function runNight(given: NightInput): Promise<NightSummary> {
  const { store, tenant, asOf, now } = given;
  const toldUntil = (await store.lastNight())?.asOf;
  // A night that comes after a later day's has nothing to tell any more, and a scheduled one nothing to do.
  const isLate = toldUntil !== undefined && toldUntil > asOf;
  // Findings of a day long past are worth a look; news of it is worth no message.
  const input = { ...given, isWithheld: given.isWithheld || isLate };
  const view = viewOfDay(asOf, tenant, now);
  if (!view.ok) throw new Error(view.message);
  const kinds = given.catalog.configure(tenant.insights);
  const users = new Map((await store.users()).map((user) => [user.userId, user]));
  const night: Night = {
    ...input,
    at: view.value,
    kinds,
    users,
    desk: new DigestDesk(),
    alerts: new AlertDesk(tenant.maxAlertsPerRepPerDay, given.catalog),
    sales: new SalesDesks(users),
    toldUntil,
    tally: new Tally(kinds),
    setAside: new SetAsideList(),
  };
  const digestsDueAt = (rep: Pick<User, "timeZone">): Instant =>
    input.isScheduled ? digestTime(asOf, rep, tenant, now) : now;
  if (input.isScheduled && isLate) return summaryOf(night);
  if (!input.isWithheld && hasForYou(tenant)) {
    const released = await store.releaseWithheld(asOf, (message) =>
      message.type === "digest" ? digestsDueAt(users.get(message.userId) ?? {}) : now,
    );
    night.tally.queued += released;
  }
  await allOrFirstFault(store.shards.map((shard) => runShard(night, shard)));
  const figures = night.sales.figures();
  await store.saveSales(figures);
  if (hasForYou(tenant)) {
    const alerts = await Promise.all(night.alerts.pushed().map((pushed) => alertFor(night, pushed)));
    const digests = await night.desk.digests({ ...night, figures, digestsDueAt });
    night.tally.queued += await store.queueNotifications([...alerts, ...digests]);
  }
  await keepRecord(night);
  return summaryOf(night);
}

async function runShard(night: Night, shard: number): Promise<void> {
  const onUnreadable = night.setAside.add;
  for await (const block of night.store.blocks(shard, night.at, { repair: true, onUnreadable })) {
    const changes = changesOf(night, block);
    if (changes !== undefined) await runCustomer(night, block, changes);
  }
}

/** What a night makes of one customer, before anything of it is counted or saved. */
interface Changes {
  readonly judged: Judgement;
  readonly diff: FindingDiff;
  readonly ended: readonly EndedFinding[];
}

/** Nothing when a kind fails on the customer: the customer is set aside, and all others get their night. */
function changesOf({ kinds, users, asOf, setAside }: Night, block: CustomerBlock): Changes | undefined {
  try {
    const judged = judgeBlock(block, kinds, asOf, (userId) => users.has(userId));
    const diff = diffFindings(block.findings, judged.findings, asOf);
    return { judged, diff, ended: diff.remove.map((finding) => outcomeOf(finding, kinds, block.history, asOf)) };
  } catch (error) {
    setAside.add({ customerId: block.customer.customerId, reason: String(error) });
    return undefined;
  }
}

async function runCustomer(night: Night, block: CustomerBlock, { judged, diff, ended }: Changes): Promise<void> {
  const { tally, store } = night;
  tally.customers += 1;
  // What is only carried was found on an earlier day, also where no night had looked yet: it lasts.
  const fresh = diff.fresh.filter(({ heldUntil }) => heldUntil === undefined);
  tally.fresh += fresh.length;
  tally.lasting += diff.lasting.length + diff.fresh.length - fresh.length;
  tally.resolved += diff.remove.length;
  for (const kind of judged.eligible) tally.add(kind, "eligible");
  for (const { kind, heldUntil } of judged.findings) if (heldUntil === undefined) tally.add(kind, "found");
  for (const { kind } of fresh) tally.add(kind, "fresh");
  night.sales.note(block.customer, block.history);
  if (diff.put.length > 0 || diff.remove.length > 0)
    await store.saveFindings({
      customerId: block.customer.customerId,
      put: diff.put,
      remove: diff.remove,
      notify: [],
      ended,
    });
  tell(night, block, judged.findings);
}

/** Notes what the rep is to read, and what to be told at once. */
function tell(
  { asOf, toldUntil, desk, alerts, catalog }: Night,
  block: CustomerBlock,
  findings: readonly JudgedFinding[],
): void {
  const told = foldItems(findings, catalog).filter(isInDigest);
  const former = new Map(block.findings.map((one) => [findingId(one), one]));
  for (const finding of told) {
    const stored = former.get(finding.id);
    desk.note(finding, block.customer, (stored?.foundOn ?? asOf) === asOf);
    const reached = reachedOn(stored, finding, asOf);
    if (reached === undefined) continue;
    // A night of an earlier day that was cut off has told nothing: what reached then is told now.
    if (reached === asOf || toldUntil === undefined || reached > toldUntil)
      alerts.note({ finding, customer: block.customer, isKnown: toldUntil === asOf && stored?.reachedOn === asOf });
  }
}

async function alertFor(night: Night, { finding, customer }: Pushed): Promise<NewNotification> {
  const rep = finding.repId === undefined ? undefined : night.users.get(finding.repId);
  const line = await lineFor(night, finding, customer, { rep, isNew: true });
  return {
    id: alertId(finding),
    dueAt: night.now,
    message: composeAlert(night.tenant, finding, line, night.asOf, rep),
    isWithheld: night.isWithheld,
  };
}

/** The night's counts, written only when they are not what is written already. */
async function keepRecord({ store, asOf, tally, setAside }: Night): Promise<void> {
  const record: NightRecord = {
    asOf,
    customers: tally.customers,
    kinds: Object.fromEntries([...tally.kinds].map(([kind, { eligible, found }]) => [kind, { eligible, found }])),
    ...setAside.summary(),
  };
  const last = await store.lastNight();
  if (last === undefined || !isSameRecord(last, record)) await store.saveNight(record);
}

function isSameRecord(a: NightRecord, b: NightRecord): boolean {
  const kinds = Object.entries(b.kinds);
  return (
    a.asOf === b.asOf &&
    a.customers === b.customers &&
    isSameSetAside(a.setAside, b.setAside) &&
    kinds.length === Object.keys(a.kinds).length &&
    kinds.every(([kind, { eligible, found }]) => a.kinds[kind]?.eligible === eligible && a.kinds[kind].found === found)
  );
}

const summaryOf = ({ tenant, asOf, tally, isWithheld, setAside }: Night): NightSummary => ({
  tenantId: tenant.tenantId,
  asOf,
  customers: tally.customers,
  findings: { fresh: tally.fresh, lasting: tally.lasting, resolved: tally.resolved },
  kinds: Object.fromEntries(tally.kinds),
  messagesQueued: tally.queued,
  isWithheld,
  ...setAside.summary(),
});
