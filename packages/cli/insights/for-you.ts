import { counted } from "@regulars/core/platform/counted";
import { customersSetAsideText, notesUnreadable } from "./notes-unreadable.ts";
import type { RankedEntry } from "@regulars/core/insights/rank";
import { formatMoney } from "@regulars/core/platform/money";
import {
  type PerformanceMetric,
  type PerformanceWindow,
  performanceMetrics,
  performanceWindows,
} from "@regulars/core/sales-figures/lowest";
import { type SalesBasis, salesBases } from "@regulars/core/sales-figures/invoiced";
import type { LowestReport, WeeklySales } from "@regulars/core/sales-figures/report";
import { type ListScope, scopeName } from "@regulars/core/customers/list-scope";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { localDay } from "@regulars/core/platform/period";
import { toInstant } from "@regulars/core/platform/values";
import { type ForYouPage, forYou } from "@regulars/flows/insights/for-you";
import { forYouJson } from "@regulars/flows/insights/for-you-json";
import { type OrdersOfDay, ordersOfDay } from "@regulars/flows/insights/orders-of-day";
import { type OpenTask, openTasks } from "@regulars/flows/monitors/open-tasks";
import type { ScopeFilter } from "@regulars/flows/customers/resolve-scope";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";
import { dayArgument, oneOf, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { type ScopeOptions, scopeArgument } from "../scope-options.ts";
import { describeFindings } from "./insights.ts";
import { describeOrders } from "./orders.ts";

export interface ForYouOptions extends ScopeOptions {
  readonly tenant: string;
  readonly asOf?: string;
  readonly lowest: string;
  readonly window: string;
  readonly basis: string;
}

/** `regulars for-you`: the page of one rep, a team, a territory, or all reps. */
export function forYouCommand(session: Session, options: ForYouOptions): Promise<number> {
  const tenantId = tenantArgument(options.tenant);
  const scopeFilter = scopeArgument(options);
  const asOf = options.asOf === undefined ? undefined : dayArgument("--as-of", options.asOf);
  const lowest = {
    metric: oneOf<PerformanceMetric>(performanceMetrics, "--lowest", options.lowest),
    windowDays: oneOf<PerformanceWindow>(performanceWindows, "--window", options.window),
  };
  const basis = oneOf<SalesBasis>(salesBases, "--basis", options.basis);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    const { tenant, store } = opened;
    const now = toInstant(system.runtime.clock());
    const page = await forYou({
      onUnreadable: notesUnreadable(session),
      tenant,
      catalog: opened.catalog,
      store: store.nightly,
      scopeFilter,
      asOf,
      now,
      lowest,
      basis,
    });
    if (!page.ok) throw new UserError(`${page.reason}: ${page.message}`);
    const orders = asOf === undefined ? await currentOrders(opened, scopeFilter, now) : undefined;
    const toDo = await openTasks({
      followUps: store.followUps,
      profiles: store.nightly,
      userId: asOf === undefined ? scopeFilter.repId : undefined,
      today: localDay(now, tenant.timeZone),
    });
    if (session.json)
      printJson(session, {
        tenant: tenantId,
        rep: scopeFilter.repId ?? null,
        ...forYouJson(page.value, toDo),
        ...(orders === undefined ? {} : { currentOrders: orders }),
      });
    else session.print(await describePage(opened, page.value, toDo, orders));
    return 0;
  });
}

async function currentOrders(
  { tenant, store }: OpenedTenant,
  scopeFilter: ScopeFilter,
  now: ReturnType<typeof toInstant>,
) {
  const orders = await ordersOfDay({ tenant, store: store.nightly, orders: store.orderQueries, scopeFilter, now });
  if (!orders.ok) throw new UserError(orders.message);
  return orders.value;
}

