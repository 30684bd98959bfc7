import { actorId } from "@regulars/core/actor";
import type { Deal } from "@regulars/core/plans/deal";
import { type DealId, type PlanId, type ReasonId, type StatusId, planIdSchema } from "@regulars/core/plans/ids";
import { type Lead, type LeadContact, leadSchema, leniently } from "@regulars/core/plans/lead";
import { type Added, addToPlan } from "@regulars/flows/plans/add-to-plan";
import type { DealSought } from "@regulars/flows/plans/find-deal";
import type { DealChanged } from "@regulars/flows/plans/change-deal";
import { dryRunPlan } from "@regulars/flows/plans/dry-run-plan";
import { moveDeal } from "@regulars/flows/plans/move-deal";
import { removeFromPlan } from "@regulars/flows/plans/remove-from-plan";
import type { Context } from "hono";
import type { ApiEnv } from "./environment.ts";
import { keyOfRequest } from "./once.ts";
import { parseBody } from "./parse-body.ts";
import { byWhom, planContext, planIdOf, senderScope } from "./plan-context.ts";
import { Problem, valueOf } from "./problem.ts";
import { assignmentJson, explainedJson } from "./routes/plan-schemas.ts";

/** What a tunnel is answered. */
export interface HookAnswer<S extends number = 200 | 201 | 202, B = AddedJson> {
  readonly status: S;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: B;
}

type AddedJson = ReturnType<typeof addedJson>;

const REPLAYED = { "idempotency-replayed": "true" };

interface AddOptions {
  readonly isStrict: boolean;
  /** The delivery's own key; `null` for one that has none and does not take the request's. */
  readonly key?: string | null | undefined;
  readonly by?: { readonly actorId: string; readonly requestId: string };
  readonly scope?: string;
  readonly planId?: PlanId;
}

/** Whether a request's leads may say nothing that nobody asked for: its key has it so, or its address. */
export const mustBeStrict = (c: Context<ApiEnv>): boolean =>
  c.req.query("strict") === "true" || (c.var.actor.type === "key" && c.var.actor.strict === true);

/** Adds a lead, and tells a tunnel in a second and a half what became of it (sales-plans.md 7). */
export async function answerAdd(c: Context<ApiEnv>, raw: unknown, options: AddOptions): Promise<HookAnswer> {
  const lead = leadOf(raw, options.isStrict);
  const planId = options.planId ?? planIdOf(c);
  const key = options.key === undefined ? requestKey(c) : (options.key ?? undefined);
  const sender = { scope: options.scope ?? senderScope(c.var.actor), key };
  const by = options.by ?? byWhom(c);
  const added = valueOf(await addToPlan({ context: planContext(c), planId, lead, sender, ...by }));
  const isSettled = added.deal?.managerId !== undefined;
  return {
    status: added.isReplay || added.isDuplicate ? 200 : isSettled ? 201 : 202,
    headers: {
      ...(added.isReplay ? REPLAYED : {}),
      location: `/v1/plans/${planId}/deals/${added.dealId}`,
    },
    body: addedJson(planId, added),
  };
}

const leadOf = (raw: unknown, isStrict: boolean): Lead => parseBody(leadSchema, isStrict ? raw : leniently(raw));

function addedJson(planId: PlanId, { dealId, personId, deal, isDuplicate, requestId }: Added) {
  return {
    dealId,
    planId,
    personId: personId ?? null,
    statusId: deal?.statusId ?? null,
    duplicate: isDuplicate,
    assignment: assignmentJson(deal?.assignment),
    version: deal?.version ?? null,
    requestId,
  };
}

/** From Idempotency-Key, else from webhook-id; never from what a proxy makes anew for each attempt. */
function requestKey(c: Context<ApiEnv>): string | undefined {
  const webhookId = c.req.header("webhook-id")?.trim();
  return keyOfRequest(c) ?? (webhookId === undefined || webhookId === "" ? undefined : webhookId.slice(0, 255));
}

/** The assignment that a lead would get, with everybody who is in question. */
export async function dryRunLead(c: Context<ApiEnv>, raw: unknown, isStrict: boolean) {
  const { person, assign } = leadOf(raw, isStrict);
  const leads = [{ person, chosen: assign?.managerId ?? undefined }];
  const [assignment] = valueOf(await dryRunPlan({ context: planContext(c), planId: planIdOf(c), leads }));
  if (assignment === undefined) throw new Error("a dry run of one lead has no assignment");
  return explainedJson(assignment);
}

interface Sought {
  readonly dealId?: DealId | undefined;
  readonly person?: LeadContact | undefined;
  readonly eventId?: string | undefined;
}

function soughtOf({ dealId, person }: Sought): DealSought {
  if (dealId !== undefined) return { dealId };
  if (person !== undefined) return { person };
  const message = "says neither which deal nor whose";
  throw new Problem({
    status: 422,
    code: "unusable-fields",
    detail: "name the deal by dealId, or its person",
    errors: [{ path: "dealId", code: "missing", message }],
  });
}

/** What every change by a tunnel is made with. */
function changeOf(c: Context<ApiEnv>, sought: Sought, payload: unknown) {
  const key = requestKey(c) ?? sought.eventId;
  return {
    context: planContext(c),
    planId: planIdOf(c),
    sought: soughtOf(sought),
    sender: key === undefined ? undefined : { scope: senderScope(c.var.actor), key },
    payload,
    ...byWhom(c),
  };
}

export async function answerMove(
  c: Context<ApiEnv>,
  asked: Sought & {
    readonly statusId: StatusId;
    readonly reasonId?: ReasonId | undefined;
    readonly clarification?: string | undefined;
  },
) {
  const { statusId: to, reasonId, clarification } = asked;
  const change = changeOf(c, asked, { action: "status", asked });
  return changedAnswer(c, valueOf(await moveDeal({ ...change, to, given: { reasonId, clarification } })));
}

export async function answerRemove(c: Context<ApiEnv>, asked: Sought & { readonly comment?: string | undefined }) {
  const change = changeOf(c, asked, { action: "remove", asked });
  return changedAnswer(c, valueOf(await removeFromPlan({ ...change, comment: asked.comment })));
}

function changedAnswer(c: Context<ApiEnv>, { deal, isReplay }: DealChanged) {
  const { dealId, planId, statusId, version }: Deal = deal;
  const body = { dealId, planId, statusId, version, requestId: c.var.requestId };
  return { status: 200 as const, headers: isReplay ? REPLAYED : {}, body };
}

/** A delivery that is sent again, as whoever sent it first. */
export function answerAgain(
  c: Context<ApiEnv>,
  {
    planId,
    scope,
    body,
    key,
  }: { readonly planId: string; readonly scope: string; readonly body: string; readonly key?: string | undefined },
): Promise<HookAnswer> {
  const by = { actorId: actorId(c.var.actor), requestId: c.var.requestId };
  return answerAdd(c, JSON.parse(body), {
    isStrict: false,
    key: key ?? null,
    by,
    scope,
    planId: planIdSchema.parse(planId),
  });
}
