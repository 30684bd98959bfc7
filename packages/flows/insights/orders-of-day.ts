import type { OnUnreadable } from "@regulars/core/snapshots/unreadable-customer";
import { type Order, type OrderLine, isEffective, isPlaced } from "@regulars/core/orders/order";
import { localDay } from "@regulars/core/platform/period";
import type { Customer } from "@regulars/core/customers/customer";
import type { User } from "@regulars/core/access/user";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { OrderQueries } from "@regulars/core/orders/order-queries";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type ListScope, type Users, isInScope } from "@regulars/core/customers/list-scope";
import type { Tenant } from "@regulars/core/tenants/tenant";
import {
  type Currency,
  type CustomerId,
  type Day,
  type Instant,
  type ItemId,
  type Minor,
  type OrderId,
  type UserId,
  minorSum,
} from "@regulars/core/platform/values";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import { customersSince } from "./customers-since.ts";
import { type ScopeFilter, resolveScope } from "../customers/resolve-scope.ts";

/** The orders of one day. */
export interface OrdersOfDay {
  readonly day: Day;
  /** Whether the day is today: then drafts of all days are included. */
  readonly isCurrent: boolean;
  /** The latest first. */
  readonly orders: readonly OrderCard[];
  /** Net value of the placed orders, in the base currency. */
  readonly placedMinor: Minor;
  readonly currency: Currency;
}

/** An order with what a rep needs to call about it. */
export interface OrderCard {
  readonly orderId: OrderId;
  readonly customerId: CustomerId;
  readonly customerName: string;
  readonly status: string;
  readonly isDraft: boolean;
  readonly placedAt: Instant;
  readonly placedOn: Day;
  readonly lines: readonly OrderCardLine[];
  /** Net value of the lines in the base currency; null if a line has no price or no rate. */
  readonly totalMinor: Minor | null;
  /** The employee who started it, with their phone number. */
  readonly startedBy: { readonly userId: UserId; readonly name: string; readonly phone: string | null } | null;
}

interface OrderCardLine {
  readonly itemId: ItemId;
  readonly itemName: string;
  readonly kind: OrderLine["kind"];
  readonly quantity: number;
  readonly netMinor: Minor | null;
}

interface OrdersInput {
  readonly tenant: Tenant;
  readonly store: NightlyStore;
  readonly orders: OrderQueries;
  readonly scopeFilter: ScopeFilter;
  /** Default: today, the only live day of any list (docs/reference/insights.md 2.4). */
  readonly day?: Day | undefined;
  readonly now: Instant;
  /** Told of customers with unreadable data; the answer is without them. */
  readonly onUnreadable?: OnUnreadable | undefined;
}

interface Asked extends OrdersInput {
  readonly scope: ListScope;
  readonly users: Users;
}

/** With more customers to look at than this, a rep's own are listed first. */
const MOST_SINCE = 100;

/** Current orders (drafts, and orders placed today in the tenant's zone), or the orders of a past day. */
export async function ordersOfDay(input: OrdersInput): Promise<Result<OrdersOfDay>> {
  const { tenant, store, now } = input;
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const today = localDay(now, tenant.timeZone);
  const day = input.day ?? today;
  if (day > today) return refuse("not-yet", `${day} has not come yet: today is ${today} in ${tenant.timeZone}`);
  const users: Users = new Map((await store.users()).map((user) => [user.userId, user]));
  const scope = resolveScope(input.scopeFilter, users, tenant);
  if (!scope.ok) return scope;
  const asked: Asked = { ...input, scope: scope.value, users };
  const placed = await placedOn(asked, day);
  const drafts = day === today ? await draftsIn(asked) : [];
  const cards = await cardsOf(asked, [...drafts, ...placed]);
  return ok({
    day,
    isCurrent: day === today,
    orders: cards.toSorted(byTime),
    placedMinor: minorSum(placed.filter(isEffective).reduce((total, order) => total + (totalOf(order) ?? 0), 0)),
    currency: tenant.currency,
  });
}

