import { isActive } from "@regulars/core/access/user";
import { type Result, ok } from "@regulars/core/platform/result";
import type { LowestReport, WeeklySales } from "@regulars/core/sales-figures/report";
import type { CustomerId, Instant } from "@regulars/core/platform/values";
import { type OrdersOfDay, ordersOfDay } from "@regulars/flows/insights/orders-of-day";
import { introductionsPath } from "../page/addresses.ts";
import { type RepList, type RepPageQuery, readRepList } from "./rep-list.ts";
import { SEES_TEAM, holdsOne } from "../page/needs.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** The page of one rep or of all reps, with the sections "For You" and "Insights". */
export interface RepPage extends RepList {
  /** `undefined` where the page is of nobody who could be asked, or of somebody else. */
  readonly introductionsPath: string | undefined;
  /** Whether they may see how right the rules were. */
  readonly seesBacktests: boolean;
  readonly week: WeeklySales;
  readonly lowest: LowestReport;
  /** Customer names of the lowest performers, by id. */
  readonly names: ReadonlyMap<CustomerId, string>;
  readonly orders: OrdersOfDay;
}

/** Reads the page of one rep, or of all reps without `user`. Orders are current, or of the day that is asked for. */
export async function readRepPage(
  opened: OpenTenant,
  user: string | undefined,
  query: RepPageQuery,
  now: Instant,
): Promise<Result<RepPage>> {
  const { tenant, store } = opened;
  const read = await readRepList(opened, user, query, now);
  if (!read.ok) return read;
  const { list, day, users, repId } = read.value;
  const shown = { scopeFilter: { repId }, day: query.day ?? query.asOf, now };
  const orders = await ordersOfDay({ tenant, store, orders: opened.orders, ...shown });
  if (!orders.ok) return orders;
  const { lowestPerformers: lowest, weeklySales: week } = day.insights;
  return ok({
    ...list,
    introductionsPath: users.some((one) => one.userId === repId && isActive(one) && (opened.userId ?? repId) === repId)
      ? introductionsPath(tenant.tenantId, repId ?? "")
      : undefined,
    seesBacktests: holdsOne(opened, SEES_TEAM),
    week,
    lowest,
    names: await namesOf(opened, lowest),
    orders: orders.value,
  });
}

async function namesOf({ store }: OpenTenant, { lowest, notComputable = [] }: LowestReport) {
  const ids = [...lowest, ...notComputable].map(({ customerId }) => customerId);
  const profiles = await store.profiles(ids);
  return new Map(ids.map((id) => [id, profiles.get(id)?.name ?? id]));
}
