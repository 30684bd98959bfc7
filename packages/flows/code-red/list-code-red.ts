import type { ComparedCustomer } from "@regulars/core/code-red/call-list";
import type { CodeRedStore } from "@regulars/core/code-red/code-red-store";
import { type CodeRedRow, type ListView, compareRows, isShown, rowOf } from "@regulars/core/code-red/list";
import type { IgnoreStamp } from "@regulars/core/code-red/ignore";
import { codeRedSettingsOf } from "@regulars/core/code-red/tenant-settings";
import type { CodeRedSettings, TriedSettings } from "@regulars/core/code-red/settings";
import { recentlyContacted } from "@regulars/core/code-red/recent";
import type { Customer } from "@regulars/core/customers/customer";
import { type Users, ownerIdOf } from "@regulars/core/customers/list-scope";
import type { Scope } from "@regulars/core/customers/visible-customers";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { addDays, lastCompletedDay } from "@regulars/core/platform/period";
import { type Result, ok } from "@regulars/core/platform/result";
import type { CustomerId, Day, Instant } from "@regulars/core/platform/values";
import type { SetAsideCustomer } from "@regulars/core/snapshots/unreadable-customer";
import { viewOfDay } from "@regulars/core/snapshots/as-of";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { comparedTenant } from "./call-list.ts";
import { type ComparedTenant, morningAfter } from "./compare-customers.ts";

/** The customers that are asked for: any of the values of a filter, and all filters that are given. */
export interface CodeRedFilter {
  readonly assignedUserIds?: readonly string[] | undefined;
  readonly repIds?: readonly string[] | undefined;
  readonly teamIds?: readonly string[] | undefined;
  readonly territoryIds?: readonly string[] | undefined;
  readonly onlyRed?: boolean | undefined;
  readonly onlyConfirmed?: boolean | undefined;
  readonly showIgnored?: boolean | undefined;
}

/** Of what tenant, for whom, by which settings and of which day. */
export interface CodeRedInput {
  readonly tenant: Tenant;
  readonly store: NightlyStore;
  readonly codeRed: CodeRedStore;
  /** The customers that the reader may see. */
  readonly scope: Pick<Scope, "canSee">;
  readonly view: ListView;
  /** Settings that are tried without being saved. */
  readonly settings?: TriedSettings | undefined;
  readonly asOf?: Day | undefined;
  readonly now: Instant;
}

interface ListInput extends CodeRedInput {
  readonly filter: CodeRedFilter;
}

/** A row with its customer's profile of today. */
export interface ListedRow extends CodeRedRow {
  readonly customer: Customer;
}

export interface CodeRedList {
  readonly asOf: Day;
  readonly compared: ComparedTenant;
  readonly rows: readonly ListedRow[];
  readonly counts: {
    readonly customers: number;
    readonly red: number;
    readonly confirmed: number;
    readonly ignored: number;
    readonly recentlyContacted: number;
  };
  /** Lines or invoices of these customers' compared periods without an exchange rate: they are in no value. */
  readonly withoutRate: number;
  readonly setAside: readonly SetAsideCustomer[];
}

/** The call list of Code Red on a day (docs/reference/code-red.md): by default that of the last nightly run. */
export async function listCodeRed(input: ListInput): Promise<Result<CodeRedList>> {
  const day = await dayOf(input);
  if (!day.ok) return day;
  const asOf = day.value;
  const { tenant, store, codeRed, view } = input;
  const settings = codeRedSettingsOf(tenant, input.settings);
  const compared = await comparedTenant({ tenant, store, asOf, settings });
  const users: Users = new Map((await store.users()).map((user) => [user.userId, user]));
  const stamps = Map.groupBy(await codeRed.ignores(), ({ customerId }) => customerId);
  const seen = [...compared.customers.values()].filter(
    ({ customer }) => input.scope.canSee(customer) && isAskedFor(customer, input.filter, users),
  );
  const plain = plainRowsOf(compared, asOf);
  const rows = seen.map((one): ListedRow => {
    const { customerId } = one.customer;
    const own = stamps.get(customerId);
    const row = own === undefined ? plain.get(customerId) : undefined;
    return row ?? listedRow(one, { compared, asOf, stamps: own ?? [], view });
  });
  const wanted = rows.filter((row) => isWanted(row, input.filter));
  const shown = await withoutQuoted(wanted, { codeRed, settings, asOf });
  return ok({
    asOf,
    compared,
    rows: shown.filter(({ recent }) => recent === undefined).toSorted(compareRows),
    counts: countsOf(rows, new Map(shown.map((row) => [row.customerId, row]))),
    withoutRate: rows.reduce((sum, row) => sum + row.withoutRate, 0),
    setAside: compared.setAside,
  });
}

