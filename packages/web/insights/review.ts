import { verdicts } from "@regulars/core/insights/feedback";
import { parseFindingId } from "@regulars/core/insights/finding";
import { customerIdOf } from "@regulars/core/insights/subject";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, daySchema } from "@regulars/core/platform/values";
import { giveFeedback } from "@regulars/flows/insights/give-feedback";
import { reopenFinding, snoozeFinding } from "@regulars/flows/insights/snooze-finding";
import * as z from "zod";
import { fieldReason } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** A rep's action on a finding, as the page's forms send it. */
const reviewSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("snooze"), until: daySchema }),
  z.object({ action: z.literal("dismiss") }),
  z.object({ action: z.literal("reopen") }),
  z.object({ action: z.literal("feedback"), verdict: z.enum(verdicts), note: z.string().trim() }),
]);

const LABELS = { until: "Until", verdict: "Feedback", note: "Note" };

/** Runs the action of a form with the same flows as the command line and the API. */
export async function reviewFinding(
  opened: OpenTenant,
  findingId: string,
  form: object,
  now: Instant,
): Promise<Result<unknown>> {
  const asked = reviewSchema.safeParse(form);
  if (!asked.success)
    return refuse(
      "unusable-form",
      fieldReason(asked.error, { ...form }, LABELS, "This form has no valid action on a finding"),
    );
  const allowed = await mayReview(opened, findingId);
  if (!allowed.ok) return allowed;
  const { tenant, catalog, store, review, userId: by } = opened;
  const input = { tenant, catalog, store, review, findingId, by, now };
  switch (asked.data.action) {
    case "snooze":
      return snoozeFinding({ ...input, until: asked.data.until });
    case "dismiss":
      return snoozeFinding(input);
    case "reopen":
      return reopenFinding(input);
    case "feedback": {
      const { verdict, note } = asked.data;
      return giveFeedback({ ...input, verdict, note: note === "" ? undefined : note });
    }
  }
}

/** Whether the viewer may say something about a finding; one of a customer that they do not see is unknown. */
async function mayReview({ store, scope }: OpenTenant, findingId: string): Promise<Result<undefined>> {
  const address = parseFindingId(findingId);
  const customerId = address && customerIdOf(address.subject);
  const customer = customerId && (await store.profiles([customerId])).get(customerId);
  const { canSee, canReview } = await scope();
  if (customer === undefined || !canSee(customer))
    return refuse("unknown-finding", `There is no finding "${findingId}".`);
  return canReview(customer) ? ok(undefined) : refuse("not-allowed", "this needs the right insights.review");
}
