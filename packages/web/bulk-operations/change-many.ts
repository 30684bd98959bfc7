import { createHash } from "node:crypto";
import { mayInBulk } from "@regulars/core/deals/edit-rights";
import { type DealBulk, type DealOperation, dealBulkSchema } from "@regulars/core/bulk-operations/change-deals";
import { cutText } from "@regulars/core/platform/cut-text";
import { operationIdSchema, planIdSchema } from "@regulars/core/platform/ids";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { changeDeals, runDealOperation } from "@regulars/flows/bulk-operations/change-deals";
import type { SalesContext } from "@regulars/flows/sales-context";
import * as z from "zod";
import { visibleDeals } from "../sales-plans/visible-deals.ts";
import type { PageWords } from "@regulars/render/texts/page-words";
import { labelled, refuseFields } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** How long the page works at it itself, ms, before a job goes on with it. */
const PATIENCE_MS = 1_500;

/** The form of a board's chosen cards: each field once, the deals as often as there are cards. */
export interface ManyForm {
  readonly fields: Readonly<Record<string, string>>;
  readonly deals: readonly string[];
}

const LABELS = {
  dealIds: "deals.region",
  statusId: "board.moveTo",
  reasonId: "board.reason",
  clarification: "board.comment",
  comment: "board.comment",
  managerId: "board.transferTo",
} as const;

/**
 * Moves, transfers or reopens the chosen deals as a bulk operation, and does what can be done while somebody waits. The
 * same form sent twice is the same operation.
 */
export async function changeMany(
  context: SalesContext,
  opened: OpenTenant,
  planText: string,
  form: ManyForm,
): Promise<Result<DealOperation>> {
  const { actor, by: actorId, decide, noteDecision, whole } = opened;
  const planId = planIdSchema.safeParse(planText);
  const plan = planId.success ? await context.store.salesPlans.plan(planId.data) : undefined;
  if (plan === undefined || !decide("plan.reach", plan)) return unknownPlan(cutText(planText, 100));
  noteDecision("plan.change_many");
  const allowed = mayInBulk(actor, plan);
  if (!allowed.ok) return allowed;
  const asked = askedOf(form, opened.words);
  if (!asked.ok) return asked;
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([plan.planId, asked.value]))
    .digest("base64url");
  const key = `page:${(form.fields["request"] ?? "").slice(0, 60)}:${fingerprint}`;
  const begun = await whole.idempotency.begin({ actorId, key, fingerprint }, context.effects.clock());
  if (begun.state === "in-flight" || begun.state === "other-request")
    return refuse("in-flight", "this is being done already: look at the board in a moment");
  if (begun.state === "answered") return runFor(context, begun.answer.body ?? "");
  const visible = await visibleDeals(opened, plan);
  const started = await changeDeals({
    context,
    planId: plan.planId,
    asked: asked.value,
    visible,
    actorId,
    requestId: `page_${context.effects.newId()}`,
    companionOf: ({ operationId }) => begun.claim.companion({ status: 303, body: operationId }),
  });
  if (started.ok) return runFor(context, started.value.operationId);
  await begun.claim.release();
  return started;
}

/** Does of a bulk operation what can be done while somebody waits. */
export function runFor(context: SalesContext, operationId: string): Promise<Result<DealOperation>> {
  const end = context.effects.elapsed() + PATIENCE_MS;
  return runDealOperation(context, operationIdSchema.parse(operationId), () => context.effects.elapsed() >= end);
}

/** What a form asks for, as the API is asked. */
function askedOf(form: ManyForm, reader: PageWords): Result<DealBulk> {
  const dealIds = [...new Set(form.deals)];
  if (dealIds.length === 0) return refuse("unusable-form", reader.say("form.noDeals"));
  const { managerId, statusId, reasonId, clarification: words } = textsOf(form);
  const changes: Readonly<Record<string, object>> = {
    "move-many": { action: "move", statusId, reasonId, clarification: words },
    "transfer-many": { action: "transfer", managerId, comment: words },
    "cancel-many": { action: "cancel", comment: words },
  };
  const change = changes[form.fields["action"] ?? ""];
  if (change === undefined) return refuse("unusable-form", reader.say("form.noManyAction"));
  const asked = dealBulkSchema.safeParse({ change, dealIds });
  if (asked.success) return ok(asked.data);
  // The fields of the change are those of the form.
  const error = new z.ZodError(
    asked.error.issues.map((issue) => ({ ...issue, path: issue.path.slice(issue.path[0] === "change" ? 1 : 0) })),
  );
  return refuseFields(error, { ...change }, labelled(LABELS, reader), "form.noMany", reader);
}

const textsOf = ({ fields }: ManyForm): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, text.trim() === "" ? undefined : text]));