interface Given {
  readonly compared: ComparedTenant;
  readonly asOf: Day;
  readonly stamps: readonly IgnoreStamp[];
  readonly view: ListView;
}

function listedRow({ customer, compared, lastRecords }: ComparedCustomer, given: Given): ListedRow {
  const { customerId } = customer;
  const { plan, book } = given.compared;
  const row = rowOf({ customerId, compared, stamps: given.stamps, lastRecords }, plan, given.asOf, book, given.view);
  return { ...row, customer };
}

/** The rows of a tenant's comparisons before anybody has ignored one. */
const plainRows = new WeakMap<ComparedTenant, ReadonlyMap<CustomerId, ListedRow>>();

function plainRowsOf(compared: ComparedTenant, asOf: Day): ReadonlyMap<CustomerId, ListedRow> {
  let rows = plainRows.get(compared);
  if (rows === undefined) {
    const given = { compared, asOf, stamps: [], view: {} };
    rows = new Map([...compared.customers].map(([customerId, one]) => [customerId, listedRow(one, given)]));
    plainRows.set(compared, rows);
  }
  return rows;
}

/** The day that is asked for, else that of the last nightly run, else the last completed one. */
export async function dayOf({
  tenant,
  store,
  asOf,
  now,
}: Pick<ListInput, "tenant" | "asOf" | "now"> & { readonly store: Pick<NightlyStore, "lastNightly"> }): Promise<
  Result<Day>
> {
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const on = asOf ?? (await store.lastNightly())?.asOf ?? lastCompletedDay(now, tenant.timeZone);
  const at = viewOfDay(on, tenant, now);
  return at.ok ? ok(on) : at;
}

/** OR inside a filter, AND across filters. A team and territory are the customer's own, else the owner's. */
function isAskedFor(customer: Customer, filter: CodeRedFilter, users: Users): boolean {
  const ownerId = ownerIdOf(customer, (userId) => users.has(userId));
  const owner = ownerId === undefined ? undefined : users.get(ownerId);
  return (
    isAmong(filter.assignedUserIds, customer.assignedUserId) &&
    isAmong(filter.repIds, customer.repId) &&
    isAmong(filter.teamIds, customer.teamId ?? owner?.teamId) &&
    isAmong(filter.territoryIds, customer.territoryId ?? owner?.territoryId)
  );
}

const isAmong = (wanted: readonly string[] | undefined, value: string | undefined): boolean =>
  wanted === undefined || wanted.length === 0 || (value !== undefined && wanted.includes(value));

const isWanted = (row: CodeRedRow, { onlyRed, onlyConfirmed, showIgnored }: CodeRedFilter): boolean =>
  (onlyRed !== true || row.isRed) &&
  (onlyConfirmed !== true || row.isConfirmed) &&
  (showIgnored === true || isShown(row));

/** Marks rows of customers with a recent quote; quotes are read only when they exclude and nothing else does. */
async function withoutQuoted(
  rows: readonly ListedRow[],
  given: { readonly codeRed: CodeRedStore; readonly settings: CodeRedSettings; readonly asOf: Day },
): Promise<readonly ListedRow[]> {
  const { codeRed, settings, asOf } = given;
  const days = settings.excludeQuoteDays;
  if (days === null) return rows;
  const today = morningAfter(asOf);
  return mapConcurrent(rows, async (row) => {
    if (row.recent !== undefined) return row;
    const quote = await codeRed.lastQuoteOf(row.customerId, addDays(today, 1 - days), today);
    return { ...row, recent: recentlyContacted(quote === undefined ? {} : { quote }, today, settings) };
  });
}

/** Counts of the customers that are asked for; "only red" and "only confirmed" do not change them. */
function countsOf(all: readonly ListedRow[], marked: ReadonlyMap<string, ListedRow>): CodeRedList["counts"] {
  const shown = all.filter(isShown).map((row) => marked.get(row.customerId) ?? row);
  const toCall = shown.filter(({ recent }) => recent === undefined);
  return {
    customers: all.length,
    red: toCall.filter(({ isRed }) => isRed).length,
    confirmed: toCall.filter(({ isConfirmed }) => isConfirmed).length,
    ignored: all.length - shown.length,
    recentlyContacted: shown.length - toCall.length,
  };
}
