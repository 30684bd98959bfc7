import * as z from "zod";
import { addDays, daysBetween, instantOf, isInOrder } from "../platform/period.ts";
import {
  type Currency,
  type Day,
  type Instant,
  type Minor,
  type UserId,
  currencySchema,
  daySchema,
  minorSum,
  userIdSchema,
} from "../platform/values.ts";
import { type BoardRow, searcherOf } from "./board-row.ts";
import { type StatusId, reasonIdSchema, statusIdSchema } from "../platform/ids.ts";

export const dateFields = ["created", "changed", "closed"] as const;
export const sortFields = ["created", "changed", "amount", "title"] as const;
export const sortOrders = ["ascending", "descending"] as const;
export type SortField = (typeof sortFields)[number];

/** Filter of a plan's deals; all given conditions must hold. */
export const dealFilterSchema = z
  .strictObject({
    statusIds: z.array(statusIdSchema).min(1).max(100).optional(),
    managerIds: z.array(userIdSchema).min(1).max(200).optional(),
    /** Only deals without a manager. */
    isUnassigned: z.boolean().optional(),
    /** The date that `from` and `to` filter by. */
    dateField: z.enum(dateFields).default("created"),
    /** First and last day, both included, in the tenant's zone. */
    from: daySchema.optional(),
    to: daySchema.optional(),
    reasonIds: z.array(reasonIdSchema).min(1).max(100).optional(),
    /** A substring of the title, name, e-mail address or phone number. */
    search: z.string().trim().min(1).max(100).optional(),
  })
  .refine(isInOrder, { path: ["to"], message: "is before from" });
export type DealFilter = Readonly<z.output<typeof dealFilterSchema>>;

/** The managers whose deals somebody may see; "all" includes deals without a manager. */
export type Visible = "all" | ReadonlySet<UserId>;

/** The longest filter that counters by day answer: five years. Longer ones are answered from the board rows. */
const MOST_DAYS = 1_827;

/**
 * What a query is answered from: `totals`, counters of the whole plan, by status, manager and reason; `days`, the same
 * by the deals' day of creation; or `rows`, every deal's row, for searches, other dates and other sort orders.
 */
export function answeredBy(
  { from, to, dateField, search }: DealFilter,
  sort: SortField,
  today: Day,
): "totals" | "days" | "rows" {
  if (sort !== "created" || search !== undefined) return "rows";
  if (from === undefined && to === undefined) return "totals";
  if (from === undefined || dateField !== "created") return "rows";
  return daysBetween(from, to ?? today) < MOST_DAYS ? "days" : "rows";
}

/**
 * Managers that both the filter and the visibility allow; `undefined` for all deals, `[null]` for only those without
 * a manager.
 */
export function managersOf(
  { managerIds, isUnassigned }: DealFilter,
  visible: Visible,
): readonly (UserId | null)[] | undefined {
  if (isUnassigned === true) return visible === "all" && managerIds === undefined ? [null] : [];
  const wanted = managerIds ?? (visible === "all" ? undefined : [...visible]);
  return wanted?.filter((userId) => visible === "all" || visible.has(userId));
}

/** The last day that can be represented; as an end it means no end. */
export const LAST_DAY = daySchema.parse("9999-12-31");

/** Half-open time range of a filter's days; a missing side is open. */
export function timesOf(
  { from, to }: { readonly from?: Day | undefined; readonly to?: Day | undefined },
  zone: string,
) {
  return {
    from: from === undefined ? undefined : instantOf(from, "00:00", zone),
    to: to === undefined || to >= LAST_DAY ? undefined : instantOf(addDays(to, 1), "00:00", zone),
  };
}

const dateOf: Readonly<Record<(typeof dateFields)[number], (row: BoardRow) => Instant | undefined>> = {
  created: ({ createdAt }) => createdAt,
  changed: ({ changedAt }) => changedAt,
  closed: ({ closedAt }) => closedAt,
};

