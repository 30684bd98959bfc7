import type { Links } from "@regulars/core/messages/compose";
import { type CustomerId, type ItemId, type TenantId, customerIdSchema, itemIdSchema } from "@regulars/core/values";

/** Where the pages are; `origin` makes whole addresses, without one they are paths. */
export const addresses = (origin = ""): Links => ({
  finding: ({ tenantId, findingId }) => `${origin}/findings/${tenantId}/${encodeURIComponent(findingId)}`,
  rep: (tenantId, userId) => `${origin}${teamPath(tenantId)}/${userId}`,
});

/** The page of all reps of a tenant. */
export const teamPath = (tenantId: TenantId): string => `/for-you/${tenantId}`;

/** What a finding's id is made of. */
export interface FindingAddress {
  readonly kind: string;
  readonly customerId: CustomerId;
  readonly itemId?: ItemId | undefined;
}

/** The parts of `<kind>:<customer>` or `<kind>:<customer>:<item>`; undefined when it is none. */
export function parseFindingId(text: string): FindingAddress | undefined {
  const [kind = "", customer, item, ...more] = text.split(":");
  const customerId = customerIdSchema.safeParse(customer);
  const itemId = itemIdSchema.optional().safeParse(item);
  if (more.length > 0 || !customerId.success || !itemId.success) return undefined;
  return { kind, customerId: customerId.data, itemId: itemId.data };
}
