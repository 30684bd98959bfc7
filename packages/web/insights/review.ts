import { verdicts } from "@regulars/core/insights/feedback";
import { findingId as idOfFinding, parseFindingId } from "@regulars/core/insights/finding";
import { customerIdOf } from "@regulars/core/insights/subject";
import type { Undo } from "@regulars/core/insights/undo";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, daySchema } from "@regulars/core/platform/values";
import { findStored } from "@regulars/flows/insights/find-stored";
import { giveFeedback } from "@regulars/flows/insights/give-feedback";
import { contactIdOf, noteContact } from "@regulars/flows/insights/note-contact";
import { reopenFinding, snoozeFinding } from "@regulars/flows/insights/snooze-finding";
import { undoReview } from "@regulars/flows/insights/undo-review";
import * as z from "zod";
import { inField, labelled, refuseFields } from "../page/form-reason.ts";
import { needsRight } from "../page/named-ids.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** A rep's action on a finding, as the page's forms send it. */
const reviewSchema = z.discriminatedUnion("action", [
  z.object({ action: z.literal("snooze"), until: daySchema }),
  z.object({ action: z.literal("dismiss") }),
  z.object({ action: z.literal("reopen") }),
  z.object({ action: z.literal("contacted") }),
  z.object({ action: z.literal("feedback"), verdict: z.enum(verdicts), note: z.string().trim() }),
  z.object({ action: z.literal("undo") }),
]);

const LABELS = { until: "review.until", verdict: "form.feedback", note: "review.note" } as const;

/** Runs the action of a form with the same flows as the command line and the API, so that it can be undone. */
export async function reviewFinding(
  opened: OpenTenant,
  findingId: string,
  form: object,
  now: Instant,
): Promise<Result<unknown>> {
  const asked = reviewSchema.safeParse(form);
  if (!asked.success)
    return refuseFields(asked.error, { ...form }, labelled(LABELS, opened.words), "form.noReview", opened.words);
  const allowed = await mayReview(opened, findingId);
  if (!allowed.ok) return allowed;
  const found = await findStored(opened, findingId);
  if (found.ok && (await isDone(opened, found.value.stored, asked.data))) return ok(undefined);
  const { tenant, catalog, store, review, whole, userId: by } = opened;
  const input = { tenant, catalog, store, review, findingId, by, now };
  const undoOf = (before: Undo["before"]): Undo => ({ findingId, by: opened.by, at: now, before });
  const dismissal = {
    ...input,
    companionOf: (_: unknown, { episode, state, reachedOn, dismissal: set }: Dismissed) =>
      review.noteUndo(undoOf({ what: "dismissal", episode, state, reachedOn, dismissal: set })),
  };
  switch (asked.data.action) {
    case "snooze":
      return inField(await snoozeFinding({ ...dismissal, until: asked.data.until }), "until");
    case "dismiss":
      return snoozeFinding(dismissal);
    case "reopen":
      return reopenFinding(dismissal);
    case "contacted":
      return markContacted(opened, findingId, now);
    case "undo":
      return undoReview({ review, records: whole.records, findingId, by: opened.by, now });
    case "feedback": {
      const { verdict, note } = asked.data;
      if (!found.ok) return found;
      const { episode } = found.value.stored;
      const feedback = await review.feedbackOn(findingId, episode);
      const companionOf = () => review.noteUndo(undoOf({ what: "feedback", episode, feedback }));
      return inField(
        await giveFeedback({ ...input, verdict, note: note === "" ? undefined : note, companionOf }),
        "note",
      );
    }
  }
}

/** Whether this is what the viewer said of it last: a form that is sent twice is done, and undone, once. */
async function isDone(
  { review, userId }: OpenTenant,
  { kind, subject, episode, state, dismissal }: StoredFinding,
  asked: z.output<typeof reviewSchema>,
): Promise<boolean> {
  switch (asked.action) {
    case "snooze":
    case "dismiss":
      return (
        state === "dismissed" &&
        dismissal?.by === userId &&
        dismissal?.until === (asked.action === "snooze" ? asked.until : undefined)
      );
    case "reopen":
      return state === "open" && dismissal === undefined;
    case "feedback": {
      const said = await review.feedbackOn(idOfFinding({ kind, subject }), episode);
      return said?.verdict === asked.verdict && (said.note ?? "") === asked.note && said.by === userId;
    }
    case "contacted":
    case "undo":
      return false;
  }
}

type Dismissed = Omit<Extract<Undo["before"], { what: "dismissal" }>, "what">;

/** Notes a call about the finding, once for its episode. */
async function markContacted(opened: OpenTenant, findingId: string, now: Instant): Promise<Result<unknown>> {
  const { tenant, review, whole, userId } = opened;
  const found = await findStored(opened, findingId);
  if (!found.ok) return found;
  const { episode, subject } = found.value.stored;
  const customerId = customerIdOf(subject);
  const activityId = contactIdOf({ findingId, episode });
  if (customerId === undefined || (await whole.records.findActivity(activityId)) !== undefined) return ok(undefined);
  await review.keepUndo({ findingId, by: opened.by, at: now, before: { what: "contact", activityId } });
  await noteContact(tenant, whole.imports, { findingId, episode, customerId, by: userId, at: now });
  return ok(undefined);
}

/** Whether the viewer may say something about a finding; one of a customer that they do not see is unknown. */
async function mayReview({ store, scope, words }: OpenTenant, findingId: string): Promise<Result<undefined>> {
  const address = parseFindingId(findingId);
  const customerId = address && customerIdOf(address.subject);
  const customer = customerId && (await store.profiles([customerId])).get(customerId);
  const { canSee, canReview } = await scope();
  if (customer === undefined || !canSee(customer))
    return refuse("unknown-finding", `There is no finding "${findingId}".`);
  return canReview(customer) ? ok(undefined) : refuse("not-allowed", needsRight(["insights.review"], words));
}
