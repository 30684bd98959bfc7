import type { Customer } from "@regulars/core/customers/customer";
import { cutText } from "@regulars/core/platform/cut-text";
import { type CustomerId, customerIdSchema } from "@regulars/core/platform/values";
import { unknownCustomer } from "@regulars/flows/insights/customer-card";
import type { Context } from "hono";
import type { ApiEnv } from "../http/environment.ts";
import { type Problem, refused } from "../http/problem.ts";

/** A customer visible to the actor. Unknown and invisible ones get the same refusal. */
export async function seenCustomer(
  c: Context<ApiEnv>,
  given: string,
  otherwise: () => Problem = () => refused(unknownCustomer(cutText(given, 200))),
): Promise<Customer> {
  const customerId = customerIdSchema.safeParse(given);
  if (!customerId.success) throw otherwise();
  const profiles = await c.var.store.nightly.profiles([customerId.data]);
  // A customer may have documents before its own record is imported.
  const customer = profiles.get(customerId.data) ?? { customerId: customerId.data };
  const scope = await c.var.scope();
  if (!scope.canSee(customer) || (!profiles.has(customerId.data) && !(await hasDocuments(c, customer))))
    throw otherwise();
  return customer;
}

/** Whether the actor may see a customer that is stored. */
export async function seesCustomer(c: Context<ApiEnv>, customerId: CustomerId): Promise<boolean> {
  const customer = (await c.var.store.nightly.profiles([customerId])).get(customerId) ?? { customerId };
  return (await c.var.scope()).canSee(customer);
}

async function hasDocuments(c: Context<ApiEnv>, { customerId }: Customer): Promise<boolean> {
  const { recentOrders, recentInvoices } = c.var.store.documents;
  const pages = await Promise.all([recentOrders(customerId, { limit: 1 }), recentInvoices(customerId, { limit: 1 })]);
  return pages.some(({ documents }) => documents.length > 0);
}
