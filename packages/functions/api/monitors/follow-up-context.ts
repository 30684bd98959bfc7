import { actorId } from "@regulars/core/access/actor";
import type { FollowUpContext } from "@regulars/flows/monitors/follow-up-context";
import type { Context } from "hono";
import { effectsOf } from "../../effects.ts";
import type { ApiEnv } from "../http/environment.ts";

/** What flows of follow-ups need of a request. */
export const followUpContextOf = (c: Context<ApiEnv>): FollowUpContext => {
  const { tenant, store, runtime } = c.var;
  const { clock, newId } = effectsOf(runtime.clock, runtime.elapsed);
  return { tenant, followUps: store.followUps, imports: store.imports, records: store.records, clock, newId };
};

export const byWhom = (c: Context<ApiEnv>): string => actorId(c.var.actor);
