import { isActive } from "@regulars/core/access/user";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { RankedEntry, RankedList } from "@regulars/core/insights/rank";
import type { Finding } from "@regulars/core/insights/finding";
import { formatMoney } from "@regulars/core/platform/money";
import { localDay } from "@regulars/core/platform/period";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import {
  type PerformanceMetric,
  type PerformanceWindow,
  performanceMetrics,
  performanceWindows,
} from "@regulars/core/sales-figures/lowest";
import { type SalesBasis, salesBases } from "@regulars/core/sales-figures/invoiced";
import type { LowestReport, WeeklySales } from "@regulars/core/sales-figures/report";
import type { Tenant } from "@regulars/core/tenants/tenant";
import {
  type CustomerId,
  type Day,
  type Instant,
  type UserId,
  minor,
  parseDay,
  userIdSchema,
} from "@regulars/core/platform/values";
import { type LowestChoice, forYou, usualLowest } from "@regulars/flows/insights/for-you";
import { type OrdersOfDay, ordersOfDay } from "@regulars/flows/insights/orders-of-day";
import { introductionsPath } from "../page/addresses.ts";
import { type DayText, type FindingRow, dayText, rowsOf } from "./finding-row.ts";
import { type FollowUpLine, followUpLines } from "./follow-ups-view.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** The page of one rep or of all reps, with the sections "For You" and "Insights" (seed 000). */
export interface RepPage {
  readonly tenant: Tenant;
  /** `undefined` on the page of all reps. */
  readonly repName: string | undefined;
  /** `undefined` where the page is of nobody who could be asked. */
  readonly introductionsPath: string | undefined;
  readonly asOf: DayText;
  readonly tiles: readonly Tile[];
  /** The first findings of the list, as many as the daily limit allows. */
  readonly first: readonly CardRow[];
  readonly later: readonly CardRow[];
  readonly toWatch: readonly CardRow[];
  readonly winBack: readonly CardRow[];
  readonly setAside: readonly CardRow[];
  /** How many customers the page is without, because their data cannot be read. */
  readonly customersSetAside: number;
  /** Open tasks of the rep; none on the page of all reps. */
  readonly followUps: readonly FollowUpLine[];
  readonly week: WeeklySales;
  readonly lowest: LowestReport;
  /** Customer names of the lowest performers, by id. */
  readonly names: ReadonlyMap<CustomerId, string>;
  readonly orders: OrdersOfDay;
  /** Today in the tenant's time zone. */
  readonly today: Day;
}

/** Summary of one kind. */
export interface Tile {
  readonly title: string;
  readonly count: number;
  readonly atStake: string | undefined;
}

/** A card as a row of the list. */
export interface CardRow extends FindingRow {
  readonly title: string;
  readonly folded: readonly (FindingRow & { readonly title: string })[];
}

/** Query parameters of the page. */
export interface RepPageQuery {
  readonly lowest?: string | undefined;
  readonly window?: string | undefined;
  readonly day?: string | undefined;
  readonly basis?: string | undefined;
}

/**
 * Reads the page of one rep, or of all reps without `user`. Findings are of the last nightly run, orders are current.
 */
