import { createHash } from "node:crypto";
import { type LeavingDeals, leavingDeals, transferToSchema } from "@regulars/core/bulk-operations/leaving-deals";
import type { DealOperation } from "@regulars/core/bulk-operations/change-deals";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { UserId } from "@regulars/core/platform/values";
import { type SalesPlan, salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { PLAN_SAVED, removeMember } from "@regulars/flows/bulk-operations/remove-member";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { PageWords } from "@regulars/render/texts/page-words";
import { cutValue, inField, refuseField } from "../page/form-reason.ts";
import type { FormTexts } from "../page/form.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { STALE } from "../page/stale-form.ts";
import { runFor } from "./change-many.ts";

/** Before the id of a member as a choice of the form, so that no id is another choice's word. */
export const MEMBER = "user:";

/**
 * Takes a member out of a plan, and gives their open deals to whom the form says as a bulk operation; none when they keep
 * them. The same form sent twice is done once, and one that was cut off goes on.
 */
export async function leaveByForm(
  context: SalesContext,
  opened: OpenTenant,
  { planId, version: now }: SalesPlan,
  userId: UserId,
  form: FormTexts,
): Promise<Result<DealOperation | undefined>> {
  const { by: actorId, words, whole } = opened;
  const deals = leavingDealsOf(form["transferTo"] ?? "", words);
  if (!deals.ok) return deals;
  const version = Number(form["version"]);
  const asked = JSON.stringify([planId, userId, version, deals.value]);
  const fingerprint = createHash("sha256").update(asked).digest("base64url");
  const key = `page:${(form["request"] ?? "").slice(0, 60)}:${fingerprint}`;
  const begun = await whole.idempotency.begin({ actorId, key, fingerprint }, context.effects.clock());
  if (begun.state === "in-flight" || begun.state === "other-request")
    return refuse("in-flight", "this is being done already: look at the board in a moment");
  if (begun.state === "answered") return operationOf(context, begun.answer.body ?? "");
  const { claim } = begun;
  const saved = claim.steps.get(PLAN_SAVED);
  if (saved === undefined && version !== now) {
    await claim.release();
    return refuse(STALE, words.say("form.planChanged"));
  }
  const done = await removeMember({
    context,
    planId,
    userId,
    deals: deals.value,
    version,
    actorId,
    requestId: `page_${context.effects.newId()}`,
    saved: saved === undefined ? undefined : salesPlanSchema.parse(saved),
    companionsOf: {
      plan: (plan) => claim.step(PLAN_SAVED, plan),
      removed: ({ operation }) => claim.companion({ status: 303, body: operation?.operationId ?? "" }),
    },
  });
  if (done.ok) return operationOf(context, done.value.operation?.operationId ?? "");
  await claim.release();
  if (done.reason === "stale-version") return refuse(STALE, words.say("form.planChanged"));
  return inField(done, "transferTo");
}

const operationOf = (context: SalesContext, operationId: string): Promise<Result<DealOperation | undefined>> =>
  operationId === "" ? Promise.resolve(ok(undefined)) : runFor(context, operationId);

function leavingDealsOf(text: string, { say }: PageWords): Result<LeavingDeals> {
  const transferTo = transferToSchema.safeParse(text.startsWith(MEMBER) ? { userId: text.slice(MEMBER.length) } : text);
  if (transferTo.success) return ok(leavingDeals(transferTo.data));
  const name = say("plans.leaveTo");
  const message =
    text === ""
      ? say("form.missing", { name })
      : say("form.wrong", { name, valu: cutValue(text), text: say("form.noChoice") });
  return refuseField("transferTo", message);
}
