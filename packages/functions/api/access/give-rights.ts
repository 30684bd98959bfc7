import { actorId } from "@regulars/core/access/actor";
import { fieldBeyond } from "@regulars/core/access/standing";
import type { User } from "@regulars/core/access/user";
import type { ImportStore } from "@regulars/core/imports/import-store";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { Context } from "hono";
import { noteDecision } from "./decide.ts";
import type { ApiEnv } from "../http/environment.ts";
import { stampOf } from "../http/stamp.ts";

/** Why the caller may not save a user like this: nobody gives rights that they do not have. */
export function beyondRights(c: Context<ApiEnv>, before: User | undefined, after: User): ItemError | undefined {
  noteDecision(c, "rights.give");
  const path = fieldBeyond(c.var.actor, before, after);
  if (path === undefined) return undefined;
  const message = `would give ${after.userId} rights that ${actorId(c.var.actor)} does not have`;
  return { path, code: "not-allowed", message };
}

/** Saves the users of a batch, except those who would get rights that the caller does not have. */
export const savingUsers =
  (c: Context<ApiEnv>): ImportStore["saveUsers"] =>
  async (users, keep = [], note) => {
    const { imports, nightly } = c.var.store;
    const known = new Map((await nightly.users()).map((user) => [user.userId, user]));
    const notApplied = new Map<User, ItemError>();
    for (const user of users) {
      const before = known.get(user.userId);
      const role = before !== undefined && keep.includes("role") ? before.role : user.role;
      const { dealRights, isActive } = before ?? {};
      const beyond = beyondRights(c, before, { ...user, role, dealRights, isActive });
      if (beyond !== undefined) notApplied.set(user, beyond);
    }
    const counts = await imports.saveUsers(
      users.filter((user) => !notApplied.has(user)),
      keep,
      note,
      stampOf(c),
    );
    return { ...counts, notApplied };
  };
