import { actorId } from "@regulars/core/access/actor";
import { type Action, type ThingOf, holds, may } from "@regulars/core/access/may";
import type { Right } from "@regulars/core/access/rights";
import type { Result } from "@regulars/core/platform/result";
import type { Context, MiddlewareHandler } from "hono";
import type { ApiEnv } from "../http/environment.ts";
import { Problem } from "../http/problem.ts";

/** Notes that a request has asked for a decision; the log has the decisions of each request. */
export const noteDecision = (c: Context<ApiEnv>, action: Action | Right): void => void c.var.decided.add(action);

/** Whether the caller may do something to a thing. Every route that reads or changes a thing asks this or `scope`. */
export function decide<A extends Action>(c: Context<ApiEnv>, action: A, thing: ThingOf<A>): boolean {
  noteDecision(c, action);
  return may(c.var.actor, action, thing);
}

/** A decision of core on one thing: noted, and a refusal also in the security log. */
export function decided<T>(c: Context<ApiEnv>, action: Action, subject: string, allowed: Result<T>): Result<T> {
  noteDecision(c, action);
  if (!allowed.ok) noteRefusal(c, action, subject);
  return allowed;
}

/** Refuses actors without any of these rights. */
export const demand =
  (...rights: readonly [Right, ...Right[]]): MiddlewareHandler<ApiEnv> =>
  async (c, next) => {
    for (const right of rights) noteDecision(c, right);
    if (!rights.some((right) => holds(c.var.actor, right)))
      throw new Problem({
        status: 403,
        code: "not-allowed",
        detail: `this needs the right ${rights.join(" or ")}, which ${actorId(c.var.actor)} does not have`,
      });
    await next();
  };

/** Logs to the security log that an actor tried something without the right to it. */
function noteRefusal(c: Context<ApiEnv>, action: string, subject: string): void {
  c.var.runtime.log.info("security", {
    what: "not-allowed",
    action,
    subject,
    tenantId: c.var.tenant.tenantId,
    actor: actorId(c.var.actor),
    requestId: c.var.requestId,
  });
}
