import { actorId } from "@regulars/core/access/actor";
import type { FollowUpContext } from "@regulars/flows/monitors/follow-up-context";
import type { Customer } from "@regulars/core/customers/customer";
import type { Context } from "hono";
import { effectsOf } from "../../effects.ts";
import type { ApiEnv } from "../http/environment.ts";
import { Problem } from "../http/problem.ts";

/** What flows of follow-ups need of a request. */
export const followUpContextOf = (c: Context<ApiEnv>): FollowUpContext => {
  const { tenant, store, runtime } = c.var;
  const { clock, newId } = effectsOf(runtime.clock, runtime.elapsed);
  return { tenant, followUps: store.followUps, imports: store.imports, records: store.records, clock, newId };
};

export const byWhom = (c: Context<ApiEnv>): string => actorId(c.var.actor);

/** A key that only views makes and changes no follow-ups. */
export async function demandReview(c: Context<ApiEnv>, customer: Customer): Promise<void> {
  if ((await c.var.scope()).canReview(customer)) return;
  throw new Problem({
    status: 403,
    code: "not-allowed",
    detail: "this key reads follow-ups: to change them it needs insights.review",
  });
}
