import { keyOfId } from "@regulars/core/platform/id-text";
import type { CustomerId, Day, OrderId } from "@regulars/core/platform/values";
import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

export const ordersKeys = (inFamily: InFamily) => ({
  orders: (customerId: CustomerId): string => inFamily(`O#${keyOfId(customerId)}`),
  order: (customerId: CustomerId, on: Day, orderId: OrderId): Key => ({
    pk: inFamily(`O#${keyOfId(customerId)}`),
    sk: `${on}#${keyOfId(orderId)}`,
  }),
  /** GSI1: orders that have not been placed yet. */
  drafts: (): string => inFamily("DRAFTS"),
});

export const ordersFates = { O: { kind: "orders", fate: "of-customer" } } as const satisfies FamilyFates;
