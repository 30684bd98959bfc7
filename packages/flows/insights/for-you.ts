import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import type { ConfiguredKind } from "@regulars/core/insights/define";
import type { Finding } from "@regulars/core/insights/finding";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type RankedList, rankFindings } from "@regulars/core/insights/rank";
import type { Customer } from "@regulars/core/customers/customer";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { AsOf } from "@regulars/core/snapshots/as-of";
import type { CustomerSnapshot } from "@regulars/core/insights/customer-snapshot";
import type { TenantMeasures } from "@regulars/core/insights/tenant-measures";
import { lastCompletedDay } from "@regulars/core/platform/period";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { SalesAccumulator, type SalesFigures, customerSales } from "@regulars/core/sales-figures/figures";
import { type LowestChoice, usualLowest } from "@regulars/core/sales-figures/lowest";
import type { SalesBasis } from "@regulars/core/sales-figures/invoiced";
import {
  type LowestReport,
  type WeeklySales,
  lowestReport,
  weeklyInvoices,
  weeklySales,
} from "@regulars/core/sales-figures/report";
import { type ListScope, type Users, isInScope, scopeName } from "@regulars/core/customers/list-scope";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { CustomerId, Day, Instant } from "@regulars/core/platform/values";
import { FindingsOfDay } from "./findings-of-day.ts";
import { CustomersSetAside } from "./customers-set-aside.ts";
import { type Listing, eachListed } from "./listed-findings.ts";
import { measuresFor } from "./measures.ts";
import { type ScopeFilter, resolveScope } from "../customers/resolve-scope.ts";
import { eachWithFindings } from "./stored-findings.ts";

/** The For You page with its two sections (docs/reference/insights.md 2). */
export interface ForYouPage {
  readonly asOf: Day;
  readonly scope: ListScope;
  readonly forYou: ForYou;
  readonly insights: SalesInsights;
  /** The profiles of the customers with findings, as far as they were read. */
  readonly customers: ReadonlyMap<CustomerId, Customer>;
}

/** The first section: whom to talk to first, and why. */
export interface ForYou extends RankedList {
  /** Most ranked entries that a rep should handle in a day, and most alerts sent to them. */
  readonly budget: number;
  /** How many customers the page is without, because their data cannot be read or evaluated. */
  readonly customersSetAside: number;
}

interface SalesInsights {
  readonly weeklySales: WeeklySales;
  readonly lowestPerformers: LowestReport;
}

interface ForYouInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly store: NightlyStore;
  readonly scopeFilter: ScopeFilter;
  /** A past day is computed from the histories, without writing; default: the findings of the last nightly run. */
  readonly asOf?: Day | undefined;
  readonly now: Instant;
  /** Told of customers whose data cannot be read or evaluated; the answer is without them. */
  readonly onUnreadable?: OnUnreadable | undefined;
  readonly lowest?: LowestChoice | undefined;
  /** What the weekly figures are computed from; default: orders. */
  readonly basis?: SalesBasis | undefined;
}

interface Asked extends ForYouInput {
  readonly scope: ListScope;
  readonly users: Users;
  readonly kinds: readonly ConfiguredKind[];
  readonly measures: TenantMeasures;
  readonly setAside: CustomersSetAside;
}

const NONE: ReadonlyMap<CustomerId, string> = new Map();

interface Answer {
  readonly findings: readonly Finding[];
  readonly customers: ReadonlyMap<CustomerId, Customer>;
  readonly figures: SalesFigures;
}

/**
 * The For You page of a rep, a team, a territory or all customers. Default: the findings of the last nightly run. If it
 * ran for the last completed day, later events of today remove findings at once, but add none
 * (docs/reference/insights.md G2).
 */