/** A predicate of rows for a filter. Rows must have current statuses: deleted ones mapped to their replacement. */
export function rowFilterOf(filter: DealFilter, visible: Visible, zone: string): (row: BoardRow) => boolean {
  const { statusIds, reasonIds, search, dateField } = filter;
  const asked = managersOf(filter, visible);
  const managers = asked === undefined ? undefined : new Set(asked);
  const { from, to } = timesOf(filter, zone);
  const isFound = search === undefined ? undefined : searcherOf(search);
  const on = dateOf[dateField];
  const isInTime = (at: Instant | undefined): boolean =>
    at !== undefined && (from === undefined || at >= from) && (to === undefined || at < to);
  return (row) =>
    (statusIds === undefined || statusIds.includes(row.statusId)) &&
    (managers === undefined || managers.has(row.managerId ?? null)) &&
    (reasonIds === undefined || (row.reasonId !== undefined && reasonIds.includes(row.reasonId))) &&
    ((from === undefined && to === undefined) || isInTime(on(row))) &&
    (isFound === undefined || isFound(row));
}

/** A number of deals and their value, per currency (docs/reference/sales-plans.md 5.15). */
export interface DealTotal {
  readonly count: number;
  readonly sums: Readonly<Record<Currency, Minor>>;
}

export const nothing: DealTotal = { count: 0, sums: {} };

/** The sum of two totals. Currencies are never added to each other. */
export function addTotals(a: DealTotal, b: DealTotal): DealTotal {
  const sums: Record<Currency, Minor> = { ...a.sums };
  for (const [code, sum] of Object.entries(b.sums)) {
    const currency = currencySchema.parse(code);
    sums[currency] = minorSum((sums[currency] ?? 0) + sum);
  }
  return { count: a.count + b.count, sums };
}

/** Totals of rows, by status. */
export function dealTotalsOf(rows: readonly BoardRow[]): Map<StatusId, DealTotal> {
  const counts = new Map<StatusId, { count: number; sums: Record<Currency, Minor> }>();
  for (const { statusId, amountMinor, currency } of rows) {
    const total = counts.get(statusId) ?? { count: 0, sums: {} };
    total.count += 1;
    total.sums[currency] = minorSum((total.sums[currency] ?? 0) + amountMinor);
    counts.set(statusId, total);
  }
  return counts;
}

/** A row's position in a sort order: a value, and the id where values are equal. */
export interface SortPlace {
  readonly value: string | number;
  readonly dealId: string;
}

export const placeOf = (row: BoardRow, sort: SortField): SortPlace => ({
  value: sortValues[sort](row),
  dealId: row.dealId,
});

const sortValues: Readonly<Record<SortField, (row: BoardRow) => string | number>> = {
  created: ({ createdAt }) => createdAt,
  changed: ({ changedAt }) => changedAt,
  amount: ({ amountMinor }) => amountMinor,
  title: ({ title }) => title,
};

/** Before (-1) or after (1) in ascending order. */
export const comparePlaces = (a: SortPlace, b: SortPlace): number => {
  if (a.value !== b.value) {
    if (typeof a.value === "string" && typeof b.value === "string") return a.value < b.value ? -1 : 1;
    return Number(a.value) - Number(b.value);
  }
  return a.dealId < b.dealId ? -1 : a.dealId > b.dealId ? 1 : 0;
};

/** A page of sorted rows after a position, and whether more follow. */
export function pageOfRows(
  rows: readonly BoardRow[],
  {
    sort,
    isAscending,
    after,
    limit,
  }: {
    readonly sort: SortField;
    readonly isAscending: boolean;
    readonly after?: SortPlace | undefined;
    readonly limit: number;
  },
): { readonly page: readonly BoardRow[]; readonly isMore: boolean } {
  const sign = isAscending ? 1 : -1;
  const isBefore = (a: SortPlace, b: SortPlace): boolean => sign * comparePlaces(a, b) < 0;
  // Keeps only the page's rows sorted, so that 100,000 rows need no full sort.
  const first: { readonly row: BoardRow; readonly place: SortPlace }[] = [];
  for (const row of rows) {
    const place = placeOf(row, sort);
    if (after !== undefined && !isBefore(after, place)) continue;
    const last = first[limit];
    if (last !== undefined && !isBefore(place, last.place)) continue;
    const at = first.findLastIndex((one) => isBefore(one.place, place)) + 1;
    first.splice(at, 0, { row, place });
    if (first.length > limit + 1) first.pop();
  }
  return { page: first.slice(0, limit).map(({ row }) => row), isMore: first.length > limit };
}
