import { type Finding, findingId } from "@regulars/core/insights/finding";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { MessageLine } from "@regulars/core/notifications/message";
import { lastCompletedDay } from "@regulars/core/platform/period";
import type { CustomerId, Instant, UserId } from "@regulars/core/platform/values";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { memo } from "@regulars/core/platform/memo";
import { measuresFor } from "../insights/measures.ts";
import { stillThere } from "../insights/stored-findings.ts";

interface LiveInput {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: Pick<NightlyStore, "snapshotOf" | "measuresOf" | "shards" | "snapshots">;
  readonly users: { readonly has: (userId: UserId) => boolean };
  readonly now: Instant;
}

interface Live {
  readonly finding: Finding;
  readonly episode: string | undefined;
}

/** A finding as it is at this minute; `undefined` when it has ended, or is of another episode. */
export type LiveFinding = (
  line: Pick<MessageLine, "findingId" | "customerId" | "episode">,
) => Promise<Finding | undefined>;

/**
 * Findings of the last nightly run as they are now: what came in since may end one, and somebody may have set it aside.
 * Each customer is read once.
 */
export function liveFindings({ tenant, catalog, store, users, now }: LiveInput): LiveFinding {
  const asOf = lastCompletedDay(now, tenant.timeZone);
  const view = viewOfDay(asOf, tenant, now);
  if (!view.ok) throw new Error(view.message);
  const at = view.value;
  const kinds = catalog.configure(tenant);
  const measures = memo(() => measuresFor(store, asOf));
  const read = async (customerId: CustomerId) => {
    const snapshot = await store.snapshotOf(customerId, at);
    if (snapshot === undefined) return new Map<string, Live>();
    const episodes = new Map(snapshot.findings.map((one): [string, string] => [findingId(one), one.episode]));
    const found = stillThere({ kinds, users, measures: await measures() }, snapshot, at);
    return new Map<string, Live>(found.map((finding) => [finding.id, { finding, episode: episodes.get(finding.id) }]));
  };
  const known = new Map<CustomerId, ReturnType<typeof read>>();
  return async ({ findingId: id, customerId, episode }) => {
    const reading = known.get(customerId) ?? read(customerId);
    known.set(customerId, reading);
    const found = (await reading).get(id);
    return found === undefined || (episode !== undefined && found.episode !== episode) ? undefined : found.finding;
  };
}
