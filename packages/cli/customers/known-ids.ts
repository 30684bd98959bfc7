import type { CustomerId } from "@regulars/core/platform/values";
import { unknownUserOf } from "@regulars/flows/customers/resolve-scope";
import type { OpenedTenant } from "@regulars/local/system";
import { UserError } from "@regulars/local/user-error";

/** Refuses ids that no user has: a mistyped one would look like somebody of whom there is nothing to show. */
export async function refuseUnknownUsers(
  { tenant: { tenantId }, store }: OpenedTenant,
  option: string,
  given: string | readonly string[] | undefined = [],
): Promise<void> {
  const userIds = typeof given === "string" ? [given] : given;
  if (userIds.length === 0) return;
  const known = new Set<string>((await store.nightly.users()).map(({ userId }) => userId));
  const unknown = userIds.find((userId) => !known.has(userId));
  if (unknown !== undefined) throw new UserError(`${option}: ${unknownUserOf(tenantId, unknown).message}`);
}

/** Refuses the id of no customer, for the same reason. */
export async function refuseUnknownCustomer(
  { tenant: { tenantId }, store }: OpenedTenant,
  option: string,
  customerId: CustomerId | undefined,
): Promise<void> {
  if (customerId === undefined || (await store.whoKnows.customer(customerId)) !== undefined) return;
  throw new UserError(`${option}: tenant ${tenantId} has no customer ${customerId}: check the id`);
}
