import type { RankedList } from "@regulars/core/insights/rank";
import { builtInInsights } from "@regulars/core/insights/catalog";
import type { User } from "@regulars/core/access/user";
import type { NightlyRecord } from "@regulars/core/nightly/nightly-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type Instant, type TenantId, toInstant } from "@regulars/core/platform/values";
import { type Worklists, readWorklists } from "@regulars/flows/insights/worklists";
import type { Table } from "@regulars/store/engine/table";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { addresses, planPath, refusalsPath, teamPath } from "../page/addresses.ts";
import { type DayText, dayText } from "../insights/finding-row.ts";
import { momentText } from "../page/moments.ts";

/** A tenant on the start page: figures of its last nightly run, and its users' pages. */
export interface TenantCard {
  readonly tenant: Tenant;
  readonly nextNightly: string;
  /** `undefined` until the first nightly run. */
  readonly nightly: NightlyFigures | undefined;
  readonly teamPath: string;
  readonly plans: readonly PlanLink[];
  readonly refusalsPath: string;
  readonly reps: readonly RepLink[];
}

export interface NightlyFigures {
  readonly asOf: DayText;
  readonly customers: number;
  readonly kinds: readonly {
    readonly title: string;
    readonly eligible: number;
    readonly toActOn: number;
    readonly toWatch: number;
  }[];
}

export interface PlanLink {
  readonly name: string;
  readonly path: string;
  readonly openDeals: number;
}

export interface RepLink {
  readonly name: string;
  readonly role: User["role"];
  readonly path: string;
  readonly toActOn: number;
}

/** Later than every scheduled nightly run, so that a query up to here returns the whole schedule. */
const EVER = toInstant(Date.UTC(9999, 11));
/** A tenant with a frozen date, like the demo, has its next nightly run scheduled from here on. */
const NEVER = toInstant(Date.UTC(9998, 0));

/** Every tenant with the figures of its last nightly run. */
export async function readTenantCards(table: Table, now: Instant): Promise<readonly TenantCard[]> {
  const directory = openTenantDirectory(table);
  const schedule = (await directory.dueBefore(EVER)).toSorted((a, b) => (a.tenantId < b.tenantId ? -1 : 1));
  const cards = schedule.map(async ({ tenantId, nextNightlyAt }) => {
    const tenant = await directory.find(tenantId);
    return tenant && readCard(tenant, openTenantStore(table, tenant), nextNightlyAt, now);
  });
  return (await Promise.all(cards)).filter((card) => card !== undefined);
}

async function readCard(
  tenant: Tenant,
  { nightly: store, sales: plans }: TenantStore,
  nextNightlyAt: Instant,
  now: Instant,
): Promise<TenantCard> {
  const [users, nightly, lists, links] = await Promise.all([
    store.users(),
    store.lastNightly(),
    readWorklists({ tenant, store, catalog: builtInInsights, now }),
    planLinks(tenant.tenantId, plans),
  ]);
  return {
    tenant,
    nextNightly:
      nextNightlyAt >= NEVER
        ? "demo: the date is frozen"
        : `next nightly run ${momentText(tenant, nextNightlyAt).text}`,
    nightly: nightly && figuresOf(tenant, nightly, lists?.all),
    teamPath: teamPath(tenant.tenantId),
    plans: links,
    refusalsPath: refusalsPath(tenant.tenantId),
    reps: users.map((user) => repLink(tenant.tenantId, user, lists)).toSorted(byWork),
  };
}

const figuresOf = (tenant: Tenant, { asOf, customers, kinds }: NightlyRecord, list: RankedList | undefined) => ({
  asOf: dayText(tenant, asOf),
  customers,
  kinds: builtInInsights.kinds.map(({ id, title }) => ({
    title,
    eligible: kinds[id]?.eligible ?? 0,
    toActOn: list?.ranked.filter(({ finding }) => finding.kind === id).length ?? 0,
    toWatch: list?.toWatch.filter(({ finding }) => finding.kind === id).length ?? 0,
  })),
});

/** Links to the plans, by name, with the number of open deals in each. */
async function planLinks(tenantId: TenantId, store: TenantStore["sales"]): Promise<PlanLink[]> {
  const plans = (await store.salesPlans.plans()).filter(({ isArchived }) => !isArchived);
  const links = plans.map(async ({ planId, name, statuses }) => {
    const open = new Set(statuses.filter(({ kind }) => kind === "intermediate").map(({ statusId }) => statusId));
    const counts = (await store.deals.counts(planId)).filter(({ statusId }) => open.has(statusId));
    return { name, path: planPath(tenantId, planId), openDeals: counts.reduce((sum, { count }) => sum + count, 0) };
  });
  return (await Promise.all(links)).toSorted((a, b) => a.name.localeCompare(b.name, "en"));
}

const repLink = (tenantId: TenantId, user: User, lists: Worklists | undefined): RepLink => ({
  name: user.name,
  role: user.role,
  path: addresses().rep(tenantId, user.userId),
  toActOn: lists?.ofUser(user).ranked.length ?? 0,
});

const byWork = (a: RepLink, b: RepLink): number => b.toActOn - a.toActOn || (a.name < b.name ? -1 : 1);
