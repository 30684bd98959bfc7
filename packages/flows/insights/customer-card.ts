import type { Finding } from "@regulars/core/insights/finding";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Order } from "@regulars/core/orders/order";
import { lastCompletedDay } from "@regulars/core/platform/period";
import type { Customer } from "@regulars/core/customers/customer";
import type { Person } from "@regulars/core/customers/person";
import type { DocumentStore } from "@regulars/core/imports/record-store";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type Day, type Instant, customerIdSchema } from "@regulars/core/platform/values";
import { listFindings } from "./list-findings.ts";

/** Everything that a caller sees of one customer. */
export interface CustomerCard {
  readonly customer: Customer;
  readonly persons: readonly Person[];
  /** The newest ten, of any status. */
  readonly recentOrders: readonly Order[];
  readonly asOf: Day | undefined;
  readonly findings: readonly Finding[];
}

interface CardInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly store: Pick<NightlyStore, "personsOf"> & Parameters<typeof listFindings>[0]["store"];
  readonly documents: Pick<DocumentStore, "recentOrders">;
  readonly customer: Customer;
  readonly asOf?: Day | undefined;
  readonly now: Instant;
}

const RECENT_ORDERS = 10;
/**
 * With these refusals the card is shown without findings: before the first nightly run, and if the edition has none.
 */
const WITHOUT_FINDINGS: readonly string[] = ["no-nightly-run", "feature-not-in-edition"];

/** A customer's card. The caller has checked that the customer is visible. */
export async function customerCard(input: CardInput): Promise<Result<CustomerCard>> {
  const { store, documents, customer } = input;
  const { customerId } = customer;
  const [persons, orders, list] = await Promise.all([
    store.personsOf(customerId),
    documents.recentOrders(customerId, { limit: RECENT_ORDERS }),
    listFindings({ ...input, filter: { customerId } }),
  ]);
  if (!list.ok && !WITHOUT_FINDINGS.includes(list.reason)) return list;
  const { asOf, findings } = list.ok ? list.value : { asOf: undefined, findings: [] };
  return ok({ customer, persons, recentOrders: orders.documents, asOf, findings });
}

/** Reads in one call what a card, and looking whether its customer is visible, ask for one after the other. */
export function readCardAhead(
  store: Pick<NightlyStore, "readAhead">,
  { timeZone }: Tenant,
  given: string,
  now: Instant,
): Promise<void> {
  const customerId = customerIdSchema.safeParse(given);
  return store.readAhead({ asOf: lastCompletedDay(now, timeZone), customerId: customerId.data });
}

/** The customer does not exist, or is not visible to the caller. */
export const unknownCustomer = (customerId: string) => refuse("unknown-customer", `there is no customer ${customerId}`);
