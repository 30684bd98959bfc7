import { verdicts } from "@regulars/core/insights/feedback";
import { type Result, refuse } from "@regulars/core/platform/result";
import { type Instant, daySchema } from "@regulars/core/platform/values";
import { giveFeedback } from "@regulars/flows/insights/give-feedback";
import { reopenFinding, snoozeFinding } from "@regulars/flows/insights/snooze-finding";
import * as z from "zod";
import type { OpenTenant } from "./open-tenant.ts";

/** What a rep does with a finding on its page, as its forms send it. */
const reviewSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("snooze"), until: daySchema }),
  z.object({ action: z.literal("dismiss") }),
  z.object({ action: z.literal("reopen") }),
  z.object({ action: z.literal("feedback"), verdict: z.enum(verdicts), note: z.string().trim() }),
]);

/** Does what a form of a finding's page asks for, by the flows of the command line and the API. */
export async function reviewFinding(
  { tenant, catalog, store, review }: OpenTenant,
  findingId: string,
  form: unknown,
  now: Instant,
): Promise<Result<unknown>> {
  const asked = reviewSchema.safeParse(form);
  if (!asked.success) return refuse("unusable-form", "This form asks for nothing that can be done with a finding.");
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
