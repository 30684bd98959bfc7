import { actorId } from "@regulars/core/actor";
import { type HookDelivery, type hookActions, rootOf } from "@regulars/core/plans/hook-delivery";
import { planIdSchema } from "@regulars/core/plans/ids";
import { toInstant } from "@regulars/core/values";
import type { Context } from "hono";
import type { ApiEnv } from "./environment.ts";
import { answerAgain, mustBeStrict, requestKey } from "./hook-answers.ts";
import { senderScope } from "./plan-context.ts";
import { Problem, problemBody } from "./problem.ts";

const MOST_BODY = 65_536;

type HookAction = (typeof hookActions)[number];
interface Answered {
  readonly status: number;
  readonly body: { readonly dealId: string };
}

/** Does what a delivery asks, and notes in its sender's log what it was answered. */
export async function noted<T extends Answered>(
  c: Context<ApiEnv>,
  action: HookAction,
  work: () => Promise<T>,
  item?: { readonly lead: unknown; readonly key?: string | undefined; readonly nth: number },
): Promise<T> {
  const body = item === undefined ? await c.req.text() : JSON.stringify(item.lead);
  const requestId = item === undefined ? c.var.requestId : `${c.var.requestId}-${item.nth}`;
  const delivery = {
    requestId,
    actorId: actorId(c.var.actor),
    scope: senderScope(c.var.actor),
    action,
    planId: c.req.param("planId") ?? "",
    at: toInstant(c.var.runtime.clock()),
    body: body.slice(0, MOST_BODY),
    key: item === undefined ? requestKey(c) : item.key,
    ...(mustBeStrict(c) ? { isStrict: true } : {}),
  };
  return logged(c, delivery, work);
}

/** Sends a delivery again, and notes that too. */
export function replayed(c: Context<ApiEnv>, delivery: HookDelivery) {
  const { scope, action, planId, body, key, isStrict } = delivery;
  const again = {
    requestId: c.var.requestId,
    actorId: actorId(c.var.actor),
    scope,
    action,
    planId,
    at: toInstant(c.var.runtime.clock()),
    body,
    key,
    isStrict,
    isReplayOf: rootOf(delivery),
  };
  return logged(c, again, () => answerAgain(c, delivery));
}

async function logged<T extends Answered>(
  c: Context<ApiEnv>,
  delivery: Omit<HookDelivery, "status" | "problem" | "paths" | "dealId">,
  work: () => Promise<T>,
): Promise<T> {
  try {
    const answer = await work();
    await note(c, { ...delivery, status: answer.status, dealId: answer.body.dealId });
    return answer;
  } catch (error) {
    if (error instanceof Problem)
      await note(c, {
        ...delivery,
        status: error.status,
        problem: error.code,
        paths: error.errors.map(({ path }) => path.slice(0, 200)).slice(0, 20),
      });
    throw error;
  }
}

async function note(c: Context<ApiEnv>, delivery: HookDelivery): Promise<void> {
  const { store, tenant, runtime } = c.var;
  const planId = planIdSchema.safeParse(delivery.planId);
  // Nothing of a plan that is not this tenant's is kept.
  if (!planId.success || delivery.problem === "unknown-plan") return;
  await runtime.planRooms.roomOf(tenant.tenantId, planId.data).noteHook(delivery, store.plans);
}

/** A batch's item that was refused, as the problem it would have been by itself. */
export async function itemAnswer<T extends Answered>(
  c: Context<ApiEnv>,
  work: () => Promise<T>,
): Promise<{ readonly status: number; readonly body: object }> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { status: error.status, body: problemBody(error, c.var.requestId) };
  }
}
