import type { Message } from "@regulars/core/notifications/message";
import { route, routeDigest } from "@regulars/core/notifications/route";
import type { NightlyRecord, SetAsideCustomers } from "@regulars/core/nightly/nightly-store";
import type { UntoldGroup } from "@regulars/core/nightly/untold";
import { addDays } from "@regulars/core/platform/period";
import type { Day, Instant, UserId } from "@regulars/core/platform/values";
import { hasForYou } from "@regulars/core/tenants/edition";
import { queueAlerts } from "./alert-news.ts";
import { keepRecord } from "./keep-record.ts";
import type { NightResults } from "./night-results.ts";
import type { Night } from "./open-night.ts";
import type { KindCount } from "./run-counts.ts";

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

/** Releases what an earlier run of the same day has put on hold; returns how many messages. */
export function releaseHeld(night: Night): Promise<number> {
  const { store, asOf, isOnHold, tenant, lastRunOn } = night;
  if (isOnHold || !hasForYou(tenant)) return Promise.resolve(0);
  return store.releaseHeld(asOf, (message) => releasedAt(night, message), lastRunOn === asOf);
}

/** When a message that was on hold is sent: as its reader wants it, digests at once where a person started the run. */
function releasedAt({ now, isScheduled, preferencesOf, asOf }: Night, message: Message): Instant {
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

/**
 * Queues alerts and digests, and keeps figures and record, after the last customer. Alerts come first, because each
 * rep's budget depends on all of them; digests follow. The watch has ended. Returns how many messages are new.
 */
export async function publishNight(
  night: Night,
  results: NightResults,
  leaveLists: () => Promise<Pick<NightlyRecord, "callList" | "lists">>,
): Promise<number> {
  const { store, tenant, asOf, watch } = night;
  const figures = results.sales.figures();
  await store.saveSales(figures);
  let queued = 0;
  if (hasForYou(tenant)) {
    const selected = results.alerts.selected();
    queued += await queueAlerts({ ...night, alerts: results.alerts }, selected);
    const told = new Set(selected.map(({ finding }) => `${finding.repId ?? ""} ${finding.id}`));
    const isToldNow = (userId: UserId, id: string): boolean => told.has(`${userId} ${id}`);
    queued += await store.queueNotifications(await results.digest.digests({ ...night, figures, isToldNow }));
  }
  await store.noteRepsWithFindings([...results.reps], results.setAside.summary().setAside === undefined);
  const watchedWith = watch?.watchedWith();
  const record = {
    ...results.record(asOf),
    ...(watchedWith === undefined ? {} : { watchedWith }),
    ...(await leaveLists()),
  };
  await keepRecord(store, record, watch !== undefined);
  return queued;
}

export const summaryOf = (
  { tenant, asOf, isOnHold }: Night,
  { counts, setAside, untold }: NightResults,
  messagesQueued: number,
): NightlySummary => ({
  tenantId: tenant.tenantId,
  asOf,
  customers: counts.customers,
  findings: { added: counts.added, ongoing: counts.ongoing, resolved: counts.resolved },
  kinds: Object.fromEntries(counts.kinds),
  messagesQueued,
  isOnHold,
  ...setAside.summary(),
  ...untold.summary(),
});
