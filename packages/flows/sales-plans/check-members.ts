import type { ItemError } from "@regulars/core/platform/field-error";
import type { Member } from "@regulars/core/sales-plans/member";
import type { SalesPlanStore } from "@regulars/core/assignment/sales-plan-store";
import { type Result, ok } from "@regulars/core/platform/result";

/** Members have to be users of the tenant: the errors have the place of each that is not. */
export async function checkMembers(
  store: Pick<SalesPlanStore, "users">,
  members: readonly Member[],
): Promise<
  | Result<undefined>
  | {
      readonly ok: false;
      readonly reason: "unusable-fields";
      readonly message: string;
      readonly errors: readonly ItemError[];
    }
> {
  const users = await store.users(members.map(({ userId }) => userId));
  const errors = members.flatMap(({ userId }, i): ItemError[] =>
    users.has(userId)
      ? []
      : [{ path: `members[${i}].userId`, code: "unknown-user", message: `there is no user ${userId}` }],
  );
  if (errors.length === 0) return ok(undefined);
  return { ok: false, reason: "unusable-fields", message: "some members are not users: see errors", errors };
}
