import { actorId } from "@regulars/core/access/actor";
import { holds } from "@regulars/core/access/may";
import { type UserId, userIdSchema } from "@regulars/core/platform/values";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { type ApiEnv, nowOf } from "../http/environment.ts";
import { refused } from "../http/problem.ts";
import { lookup } from "../http/schemas.ts";

/** Whether somebody may look at preferences at all. */
export const looksAtPreferences = demand(
  "users.manage",
  "insights.view_own",
  "insights.view_team",
  "insights.view_all",
);

/** The user in an address. */
export const ofUser = z.object({ userId: lookup("max").pipe(userIdSchema) });

/** The caller; a key is nobody who is told anything. */
export function selfOf({ var: { actor } }: Context<ApiEnv>): UserId {
  if (actor.type === "user") return actor.user.userId;
  throw refused({ reason: "not-allowed", message: "an API key has no preferences: name a user" });
}

/** A user whose preferences the caller may see and change; refused if they are somebody else's, or nobody's. */
export async function seenUser(c: Context<ApiEnv>, userId: UserId): Promise<UserId> {
  const { actor, store } = c.var;
  const isSelf = actor.type === "user" && actor.user.userId === userId;
  if (!isSelf && !holds(actor, "users.manage"))
    throw refused({
      reason: "not-allowed",
      message: "you see and change only your own preferences: others need users.manage",
    });
  if ((await store.user(userId)) === undefined)
    throw refused({ reason: "unknown-user", message: `there is no user "${userId}"` });
  return userId;
}

/** Says of a channel whether it is one of the tenant's Slack workspace; without Slack, nothing says it. */
export type OurChannelOf = (c: Context<ApiEnv>) => ((channel: string) => Promise<boolean>) | undefined;

/** What a change of preferences has of its request, whatever it changes. */
export const changeBy = (c: Context<ApiEnv>, ourChannelOf: OurChannelOf) => ({
  store: c.var.store,
  by: actorId(c.var.actor),
  now: nowOf(c),
  catalog: c.var.catalog,
  isOurChannel: ourChannelOf(c),
});
