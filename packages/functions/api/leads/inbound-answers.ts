import type { Deal } from "@regulars/core/deals/deal";
import { type InboundRequest, rootOf } from "@regulars/core/leads/inbound-request";
import { type DealId, type PlanId, dealIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { type LeadPayload, leadPayloadSchema, acceptUnknownFields } from "@regulars/core/leads/lead-payload";
import { unflattened } from "@regulars/core/leads/flat-lead";
import { readUsable } from "@regulars/core/leads/not-used";
import type { NotUsed } from "@regulars/core/deals/not-used";
import { type ContactDetails } from "@regulars/core/contacts/identity";
import { type Added, addToPlan } from "@regulars/flows/leads/add-to-plan";
import type { DealSought } from "@regulars/flows/deals/find-deal";
import type { DealChanged } from "@regulars/flows/deals/change-deal";
import { dryRunLead } from "@regulars/flows/leads/dry-run-lead";
import { moveDeal } from "@regulars/flows/deals/move-deal";
import { removeDeal } from "@regulars/flows/deals/remove-deal";
import type { Context } from "hono";
import type * as z from "zod";
import type { ApiEnv } from "../http/environment.ts";
import { keyOfRequest } from "../access/idempotency.ts";
import { allowing } from "../deals/allowing.ts";
import { leadAccess } from "../deals/lead-access.ts";
import { EXAMPLE_BODY } from "../http/example-lead.ts";
import { parseBody } from "../http/parse-body.ts";
import { byWhom, noteFault, salesContext, planIdOf, senderScope } from "../sales-plans/context.ts";
import { Problem, valueOf } from "../http/problem.ts";
import { removalBody, statusBody } from "./schemas.ts";
import { assignmentJson, explainedJson } from "../sales-plans/schemas.ts";

/** The answer to an integration. */
export interface InboundAnswer<S extends number = 200 | 201 | 202, B = AddedJson> {
  readonly status: S;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: B;
}

type AddedJson = ReturnType<typeof addedJson>;

const REPLAYED = { "idempotency-replayed": "true" };

interface AddOptions {
  readonly isStrict: boolean;
  /** The idempotency key; `null` if there is none and the request's header must not be used. */
  readonly key?: string | null | undefined;
  readonly scope?: string;
  readonly planId?: PlanId;
}

/** Whether unknown fields of a request's leads are rejected: set by its API key or its query. */
export const requiresStrict = (c: Context<ApiEnv>): boolean =>
  c.req.query("strict") === "true" || (c.var.actor.type === "key" && c.var.actor.strict === true);

/** Adds a lead, and answers an integration within 1.5 seconds (docs/reference/sales-plans.md 7). */
export async function answerAdd(c: Context<ApiEnv>, raw: unknown, options: AddOptions): Promise<InboundAnswer> {
  const usable = leadOf(raw, options.isStrict);
  const planId = options.planId ?? planIdOf(c);
  const key = options.key === undefined ? requestKey(c) : (options.key ?? undefined);
  const sender = { scope: options.scope ?? senderScope(c.var.actor), key };
  const added = valueOf(
    await addToPlan({ context: salesContext(c), planId, ...usable, sender, access: leadAccess(c), ...byWhom(c) }),
  );
  noteFault(c, added);
  c.set("inboundDeal", added.dealId);
  const isSettled = added.deal?.managerId !== undefined;
  return {
    // A replay of a stored request that was interrupted is answered as it would have been.
    status: (added.isReplay && c.get("claim")?.isResumed !== true) || added.isDuplicate ? 200 : isSettled ? 201 : 202,
    headers: {
      ...(added.isReplay ? REPLAYED : {}),
      location: `/v1/plans/${planId}/deals/${added.dealId}`,
    },
    body: addedJson(planId, added),
  };
}

const WORKS = `; a lead that works: ${EXAMPLE_BODY}`;

/** A lead of a strict sender is used whole or refused; of any other what can be used is, and the rest is told. */
function leadOf(
  raw: unknown,
  isStrict: boolean,
): { readonly lead: LeadPayload; readonly notUsed?: readonly NotUsed[] } {
  if (isStrict) return { lead: parseBody(leadPayloadSchema, raw, WORKS) };
  const payload = acceptUnknownFields(unflattened(raw));
  return readUsable(payload) ?? { lead: parseBody(leadPayloadSchema, payload, WORKS) };
}

const toldOf = (notUsed: readonly NotUsed[]) => notUsed.map(({ path, code, message }) => ({ path, code, message }));

function addedJson(planId: PlanId, { dealId, personId, deal, isDuplicate, requestId, notUsed }: Added) {
  return {
    dealId,
    planId,
    personId: personId ?? null,
    statusId: deal?.statusId ?? null,
    duplicate: isDuplicate,
    assignment: assignmentJson(deal?.assignment),
    version: deal?.version ?? null,
    requestId,
    ...(notUsed.length === 0 ? {} : { notUsed: toldOf(notUsed) }),
  };
}

/** Idempotency-Key, else webhook-id; never a header that a proxy generates for each attempt. */
export function requestKey(c: Context<ApiEnv>): string | undefined {
  const webhookId = c.req.header("webhook-id")?.trim();
  return keyOfRequest(c) ?? (webhookId === "" ? undefined : webhookId);
}

/** The result of a lead's dry run: the assignment with all candidates, or the person's open deal. */
export async function answerDryRun(c: Context<ApiEnv>, raw: unknown, isStrict: boolean) {
  const tried = valueOf(await dryRunLead(salesContext(c), planIdOf(c), leadOf(raw, isStrict)));
  return {
    dryRun: true as const,
    assignment: explainedJson(tried.assignment),
    duplicate: tried.duplicateOf !== undefined,
    dealId: tried.duplicateOf ?? null,
    ...(tried.notUsed.length === 0 ? {} : { notUsed: toldOf(tried.notUsed) }),
  };
}

interface Sought {
  readonly dealId?: DealId | undefined;
  readonly person?: ContactDetails | undefined;
  readonly eventId?: string | undefined;
}

function soughtOf({ dealId, person }: Sought): DealSought {
  if (dealId !== undefined) return { dealId };
  if (person !== undefined) return { person };
  const message = "has neither a dealId nor a person";
  throw new Problem({
    status: 422,
    code: "unusable-fields",
    detail: "give the deal's dealId or its person",
    errors: [{ path: "dealId", code: "missing", message }],
  });
}

/** The inbound request to replay. */
interface Again {
  readonly planId: PlanId;
  readonly scope: string;
  readonly key?: string | undefined;
  /** The key if the sender gave none: replayed twice, the request is done once. */
  readonly otherwise: string;
}

/** What every change by an integration needs. */
function changeOf(c: Context<ApiEnv>, sought: Sought, payload: unknown, again?: Again) {
  const key = (again === undefined ? requestKey(c) : again.key) ?? sought.eventId ?? again?.otherwise;
  return {
    context: salesContext(c),
    planId: again?.planId ?? planIdOf(c),
    sought: soughtOf(sought),
    sender: key === undefined ? undefined : { scope: again?.scope ?? senderScope(c.var.actor), key },
    payload,
    ...byWhom(c),
  };
}

export async function answerMove(c: Context<ApiEnv>, asked: z.output<typeof statusBody>, again?: Again) {
  const { statusId: to, reasonId, clarification } = asked;
  const change = changeOf(c, asked, { action: "status", asked }, again);
  return changedAnswer(
    c,
    valueOf(await moveDeal({ ...change, allow: allowing(c, "deal.move"), to, given: { reasonId, clarification } })),
  );
}

export async function answerRemove(c: Context<ApiEnv>, asked: z.output<typeof removalBody>, again?: Again) {
  const change = changeOf(c, asked, { action: "remove", asked }, again);
  return changedAnswer(
    c,
    valueOf(await removeDeal({ ...change, allow: allowing(c, "deal.remove"), comment: asked.comment })),
  );
}

function changedAnswer(c: Context<ApiEnv>, { deal, isReplay, requestId }: DealChanged) {
  const { dealId, planId, statusId, version }: Deal = deal;
  c.set("inboundDeal", dealId);
  const body = { dealId, planId, statusId, version, requestId };
  return { status: 200 as const, headers: isReplay ? REPLAYED : {}, body };
}

/**
 * Replays an inbound request with its own key and its first sender's scope. If it had succeeded, it changes nothing,
 * however long ago that was; the answer has its deal's current state.
 */
export async function answerAgain(
  c: Context<ApiEnv>,
  request: InboundRequest,
): Promise<InboundAnswer<200 | 201 | 202, SentAgain>> {
  const { action, scope, dealId, status, key, isStrict = false } = request;
  const planId = planIdSchema.parse(request.planId);
  if (dealId !== undefined && status < 300) return asItIsNow(c, planId, dealIdSchema.parse(dealId));
  const body = jsonOf(request);
  if (action === "leads.add") return answerAdd(c, body, { isStrict, key: key ?? null, scope, planId });
  const again = { planId, scope, key, otherwise: `replay:${rootOf(request)}` };
  if (action === "deals.change_status") return answerMove(c, parseBody(statusBody, body), again);
  return answerRemove(c, parseBody(removalBody, body), again);
}

function jsonOf({ body }: InboundRequest): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Problem({
      status: 422,
      code: "not-json",
      detail: "the body of this request is not JSON, or was too long to be stored: it cannot be replayed",
    });
  }
}

interface SentAgain {
  readonly dealId: string;
}

async function asItIsNow(c: Context<ApiEnv>, planId: PlanId, dealId: DealId) {
  const deal = await c.var.store.sales.deals.deal(dealId);
  const { statusId = null, version = null } = deal ?? {};
  return {
    status: 200 as const,
    headers: REPLAYED,
    body: { dealId, planId, statusId, version, requestId: c.var.requestId },
  };
}
