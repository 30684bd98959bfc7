import { isActive } from "@regulars/core/access/user";
import { type Finding, isInDigest } from "@regulars/core/insights/finding";
import { builtInInsights } from "@regulars/core/insights/catalog";
import type { User } from "@regulars/core/access/user";
import type { NightlyRecord } from "@regulars/core/nightly/nightly-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type Instant, type TenantId, toInstant } from "@regulars/core/platform/values";
import { listFindings } from "@regulars/flows/insights/list-findings";
import type { Table } from "@regulars/store/engine/table";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { addresses, planPath, refusalsPath, teamPath } from "./addresses.ts";
import { type DayText, dayText } from "./finding-row.ts";
import type { SignInChoice } from "./sign-in.ts";
import { momentText } from "./moments.ts";

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
    readonly found: number;
    readonly toActOn: number;
  }[];
}

export interface PlanLink {
  readonly name: string;
  readonly path: string;
  readonly openDeals: number;
}

export interface RepLink {
  readonly name: string;
  readonly path: string;
  readonly toActOn: number;
}

/** Later than every scheduled nightly run, so that a query up to here returns the whole schedule. */
const EVER = toInstant(Date.UTC(9999, 11));
/** A tenant with a frozen date, like the demo, has its next nightly run scheduled from here on. */
const NEVER = toInstant(Date.UTC(9998, 0));

/** Every tenant with the figures of its last nightly run. */
export async function readTenantCards(table: Table): Promise<readonly TenantCard[]> {
  const directory = openTenantDirectory(table);
  const schedule = (await directory.dueBefore(EVER)).toSorted((a, b) => (a.tenantId < b.tenantId ? -1 : 1));
  const cards = schedule.map(async ({ tenantId, nextNightlyAt }) => {
    const tenant = await directory.find(tenantId);
    return tenant && readCard(tenant, openTenantStore(table, tenant), nextNightlyAt);
  });
  return (await Promise.all(cards)).filter((card) => card !== undefined);
}

/** Every tenant with the users that a token can be issued for. */
export async function readSignInChoices(table: Table): Promise<readonly SignInChoice[]> {
  const directory = openTenantDirectory(table);
  const choices = (await directory.list()).toSorted().map(async (tenantId) => {
    const tenant = await directory.find(tenantId);
    if (tenant === undefined) return undefined;
    const users = await openTenantStore(table, tenant).nightly.users();
    return { tenant, users: users.filter(isActive) };
  });
  return (await Promise.all(choices)).filter((choice) => choice !== undefined);
}

async function readCard(
  tenant: Tenant,
  { nightly: store, sales: plans }: TenantStore,
  nextNightlyAt: Instant,
): Promise<TenantCard> {
  const [users, nightly, list, links] = await Promise.all([
    store.users(),
    store.lastNightly(),
    listFindings({ tenant, store, catalog: builtInInsights, filter: {}, now: toInstant(Date.now()) }),
    planLinks(tenant.tenantId, plans),
  ]);
  const toActOn = list.ok ? list.value.findings.filter(isInDigest) : [];
  return {
    tenant,
    nextNightly:
      nextNightlyAt >= NEVER
        ? "demo: the date is frozen"
        : `next nightly run ${momentText(tenant, nextNightlyAt).text}`,
    nightly: nightly && figuresOf(tenant, nightly, toActOn),
    teamPath: teamPath(tenant.tenantId),
    plans: links,
    refusalsPath: refusalsPath(tenant.tenantId),
    reps: users.map((user) => repLink(tenant.tenantId, user, toActOn)).toSorted(byWork),
  };
}

const figuresOf = (tenant: Tenant, { asOf, customers, kinds }: NightlyRecord, toActOn: readonly Finding[]) => ({
  asOf: dayText(tenant, asOf),
  customers,
  kinds: builtInInsights.kinds.map(({ id, title }) => ({
    title,
    eligible: kinds[id]?.eligible ?? 0,
    found: kinds[id]?.found ?? 0,
    toActOn: toActOn.filter(({ kind }) => kind === id).length,
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

const repLink = (tenantId: TenantId, { userId, name }: User, toActOn: readonly Finding[]): RepLink => ({
  name,
  path: addresses().rep(tenantId, userId),
  toActOn: toActOn.filter(({ repId }) => repId === userId).length,
});

const byWork = (a: RepLink, b: RepLink): number => b.toActOn - a.toActOn || (a.name < b.name ? -1 : 1);
