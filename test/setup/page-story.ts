import { builtInInsights } from "@regulars/core/insights/catalog";
import type { RankedList } from "@regulars/core/insights/rank";
import type { Order } from "@regulars/core/orders/order";
import type { Result } from "@regulars/core/platform/result";
import { type OrderStory, anOrder } from "@regulars/core/testing";
import type { SalesBasis } from "@regulars/core/sales-figures/invoiced";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { customerIdSchema, day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { type ForYouPage, type LowestChoice, forYou } from "@regulars/flows/insights/for-you";
import { type OrdersOfDay, ordersOfDay } from "@regulars/flows/insights/orders-of-day";
import type { Whose } from "@regulars/flows/customers/resolve-scope";
import { type NightStory, aNightStory } from "./night-story.ts";
import { aTenantStore } from "./tenant.ts";

const HOUR_MS = 3_600_000;

/** A tenant as the For You page meets it. */
export interface PageStory extends NightStory {
  /** Orders with their lines, ids made of customer and day unless told. */
  readonly sales: (
    customerId: string,
    orders: readonly (OrderStory & Partial<Pick<Order, "startedBy">>)[],
  ) => Promise<unknown>;
  /** The page as of the last night, asked at five in the morning (UTC) of the day after `asOf`. */
  readonly page: (asOf: string, ask?: PageQuestion) => Promise<ForYouPage>;
  readonly refusal: (asOf: string, ask?: PageQuestion) => Promise<string>;
  readonly ordersOn: (now: string, ask?: { readonly day?: string; readonly rep?: string }) => Promise<OrdersOfDay>;
}

export interface PageQuestion {
  readonly rep?: string;
  readonly team?: string;
  readonly territory?: string;
  /** Answered from the histories, in the place of what the last night stored. */
  readonly fromTruth?: boolean;
  readonly lowest?: LowestChoice;
  readonly basis?: SalesBasis;
  readonly tenant?: Partial<Tenant>;
}

/** The value of a result that is no refusal. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.reason}: ${result.message}`);
  return result.value;
}

export function aPageStory(told: Parameters<typeof aTenantStore>[0] = {}): PageStory {
  const story = aNightStory(aTenantStore(told));
  const { tenant, store } = story.bench;
  const ask = (asOf: string, question: PageQuestion = {}) =>
    forYou({
      tenant: { ...tenant, ...question.tenant },
      catalog: builtInInsights,
      store: store.night,
      whose: whoseOf(question),
      asOf: question.fromTruth === true ? day(asOf) : undefined,
      now: toInstant(Date.parse(asOf) + 29 * HOUR_MS),
      lowest: question.lowest,
      basis: question.basis,
    });
  return {
    ...story,
    sales: (customerId, orders) =>
      store.intake.saveOrders(
        orders.map(({ startedBy, ...order }, i) => ({
          ...anOrder({ orderId: `${customerId}-${order.on}-${i}`, ...order, customerId }),
          ...(startedBy === undefined ? {} : { startedBy }),
        })),
      ),
    page: async (asOf, question) => {
      const page = await ask(asOf, question);
      if (!page.ok) throw new Error(page.message);
      return page.value;
    },
    refusal: async (asOf, question) => {
      const page = await ask(asOf, question);
      return page.ok ? "none" : page.reason;
    },
    ordersOn: async (now, { day: on, rep } = {}) => {
      const found = await ordersOfDay({
        tenant,
        store: store.night,
        orders: store.orderDesk,
        whose: whoseOf(rep === undefined ? {} : { rep }),
        day: on === undefined ? undefined : day(on),
        now: toInstant(Date.parse(now)),
      });
      if (!found.ok) throw new Error(found.message);
      return found.value;
    },
  };
}

const whoseOf = ({ rep, team, territory }: PageQuestion): Whose => ({
  repId: rep === undefined ? undefined : userIdSchema.parse(rep),
  teamId: team,
  territoryId: territory,
});

/** A rep of a team and a territory. */
export const aRep = (
  userId: string,
  more: { readonly teamId?: string; readonly territoryId?: string; readonly phone?: string } = {},
) => ({
  userId: userIdSchema.parse(userId),
  name: `Rep ${userId}`,
  email: `${userId}@example.com`,
  role: "rep" as const,
  ...more,
});

export const aManager = (userId: string, more: { readonly teamId?: string; readonly territoryId?: string } = {}) => ({
  ...aRep(userId, more),
  role: "manager" as const,
});

export const idOf = (customerId: string) => customerIdSchema.parse(customerId);

/** The ranked findings' ids, with what is folded under each. */
export const rankedIds = ({ ranked }: Pick<RankedList, "ranked">): readonly string[] =>
  ranked.map(({ finding, folded }) => [finding.id, ...folded.map(({ id }) => id)].join(" > "));
