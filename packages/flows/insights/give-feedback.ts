import { counted } from "@regulars/core/platform/counted";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import {
  type Feedback,
  type RulePrecision,
  type FeedbackVerdict,
  precisionByRule,
} from "@regulars/core/insights/feedback";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { forYouRefusal } from "@regulars/core/tenants/edition";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { ReviewStore } from "@regulars/core/insights/review-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Instant, UserId } from "@regulars/core/platform/values";
import { findStored } from "./find-stored.ts";

const LONGEST_NOTE = 1_000;

interface FeedbackInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly store: NightlyStore;
  readonly review: ReviewStore;
  readonly findingId: string;
  readonly verdict: FeedbackVerdict;
  readonly note?: string | undefined;
  readonly by?: UserId | undefined;
  readonly now: Instant;
  readonly companionOf?: ((feedback: Feedback) => CompanionWrites | undefined) | undefined;
}

/** Stores feedback on a finding, one per episode; it does not hide the finding. */
export async function giveFeedback(input: FeedbackInput): Promise<Result<Feedback>> {
  const { verdict, note, by, now } = input;
  if (note !== undefined && note.length > LONGEST_NOTE)
    return refuse(
      "note-too-long",
      `the note has ${counted(note.length, "character")}; at most ${LONGEST_NOTE} are kept`,
    );
  const found = await findStored(input, input.findingId);
  if (!found.ok) return found;
  const { stored, finding } = found.value;
  const feedback: Feedback = {
    findingId: finding.id,
    kind: stored.kind,
    rule: finding.evidence.rule,
    level: finding.level,
    subject: stored.subject,
    episode: stored.episode,
    verdict,
    note,
    by,
    at: now,
  };
  await input.review.saveFeedback(feedback, input.companionOf?.(feedback));
  return ok(feedback);
}

/** How often each rule is right, according to the feedback on its findings. */
export async function rulePrecision(
  tenant: Pick<Tenant, "edition">,
  review: Pick<ReviewStore, "feedback">,
): Promise<Result<readonly RulePrecision[]>> {
  const gated = forYouRefusal(tenant);
  if (gated !== undefined) return gated;
  const said: Feedback[] = [];
  for await (const one of review.feedback()) said.push(one);
  return ok(precisionByRule(said));
}
