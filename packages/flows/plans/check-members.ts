import type { FieldRefusal } from "@regulars/core/plans/draft";
import type { Member } from "@regulars/core/plans/member";
import type { PlanStore } from "@regulars/core/plans/ports";
import { type Result, ok } from "@regulars/core/result";

/** Members are users of the tenant: each that is none is named with its place. */
export async function checkMembers(
  store: Pick<PlanStore, "users">,
  members: readonly Member[],
): Promise<
  | Result<undefined>
  | {
      readonly ok: false;
      readonly reason: "unusable-fields";
      readonly message: string;
      readonly fields: readonly FieldRefusal[];
    }
> {
  const users = await store.users(members.map(({ userId }) => userId));
  const fields = members.flatMap(({ userId }, i): FieldRefusal[] =>
    users.has(userId)
      ? []
      : [{ ok: false, reason: "unknown-user", message: `there is no user ${userId}`, path: `members[${i}].userId` }],
  );
  if (fields.length === 0) return ok(undefined);
  return { ok: false, reason: "unusable-fields", message: "some members are no users: see errors", fields };
}