const byTime = (a: OrderCard, b: OrderCard): number =>
  a.placedAt === b.placedAt ? (a.orderId < b.orderId ? -1 : 1) : a.placedAt > b.placedAt ? -1 : 1;

/** Sales placed on a day, of any status except drafts and deleted ones. */
async function placedOn(asked: Asked, day: Day): Promise<Order[]> {
  const customers = await customersOn(asked, day);
  const found = await mapConcurrent(customers, async (customerId) => {
    const orders: Order[] = [];
    for await (const order of asked.orders.ofDay(customerId, day)) if (isPlaced(order)) orders.push(order);
    return orders;
  });
  return found.flat();
}

/** The customers to read: those that may have orders of the day, where that is known. */
async function customersOn(asked: Asked, day: Day): Promise<readonly CustomerId[]> {
  const { store, scope, users } = asked;
  const since = await customersSince(store, day);
  if (since === undefined || (scope.type === "rep" && since.size > MOST_SINCE)) {
    const all = await allCustomersOn(asked, day);
    return since === undefined ? all : all.filter((customerId) => since.has(customerId));
  }
  const profiles = await store.profiles([...since]);
  return [...since].filter((customerId) => isInScope(profiles.get(customerId) ?? {}, scope, users));
}

const skip = (): void => undefined;

/** All of a rep's customers; for wider scopes those with a document on the day. */
async function allCustomersOn(
  { store, orders, scope, users, onUnreadable = skip }: Asked,
  day: Day,
): Promise<readonly CustomerId[]> {
  const found = new Set<CustomerId>();
  const note = (customer: Customer): void => {
    if (isInScope(customer, scope, users)) found.add(customer.customerId);
  };
  if (scope.type === "rep") {
    for (const userId of [scope.userId, undefined])
      for await (const customer of orders.customersOf(userId)) note(customer);
    return [...found];
  }
  for (const shard of store.shards)
    for await (const { customer, history } of store.snapshots(shard, { asOf: day }, { repair: false, onUnreadable }))
      if (history.documents.day[history.documents.count - 1] === history.asOf && history.documents.count > 0)
        note(customer);
  return [...found];
}

async function draftsIn({ store, orders, scope, users }: Asked): Promise<Order[]> {
  const drafts: Order[] = [];
  for await (const draft of orders.drafts()) drafts.push(draft);
  const profiles = await store.profiles([...new Set(drafts.map(({ customerId }) => customerId))]);
  return drafts.filter(({ customerId }) => isInScope(profiles.get(customerId) ?? {}, scope, users));
}

async function cardsOf({ store, users }: Asked, orders: readonly Order[]): Promise<OrderCard[]> {
  const names = await store.itemNames([...new Set(orders.flatMap(({ lines }) => lines.map(({ itemId }) => itemId)))]);
  const profiles = await store.profiles([...new Set(orders.map(({ customerId }) => customerId))]);
  return orders.map((order) => ({
    orderId: order.orderId,
    customerId: order.customerId,
    customerName: profiles.get(order.customerId)?.name ?? order.customerId,
    status: order.status,
    isDraft: order.status === "draft",
    placedAt: order.orderedAt,
    placedOn: order.orderedOn,
    lines: order.lines.map(({ itemId, kind, quantity, netMinor }) => ({
      itemId,
      itemName: names.get(itemId) ?? itemId,
      kind,
      quantity,
      netMinor: netMinor ?? null,
    })),
    totalMinor: totalOf(order) ?? null,
    startedBy: order.startedBy === undefined ? null : starterOf(order.startedBy, users.get(order.startedBy)),
  }));
}

const starterOf = (userId: UserId, user: User | undefined) => ({
  userId,
  name: user?.name ?? userId,
  phone: user?.phone ?? null,
});

function totalOf({ lines }: Order): Minor | undefined {
  let total = 0;
  for (const { netMinor } of lines) {
    if (netMinor === undefined) return undefined;
    total += netMinor;
  }
  return minorSum(total);
}