export async function readRepPage(
  opened: OpenTenant,
  user: string | undefined,
  query: RepPageQuery,
  now: Instant,
): Promise<Result<RepPage>> {
  const { tenant, catalog, store, orders: orderQueries } = opened;
  const repId = user === undefined ? undefined : userIdSchema.safeParse(user).data;
  if (user !== undefined && repId === undefined) return refuse("unknown-user", notUser(tenant, user));
  const isTheirs =
    repId === undefined ? opened.decide("tenant.see_list", {}) : (await opened.scope()).canSeeUser(repId);
  if (!isTheirs) return refuse("unknown-user", notUser(tenant, user ?? ""));
  const scopeFilter = { repId };
  const page = await forYou({
    tenant,
    store,
    catalog,
    scopeFilter,
    now,
    lowest: lowestOf(query, tenant),
    basis: basisOf(query),
  });
  if (!page.ok) return page.reason === "unknown-user" ? refuse("unknown-user", notUser(tenant, user ?? "")) : page;
  const orders = await ordersOfDay({ tenant, store, orders: orderQueries, scopeFilter, day: dayOf(query), now });
  if (!orders.ok) return orders;
  const { forYou: list, insights, asOf } = page.value;
  const users = await store.users();
  const rows = await cardRows(opened, list, repId === undefined ? users : []);
  const ranked = list.ranked.map(rows);
  const { lowestPerformers: lowest, weeklySales: week } = insights;
  return ok({
    tenant,
    repName: repId === undefined ? undefined : nameOf(users, repId),
    introductionsPath: users.some((one) => one.userId === repId && isActive(one))
      ? introductionsPath(tenant.tenantId, repId ?? "")
      : undefined,
    asOf: dayText(tenant, asOf),
    tiles: tilesOf(tenant, catalog, list),
    first: ranked.slice(0, list.budget),
    later: ranked.slice(list.budget),
    toWatch: list.toWatch.map(rows),
    winBack: list.winBack.map(rows),
    setAside: list.setAside.map(rows),
    customersSetAside: list.customersSetAside,
    followUps: await followUpLines(opened, repId, localDay(now, tenant.timeZone)),
    week,
    lowest,
    names: await namesOf(opened, lowest),
    orders: orders.value,
    today: localDay(now, tenant.timeZone),
  });
}

function lowestOf({ lowest, window }: RepPageQuery, { priceEditing }: Tenant): LowestChoice {
  const metric: PerformanceMetric | undefined = performanceMetrics.find((one) => one === lowest);
  const windowDays: PerformanceWindow | undefined = performanceWindows.find((one) => String(one) === window);
  return {
    metric: metric === undefined || (metric === "gpPct" && !priceEditing) ? usualLowest.metric : metric,
    windowDays: windowDays ?? usualLowest.windowDays,
  };
}

const basisOf = ({ basis }: RepPageQuery): SalesBasis => salesBases.find((one) => one === basis) ?? "order";

function dayOf({ day }: RepPageQuery): Day | undefined {
  const parsed = day === undefined ? undefined : parseDay(day);
  return parsed?.ok === true ? parsed.value : undefined;
}

const notUser = ({ tenantId }: Tenant, user: string): string =>
  `Tenant ${tenantId} has no user "${user}". Check the address, or import the users file that has this user.`;

const nameOf = (users: Awaited<ReturnType<OpenTenant["store"]["users"]>>, repId: UserId): string =>
  users.find(({ userId }) => userId === repId)?.name ?? repId;

async function namesOf({ store }: OpenTenant, { lowest, notComputable = [] }: LowestReport) {
  const ids = [...lowest, ...notComputable].map(({ customerId }) => customerId);
  const profiles = await store.profiles(ids);
  return new Map(ids.map((id) => [id, profiles.get(id)?.name ?? id]));
}

/** Every kind's part of what is to act on. */
function tilesOf({ currency, locale }: Tenant, { kinds }: InsightCatalog, { ranked }: RankedList): Tile[] {
  return kinds.map(({ id, title }) => {
    const cards = ranked.filter(({ finding }) => finding.kind === id);
    const stake = cards.reduce((total, { atStakeMinor }) => total + atStakeMinor, 0);
    return { title, count: cards.length, atStake: stake > 0 ? formatMoney(minor(stake), currency, locale) : undefined };
  });
}

async function cardRows(opened: OpenTenant, list: RankedList, users: Parameters<typeof rowsOf>[2]) {
  const cards = [...list.ranked, ...list.toWatch, ...list.winBack, ...list.setAside];
  const findings = cards.flatMap(({ finding, folded }) => [finding, ...folded]);
  const rows = await rowsOf(opened, findings, users);
  const rowOf = (finding: Finding) => {
    const row = rows.get(finding);
    if (row === undefined) throw new Error(`finding ${finding.id} has no row`);
    return { ...row, title: opened.catalog.titleOf(finding.kind) };
  };
  const { currency, locale } = opened.tenant;
  return ({ finding, folded, atStakeMinor }: RankedEntry): CardRow => ({
    ...rowOf(finding),
    folded: folded.map(rowOf),
    atStake: atStakeMinor > 0 ? formatMoney(atStakeMinor, currency, locale) : undefined,
  });
}
