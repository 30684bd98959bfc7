import type { User } from "@regulars/core/access/user";
import { dealIdSchema, planIdSchema, reasonIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type TenantId, userIdSchema } from "@regulars/core/platform/values";
import { reopenDeal } from "@regulars/flows/deals/cancel-deal";
import { moveDeal } from "@regulars/flows/deals/move-deal";
import type { SalesContext } from "@regulars/flows/sales-context";
import { transferDeal } from "@regulars/flows/deals/transfer-deal";
import * as z from "zod";
import { fieldReason, idOrNone, unknownChoice } from "../page/form-reason.ts";

const words = z
  .string()
  .trim()
  .max(500)
  .transform((text) => (text === "" ? undefined : text));
const given = { version: z.coerce.number().int().min(1), actor: userIdSchema };

/** An action on a deal, as the page's forms send it. */
const dealFormSchema = z.discriminatedUnion("action", [
  z.object({
    action: z.literal("move"),
    ...given,
    statusId: statusIdSchema,
    reasonId: idOrNone(reasonIdSchema),
    clarification: words,
  }),
  z.object({ action: z.literal("cancel"), ...given, comment: words }),
  z.object({ action: z.literal("transfer"), ...given, to: userIdSchema }),
]);

const LABELS = {
  actor: "Acting as",
  statusId: "Move to",
  reasonId: "Reason",
  clarification: "Clarification",
  comment: "Comment",
  to: "Transfer to",
};

/** Runs the action of a form with the same flows as the command line and the API; returns the deal's tenant. */
export async function changeDealByForm(
  context: SalesContext,
  users: readonly User[],
  planText: string,
  dealText: string,
  form: object,
): Promise<Result<TenantId>> {
  const [planId, dealId] = [planIdSchema.safeParse(planText), dealIdSchema.safeParse(dealText)];
  if (!planId.success) return unknownPlan(planText.slice(0, 100));
  if (!dealId.success) return refuse("unknown-deal", `the sales plan ${planId.data} has no such deal`);
  const asked = dealFormSchema.safeParse(form);
  if (!asked.success)
    return refuse(
      "unusable-form",
      fieldReason(asked.error, { ...form }, LABELS, "This form has no valid action on a deal"),
    );
  const { version, actor } = asked.data;
  const choices = users.map(({ userId, name }) => ({ value: userId, name }));
  const wrong = unknownChoice(LABELS.actor, actor, choices);
  if (wrong !== undefined) return refuse("unusable-form", wrong);
  const sought = { dealId: dealId.data };
  const by = { actorId: `user:${actor}`, requestId: `page_${context.effects.newId()}` };
  const input = { context, planId: planId.data, sought, version, ...by };
  const done = await doneWith(input, asked.data);
  return done.ok ? ok(context.tenant.tenantId) : done;
}

type DealForm = z.output<typeof dealFormSchema>;

function doneWith(input: Omit<Parameters<typeof moveDeal>[0], "to" | "given">, form: DealForm) {
  switch (form.action) {
    case "move":
      return moveDeal({
        ...input,
        to: form.statusId,
        given: { reasonId: form.reasonId, clarification: form.clarification },
      });
    case "cancel":
      return reopenDeal({ ...input, comment: form.comment });
    case "transfer":
      return transferDeal({ ...input, to: form.to });
  }
}
