import { verdicts } from "@regulars/core/insights/feedback";
import { type Result, refuse } from "@regulars/core/platform/result";
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
  { tenant, catalog, store, review }: OpenTenant,
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
  const input = { tenant, catalog, store, review, findingId, now };
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