export async function forYou(input: ForYouInput): Promise<Result<ForYouPage>> {
  const { tenant, store, now } = input;
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const { metric, windowDays } = input.lowest ?? usualLowest;
  if (metric === "gpPct" && !tenant.priceEditing)
    return refuse("price-editing-off", "GP% is shown only if price editing is enabled");
  const users: Users = new Map((await store.users()).map((user) => [user.userId, user]));
  const scope = resolveScope(input.scopeFilter, users, tenant);
  if (!scope.ok) return scope;
  // Before the record: a later nightly run forgets changes only after it has replaced the record.
  const changed = input.asOf === undefined ? await store.callList.changed() : NONE;
  if (input.asOf === undefined)
    await store.readAhead({
      asOf: lastCompletedDay(now, tenant.timeZone),
      scope: scopeName(scope.value),
      owners: scope.value.type === "rep" ? [scope.value.userId, undefined] : [],
    });
  const nightly = input.asOf === undefined ? await store.lastNightly() : undefined;
  const asOf = input.asOf ?? nightly?.asOf;
  if (asOf === undefined)
    return refuse(
      "no-nightly-run",
      `no nightly run has run for tenant ${tenant.tenantId} yet: run "regulars night --tenant ${tenant.tenantId}", or ask for a day with --as-of`,
    );
  const at = viewOfDay(asOf, tenant, now);
  if (!at.ok) return at;
  const kinds = input.catalog.configure(tenant);
  const measures = await measuresFor(store, asOf);
  const setAside = new CustomersSetAside(input.onUnreadable);
  const asked: Asked = { ...input, scope: scope.value, users, kinds, measures, setAside };
  const { findings, figures, customers } =
    nightly === undefined
      ? await answerOfDay(asked, { asOf })
      : await lastNightlyAnswer({ ...asked, nightly, changed }, at.value);
  const week = input.basis === "invoice" ? weeklyInvoices(figures, asOf, tenant) : weeklySales(figures, asOf, tenant);
  if (week === undefined)
    return refuse(
      "no-nightly-run",
      "the last nightly run added up no invoices: the next one will, and any past day can be asked for",
    );
  return ok({
    asOf,
    scope: scope.value,
    customers,
    forYou: {
      budget: tenant.maxAlertsPerRepPerDay,
      customersSetAside: setAside.count(nightly),
      ...rankFindings(findings, input.catalog),
    },
    insights: {
      weeklySales: week,
      lowestPerformers: lowestReport(figures, metric, windowDays, tenant),
    },
  });
}

/** Computes everything from the histories of the scope's customers. */
async function answerOfDay(asked: Asked, at: AsOf): Promise<Answer> {
  const ofDay = new FindingsOfDay(asked, at);
  const accumulator = new SalesAccumulator();
  const visit = (snapshot: CustomerSnapshot): void => {
    ofDay.evaluate(snapshot);
    accumulator.add(customerSales(snapshot.history));
  };
  await eachSnapshot(asked, at, visit, (snapshot) => ofDay.count(snapshot));
  return { findings: ofDay.findings(), figures: accumulator.figures(), customers: new Map() };
}

/** The findings that the last nightly run stored, without those removed since. */
async function lastNightlyAnswer(asked: Asked & Listing, at: AsOf): Promise<Answer> {
  const { store, scope, users, setAside } = asked;
  const findings: Finding[] = [];
  const customers = new Map<CustomerId, Customer>();
  const owners = scope.type === "rep" ? [scope.userId] : [...((await store.repsWithFindings()) ?? users.keys())];
  await eachListed(asked, {
    owners: [...owners, undefined],
    at,
    onUnreadable: setAside.add,
    isIn: (customer) => isInScope(customer, scope, users),
    attempt: (customerId, work) => void setAside.attempt(customerId, work),
    evaluateAll: (evaluate) =>
      scope.type === "rep"
        ? eachWithFindings(store, [...owners, undefined], at, evaluate, setAside.add)
        : eachSnapshot(asked, at, evaluate),
    visit: (customer, found) => {
      if (found.length > 0) customers.set(customer.customerId, customer);
      findings.push(...found);
    },
  });
  const figures = (await store.salesOf(scopeName(scope))) ?? new SalesAccumulator().figures();
  return { findings, figures, customers };
}

async function eachSnapshot(
  { store, scope, users, setAside }: Asked,
  at: AsOf,
  visit: (snapshot: CustomerSnapshot) => void,
  count: (snapshot: CustomerSnapshot) => void = () => undefined,
): Promise<void> {
  const see = (snapshot: CustomerSnapshot): void => {
    count(snapshot);
    if (isInScope(snapshot.customer, scope, users)) visit(snapshot);
  };
  await Promise.all(
    store.shards.map(async (shard) => {
      const options = { repair: false, onUnreadable: setAside.add };
      for await (const snapshot of store.snapshots(shard, at, options))
        setAside.attempt(snapshot.customer.customerId, () => see(snapshot));
    }),
  );
}
