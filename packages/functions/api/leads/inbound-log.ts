import { actorId } from "@regulars/core/access/actor";
import { type InboundRequest, type inboundActions, rootOf } from "@regulars/core/leads/inbound-request";
import { planIdSchema } from "@regulars/core/platform/ids";
import { isDeeperThan } from "@regulars/core/sales-plans/custom-fields";
import type { Context, MiddlewareHandler } from "hono";
import { type ApiEnv, nowOf } from "../http/environment.ts";
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
 * Logs a request to a plan with its answer in its sender's log, also if it was refused before its handler. Dry runs are
 * not logged: they cannot be replayed.
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

/** A lead of a batch: processed, logged and answered independently; a refusal is answered as a problem. */
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

/** Replays an inbound request, and logs the replay too. */
export function replayed(c: Context<ApiEnv>, request: InboundRequest) {
  const { scope, action, planId, body, key, isStrict } = request;
  const { requestId } = c.var;
  const again = { ...askedIn(c, action), scope, planId, requestId, body, key, isStrict, isReplayOf: rootOf(request) };
  return noted(c, again, () => answerAgain(c, request));
}

/** A lead of a batch as text; one that is nested too deeply is refused and not stored. */
const textOf = (lead: unknown): string => (isDeeperThan(lead, MOST_DEEP) ? "" : JSON.stringify(lead));

const askedIn = (c: Context<ApiEnv>, action: InboundAction) => ({
  actorId: actorId(c.var.actor),
  scope: senderScope(c.var.actor),
  action,
  planId: c.req.param("planId") ?? "",
  at: nowOf(c),
  ...(requiresStrict(c) ? { isStrict: true } : {}),
});

/** `undefined` for an invalid key: the request was refused because of it. */
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

/** Failure to log does not change the answer. */
async function note(c: Context<ApiEnv>, asked: Asked, outcome: Outcome): Promise<void> {
  const { store, tenant, runtime } = c.var;
  const planId = planIdSchema.safeParse(asked.planId);
  // Nothing is logged for plans of other tenants, nor for users: they have no log of inbound requests.
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
