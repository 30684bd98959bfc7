import { actorId } from "@regulars/core/access/actor";
import { type Action, type ThingOf, holds, may } from "@regulars/core/access/may";
import type { Right } from "@regulars/core/access/rights";
import type { Result } from "@regulars/core/platform/result";
import type { Context, MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { ApiEnv } from "../http/environment.ts";
import { Problem } from "../http/problem.ts";

/** Notes that a request has asked for a decision. */
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

/** Routes that show only what the credentials say. */
const ABOUT_THE_CALLER = new Set(["/v1/me"]);

/** The decisions of which a route with this parameter asks at least one. `ingest.write` reaches every document. */
const BY_PARAMETER: Readonly<Record<string, readonly string[]>> = {
  planId: ["plan.reach"],
  dealId: ["deal.see", "deal.edit", "deal.overrule"],
  personId: ["person.see", "customer.see"],
  customerId: ["customer.see"],
  findingId: ["customer.see"],
  orderId: ["customer.see", "ingest.write"],
  invoiceId: ["customer.see", "ingest.write"],
  followUpId: ["customer.see"],
  recordId: ["ingest.write"],
  operationId: ["plan.see_all"],
};

/** Answers nothing for a route that has not asked whether the caller may: it is a fault of the program. */
export const insistOnDecision: MiddlewareHandler<ApiEnv> = async (c, next) => {
  await next();
  const route = routePath(c, -1);
  if (!c.res.ok || ABOUT_THE_CALLER.has(route)) return;
  const missing = [...route.matchAll(/:(\w+)/g)].find(
    ([, name = ""]) => BY_PARAMETER[name]?.every((action) => !c.var.decided.has(action)) === true,
  );
  if (c.var.decided.size === 0 || missing !== undefined)
    throw new Error(`${c.req.method} ${route} does not ask whether its caller may`);
};

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

/** Whoever may look at insights, of whatever customers: the things themselves are decided one by one. */
export const looks = demand("insights.view_own", "insights.view_team", "insights.view_all");

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
