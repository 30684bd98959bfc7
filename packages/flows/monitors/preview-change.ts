import type { Finding } from "@regulars/core/insights/finding";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { SettingsChange } from "@regulars/core/insights/tenant-settings";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { NowThen } from "@regulars/core/platform/now-then";
import { type Result, ok } from "@regulars/core/platform/result";
import type { Day, Instant } from "@regulars/core/platform/values";
import { type ChangeEntry, changedValues } from "@regulars/core/tenants/change-log";
import { type Tenant, tenantSchema } from "@regulars/core/tenants/tenant";
import { changesOf } from "../insights/change-settings.ts";
import { forYou } from "../insights/for-you.ts";
import { type HealthPreview, previewHealth } from "../relationships/preview-health.ts";
import type { CustomersAfter } from "./criteria-context.ts";
import { previewMonitor } from "./preview-monitor.ts";

/** What of a tenant is read to try other settings, opened with those settings. */
export interface TriedStore {
  readonly nightly: NightlyStore;
  readonly monitors: MonitorStore;
  readonly customersAfter: CustomersAfter;
}

interface ChangeInput {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly change: SettingsChange;
  /** The tenant's store with its settings, or with others. */
  readonly storeOf: (tenant: Tenant) => TriedStore;
  readonly now: Instant;
}

/** How many of a kind or a status there are and would be. */
export interface NowThenCount extends NowThen<number> {
  readonly id: string;
  readonly title: string;
}

/** What a change of settings would do; nothing is saved. */
export interface ChangePreview {
  readonly changes: ChangeEntry["changes"];
  /** The day of which the figures are; absent before the first nightly run: then there are none. */
  readonly asOf: Day | undefined;
  /** Findings to act on, by kind. */
  readonly kinds: readonly NowThenCount[];
  /** Who has each status. */
  readonly statuses: readonly NowThenCount[];
  /** Grades that would change, with examples; absent where relationships stay as they are, or are off. */
  readonly health: Pick<HealthPreview, "moves" | "examples"> | undefined;
}

/**
 * Tries a change of settings on the data of the last nightly run: how many findings there would be to act on, who would
 * have which status, and whose grade would be another.
 */
export async function previewChange(input: ChangeInput): Promise<Result<ChangePreview>> {
  const { tenant, catalog, change, storeOf, now } = input;
  const changed = changesOf(catalog, change)(tenant);
  if (!changed.ok) return changed;
  const tried = tenantSchema.parse({ ...tenant, ...changed.value });
  const changes = changedValues(tenant, tried);
  const asOf = (await storeOf(tenant).nightly.lastNightly())?.asOf;
  if (changes.length === 0 || asOf === undefined)
    return ok({ changes, asOf, kinds: [], statuses: [], health: undefined });
  const [present, next] = [await toActOn(input, tenant, asOf), await toActOn(input, tried, asOf)];
  if (!present.ok) return present;
  if (!next.ok) return next;
  const kinds = catalog.kinds.map(({ id, title }) => ({
    id,
    title,
    now: of(present.value, id),
    after: of(next.value, id),
  }));
  const health =
    change.relationships === undefined
      ? undefined
      : await previewHealth({ tenant, store: storeOf(tenant).nightly, change: change.relationships, asOf, now });
  const statuses = await statusesOf(input, tried, asOf);
  return ok({ changes, asOf, kinds, statuses, health: health?.ok === true ? health.value : undefined });
}

async function toActOn(
  { catalog, storeOf, now }: ChangeInput,
  tenant: Tenant,
  asOf: Day,
): Promise<Result<readonly Finding[]>> {
  const page = await forYou({ tenant, catalog, store: storeOf(tenant).nightly, scopeFilter: {}, asOf, now });
  return page.ok ? ok(page.value.forYou.ranked.map(({ finding }) => finding)) : page;
}

const of = (findings: readonly Finding[], kind: string): number =>
  findings.filter((finding) => finding.kind === kind).length;

/** Monitors that are counted, by rank. */
const MOST_MONITORS = 20;

async function statusesOf(
  { tenant, catalog, storeOf, now }: ChangeInput,
  tried: Tenant,
  asOf: Day,
): Promise<NowThenCount[]> {
  const all = await storeOf(tenant).monitors.monitors();
  const active = all.filter((one) => one.isActive && one.deletedAt === undefined && one.criteria !== undefined);
  const counted: NowThenCount[] = [];
  for (const { statusId, name } of active.slice(0, MOST_MONITORS)) {
    const matches = async (with_: Tenant): Promise<number | undefined> => {
      const store = storeOf(with_);
      const found = await previewMonitor({ ...store, tenant: with_, catalog, statusId, canSee: () => true, asOf, now });
      return found.ok ? found.value.matches : undefined;
    };
    const [present, next] = [await matches(tenant), await matches(tried)];
    if (present !== undefined && next !== undefined)
      counted.push({ id: statusId, title: name, now: present, after: next });
  }
  return counted;
}
