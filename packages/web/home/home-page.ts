import type { RankedList } from "@regulars/core/insights/rank";
import { builtInInsights } from "@regulars/core/insights/catalog";
import type { PlanThing } from "@regulars/core/access/may";
import { type User, isActive } from "@regulars/core/access/user";
import type { NightlyRecord } from "@regulars/core/nightly/nightly-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { localeFor } from "@regulars/core/platform/languages";
import { type Instant, type TenantId, toInstant } from "@regulars/core/platform/values";
import { type Worklists, readWorklists } from "@regulars/flows/insights/worklists";
import { type PageWords, pageWordsOf } from "@regulars/render/texts/page-words";
import type { Table } from "@regulars/store/engine/table";
import { type TenantStore, openTenantStore } from "@regulars/store/tenant-store";
import { openTenantDirectory } from "@regulars/store/tenants/tenants";
import { addresses, planPath, refusalsPath, teamPath } from "../page/addresses.ts";
import { type DayText, dayText } from "../insights/finding-row.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** A tenant on the start page: figures of its last nightly run, and its users' pages. */
export interface TenantCard {
  readonly tenant: Tenant;
  /** Only for who runs the system. */
  readonly nextNightly: string | undefined;
  readonly hasNightly: boolean;
  /** What else its viewer may open. */
  readonly seen: Pick<Seen, "figures" | "settings" | "backtests" | "deliveries">;
  /** `undefined` until the first nightly run, and for who sees not everybody's list. */
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

interface PlanLink {
  readonly name: string;
  readonly path: string;
  /** Absent for who sees not all of them. */
  readonly openDeals: number | undefined;
}

export interface RepLink {
  readonly name: string;
  readonly role: User["role"];
  readonly path: string;
  readonly toActOn: number;
}

/** Later than every scheduled nightly run: a query up to here returns the whole schedule. */
const EVER = toInstant(Date.UTC(9999, 11));
/** A tenant with a frozen date, like the demo, has its next nightly run scheduled from here on. */
const NEVER = toInstant(Date.UTC(9998, 0));

/** What of a tenant its viewer may see on the start page. */
interface Seen {
  readonly settings: boolean;
  readonly backtests: boolean;
  readonly figures: boolean;
  /** The log of messages. */
  readonly deliveries: boolean;
  readonly user: (user: User) => boolean;
  /** Whether the viewer sees every deal of a plan, and so their number. */
  readonly dealsOf: (plan: PlanThing) => boolean;
}

const EVERYTHING: Seen = {
  settings: true,
  backtests: true,
  figures: true,
  deliveries: true,
  user: () => true,
  dealsOf: () => true,
};

/** The viewer's own tenant. */
export async function readOwnCard(
  { tenant, words, whole, scope, decide, holds }: OpenTenant,
  now: Instant,
): Promise<TenantCard> {
  const { canSeeUser } = await scope();
  return readCard({ tenant, words, now }, whole, undefined, {
    settings: holds("settings.manage"),
    backtests: holds("settings.manage") || holds("insights.view_all") || holds("insights.view_team"),
    figures: decide("tenant.see_list", {}),
    deliveries: holds("notifications.manage"),
    user: (user) => isActive(user) && canSeeUser(user.userId),
    dealsOf: (plan) => decide("plan.see_all", plan),
  });
}

/** Every tenant with the figures of its last nightly run. */
export async function readTenantCards(table: Table, words: PageWords, now: Instant): Promise<readonly TenantCard[]> {
  const directory = openTenantDirectory(table);
  const schedule = (await directory.dueBefore(EVER)).toSorted((a, b) => (a.tenantId < b.tenantId ? -1 : 1));
  const cards = schedule.map(async ({ tenantId, nextNightlyAt }) => {
    const tenant = await directory.find(tenantId);
    if (tenant === undefined) return undefined;
    const ofTenant = await pageWordsOf(localeFor(words.language, tenant.locale), builtInInsights.textOf);
    return readCard({ tenant, words: ofTenant, now }, openTenantStore(table, tenant), nextNightlyAt, EVERYTHING);
  });
  return (await Promise.all(cards)).filter((card) => card !== undefined);
}

interface Reading {
  readonly tenant: Tenant;
  readonly words: PageWords;
  readonly now: Instant;
}

async function readCard(
  { tenant, words, now }: Reading,
  { nightly: store, sales: plans }: TenantStore,
  nextNightlyAt: Instant | undefined,
  seen: Seen,
): Promise<TenantCard> {
  const [users, nightly, lists, links] = await Promise.all([
    store.users(),
    store.lastNightly(),
    readWorklists({ tenant, store, catalog: builtInInsights, now }),
    planLinks(tenant.tenantId, plans, seen),
  ]);
  return {
    tenant,
    nextNightly: nextNightlyAt && nightlyText(tenant, words, nextNightlyAt),
    hasNightly: nightly !== undefined,
    seen,
    nightly: nightly && seen.figures ? figuresOf(words, nightly, lists?.all) : undefined,
    teamPath: teamPath(tenant.tenantId),
    plans: links,
    refusalsPath: refusalsPath(tenant.tenantId),
    reps: users
      .filter(seen.user)
      .map((user) => repLink(tenant.tenantId, user, lists))
      .toSorted(byWork),
  };
}

const nightlyText = ({ timeZone }: Tenant, { say, moment }: PageWords, at: Instant): string =>
  at >= NEVER ? say("home.frozen") : say("home.nextNight", { date: moment(at, timeZone) });

const figuresOf = (
  { formats, kindTitle }: PageWords,
  { asOf, customers, kinds }: NightlyRecord,
  list: RankedList | undefined,
) => ({
  asOf: dayText(formats, asOf),
  customers,
  kinds: builtInInsights.kinds.map(({ id, title }) => ({
    title: kindTitle(id) ?? title,
    eligible: kinds[id]?.eligible ?? 0,
    toActOn: list?.ranked.filter(({ finding }) => finding.kind === id).length ?? 0,
    toWatch: list?.toWatch.filter(({ finding }) => finding.kind === id).length ?? 0,
  })),
});

/** Links to the plans, by name, with the number of open deals in each. */
async function planLinks(tenantId: TenantId, store: TenantStore["sales"], { dealsOf }: Seen): Promise<PlanLink[]> {
  const plans = (await store.salesPlans.plans()).filter(({ isArchived }) => !isArchived);
  const links = plans.map(async (plan) => {
    const { planId, name, statuses } = plan;
    const path = planPath(tenantId, planId);
    if (!dealsOf(plan)) return { name, path, openDeals: undefined };
    const open = new Set(statuses.filter(({ kind }) => kind === "intermediate").map(({ statusId }) => statusId));
    const counts = (await store.deals.counts(planId)).filter(({ statusId }) => open.has(statusId));
    return { name, path, openDeals: counts.reduce((sum, { count }) => sum + count, 0) };
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
