import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { UserId } from "@regulars/core/platform/values";

/** Refuses a task for somebody who is no user, on whose list nobody would find it. Nothing without a user. */
export async function unknownUser({ users }: Pick<NightlyStore, "users">, userId: UserId | undefined) {
  if (userId === undefined || (await users()).some((user) => user.userId === userId)) return undefined;
  const message = `there is no user ${userId}`;
  const errors = [{ path: "userId", code: "unknown-user", message }];
  return { ok: false as const, reason: "unusable-fields", message, errors };
}
