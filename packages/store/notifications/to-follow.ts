import { rowAs } from "@regulars/core/platform/unreadable-row";
import { randomUUID } from "node:crypto";
import type { PreferenceStore, PreferencesOwner } from "@regulars/core/notifications/preference-store";
import { userIdSchema } from "@regulars/core/platform/values";
import * as z from "zod";
import type { Operations } from "../engine/operations.ts";
import type { TransactWrite } from "../engine/transact-write.ts";
import type { Keys } from "../keys.ts";

const rowSchema = z.object({ userId: userIdSchema.optional(), token: z.string() });

const keyOf = (keys: Keys, owner: PreferencesOwner) =>
  owner.type === "tenant" ? keys.tenantToFollow() : keys.userToFollow(owner.userId);

/** The write of a change that what waits has to follow, for the transaction of the change. */
export const toFollowWrite = (keys: Keys, owner: PreferencesOwner): TransactWrite => ({
  Put: {
    Item: {
      ...keyOf(keys, owner),
      ...(owner.type === "tenant" ? {} : { userId: owner.userId }),
      token: randomUUID(),
    },
  },
});

/** The changes that what waits has not followed yet. */
export const changesToFollow = (
  operations: Operations,
  keys: Keys,
): Pick<PreferenceStore, "toFollow" | "followed"> => ({
  toFollow: async () => {
    const found = [];
    for await (const item of operations.partition(keys.preferencesToFollow())) {
      const { userId, token } = rowAs(rowSchema, item);
      found.push({
        owner: userId === undefined ? { type: "tenant" as const } : { type: "user" as const, userId },
        token,
      });
    }
    return found;
  },
  followed: async ({ owner, token }) =>
    void (await operations.delete(keyOf(keys, owner), {
      ConditionExpression: "#token = :token",
      ExpressionAttributeNames: { "#token": "token" },
      ExpressionAttributeValues: { ":token": token },
    })),
});