async function describePage(
  opened: OpenedTenant,
  page: ForYouPage,
  toDo: readonly OpenTask[],
  orders?: OrdersOfDay,
): Promise<string> {
  const { tenant } = opened;
  const { ranked, toWatch, winBack, setAside, budget } = page.forYou;
  const listed = async (cards: readonly RankedEntry[]): Promise<string> =>
    describeFindings(
      opened,
      cards.flatMap(({ finding, folded }) => [finding, ...folded]),
    );
  const parts = [
    `For ${whoText(page.scope)}, as of ${page.asOf}`,
    ...customersSetAsideText(page.forYou.customersSetAside),
    `FOR YOU: ${ranked.length} to act on${ranked.length > budget ? `, the first ${budget} today` : ""}\n${await listed(ranked.slice(0, budget))}`,
    ...(ranked.length <= budget ? [] : [`Then: ${ranked.length - budget}\n${await listed(ranked.slice(budget))}`]),
    ...(toWatch.length === 0 ? [] : [`To watch: ${toWatch.length}\n${await listed(toWatch)}`]),
    ...(winBack.length === 0 ? [] : [`Win back: ${winBack.length}\n${await listed(winBack)}`]),
    ...(setAside.length === 0 ? [] : [`Set aside: ${setAside.length}\n${await listed(setAside)}`]),
    ...(toDo.length === 0 ? [] : [`TO DO: ${toDo.length}\n${describeTasks(toDo)}`]),
    `INSIGHTS\n${describeWeek(tenant, page.insights.weeklySales)}`,
    await describeLowest(opened, page.insights.lowestPerformers),
    ...(orders === undefined ? [] : [describeOrders(tenant, orders)]),
  ];
  return `${parts.join("\n\n")}\n`;
}

const describeTasks = (tasks: readonly OpenTask[]): string =>
  textTable(
    ["DUE", "TYPE", "CUSTOMER", "TEXT"],
    tasks.map(({ dueOn, isLate, type, customerName, text }) => [
      `${dueOn}${isLate ? " late" : ""}`,
      type,
      customerName,
      text,
    ]),
  );

const whoText = (scope: ListScope): string => (scope.type === "rep" ? scope.userId : scopeName(scope));

function describeWeek({ locale }: Tenant, week: WeeklySales): string {
  const money = (units: WeeklySales["salesMinor"]): string => formatMoney(units, week.currency, locale);
  const change =
    week.changePct === null
      ? "nothing to compare with"
      : `${week.changePct >= 0 ? "+" : ""}${week.changePct} % against ${money(week.previousMinor)}`;
  const { grossProfit } = week;
  const gross =
    grossProfit === undefined
      ? ""
      : `; GP ${grossProfit.gpPct ?? "–"} % against ${grossProfit.previousGpPct ?? "–"} %, cost known for ${grossProfit.costCoveragePct ?? 0} % of it`;
  return `${week.basis === "order" ? "Sales" : "Invoices"} ${week.from} to ${week.to}: ${money(week.salesMinor)}, ${change}${gross}`;
}

async function describeLowest({ tenant, store }: OpenedTenant, report: LowestReport): Promise<string> {
  const shown = [...report.lowest, ...(report.notComputable ?? [])];
  const profiles = await store.nightly.profiles(shown.map(({ customerId }) => customerId));
  const withGp = tenant.priceEditing;
  const rows = shown.map((one) => [
    profiles.get(one.customerId)?.name ?? one.customerId,
    String(one.units),
    formatMoney(one.salesMinor, tenant.currency, tenant.locale),
    ...(withGp ? [typeof one.gpPct === "number" ? `${one.gpPct} %` : "–"] : []),
  ]);
  const title = `Lowest performing by ${report.metric === "units" ? "units" : "GP%"}, last ${report.windowDays} days, of ${counted(report.customers, "customer")}`;
  return rows.length === 0
    ? title
    : `${title}\n${textTable(["CUSTOMER", "UNITS", "SALES", ...(withGp ? ["GP%"] : [])], rows)}`;
}
