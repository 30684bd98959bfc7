import { actorId } from "@regulars/core/access/actor";
import { type InboundRequest, type inboundActions, rootOf } from "@regulars/core/leads/inbound-request";
import { planIdSchema } from "@regulars/core/platform/ids";
import { isDeeperThan } from "@regulars/core/sales-plans/custom-fields";
import { toInstant } from "@regulars/core/platform/values";
import type { Context, MiddlewareHandler } from "hono";
import type { ApiEnv } from "../http/environment.ts";
import { answerAgain, requiresStrict, requestKey } from "./inbound-answers.ts";
import { isMachines, senderScope } from "../sales-plans/context.ts";
import { Problem, problemBody } from "../http/problem.ts";

const MOST_BODY = 65_536;
const MOST_DEEP = 64;

type InboundAction = (typeof inboundActions)[number];
interface Answered {
  readonly status: number;
  readonly body: { readonly dealId: string };
}
type Asked = Omit<InboundRequest, "status" | "problem" | "paths" | "dealId">;
type Outcome = Pick<InboundRequest, "status" | "problem" | "paths" | "dealId">;

/**
 * Notes in its sender's log what a request to a plan asked and what it was answered, also of one that was refused before
 * its handler saw it. A dry run asks for nothing that could be sent again.
 */
export function noteInboundRequest(action: InboundAction): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const body = await c.req.text();
    await next();
    if (c.req.query("dryRun") === "true") return;
    const asked = { ...askedIn(c, action), requestId: c.var.requestId, body, key: keyIfUsable(c) };
    await note(c, asked, c.error === undefined ? { status: c.res.status, dealId: c.var.inboundDeal } : refusalOf(c));
  };
}

/** A lead of a batch: done by itself, noted by itself, and answered by itself, as a problem where it was refused. */
export async function notedItem<T extends Answered>(
  c: Context<ApiEnv>,
  item: { readonly lead: unknown; readonly key: string | undefined; readonly nth: number },
  work: () => Promise<T>,
): Promise<{ readonly status: number; readonly body: object }> {
  const requestId = `${c.var.requestId}-${item.nth}`;
  const asked = { ...askedIn(c, "leads.add"), requestId, body: textOf(item.lead), key: item.key };
  try {
    return await noted(c, asked, work);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { status: error.status, body: problemBody(error, c.var.requestId) };
  }
}

/** Sends a delivery again, and notes that too. */
export function replayed(c: Context<ApiEnv>, request: InboundRequest) {
  const { scope, action, planId, body, key, isStrict } = request;
  const { requestId } = c.var;
  const again = { ...askedIn(c, action), scope, planId, requestId, body, key, isStrict, isReplayOf: rootOf(request) };
  return noted(c, again, () => answerAgain(c, request));
}

/** A lead of a batch as text; one that is nested beyond all sense is refused, and not kept. */
const textOf = (lead: unknown): string => (isDeeperThan(lead, MOST_DEEP) ? "" : JSON.stringify(lead));

const askedIn = (c: Context<ApiEnv>, action: InboundAction) => ({
  actorId: actorId(c.var.actor),
  scope: senderScope(c.var.actor),
  action,
  planId: c.req.param("planId") ?? "",
  at: toInstant(c.var.runtime.clock()),
  ...(requiresStrict(c) ? { isStrict: true } : {}),
});

/** One that cannot be used is what the request was refused for. */
function keyIfUsable(c: Context<ApiEnv>): string | undefined {
  try {
    return requestKey(c);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

async function noted<T extends Answered>(c: Context<ApiEnv>, asked: Asked, work: () => Promise<T>): Promise<T> {
  try {
    const answer = await work();
    await note(c, asked, { status: answer.status, dealId: answer.body.dealId });
    return answer;
  } catch (error) {
    if (error instanceof Problem) await note(c, asked, outcomeOf(error));
    throw error;
  }
}

const outcomeOf = ({ status, code, errors }: Problem): Outcome => ({
  status,
  problem: code,
  paths: errors.slice(0, 20).map(({ path }) => path.slice(0, 200).toWellFormed()),
});

const refusalOf = ({ error, res }: Context<ApiEnv>): Outcome =>
  error instanceof Problem
    ? outcomeOf(error)
    : { status: res.status, problem: res.status < 500 ? "unusable-request" : "not-done" };

/** The answer stands whether it can be noted or not. */
async function note(c: Context<ApiEnv>, asked: Asked, outcome: Outcome): Promise<void> {
  const { store, tenant, runtime } = c.var;
  const planId = planIdSchema.safeParse(asked.planId);
  // Nothing of a plan that is not this tenant's is kept, and people have no log of deliveries.
  if (!planId.success || outcome.problem === "unknown-plan" || !isMachines(asked.scope)) return;
  const request = { ...asked, ...outcome, body: asked.body.slice(0, MOST_BODY).toWellFormed() };
  try {
    await runtime.leadBatchers
      .forPlan(tenant.tenantId, planId.data)
      .noteInboundRequest(request, store.sales.inboundRequests);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    runtime.log.error("delivery not noted", { requestId: asked.requestId, reason });
  }
}
