import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { localDay } from "@regulars/core/platform/period";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { ReviewStore } from "@regulars/core/insights/review-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Day, Instant, UserId } from "@regulars/core/platform/values";
import { findStored } from "./find-stored.ts";

interface ReviewInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly store: NightlyStore;
  readonly review: ReviewStore;
  readonly findingId: string;
  readonly now: Instant;
  /** `before` is the finding as it was. */
  readonly companionOf?: ((set: SetAside, before: StoredFinding) => CompanionWrites | undefined) | undefined;
}

/** A finding's state after a dismissal or its withdrawal. */
export interface SetAside {
  readonly findingId: string;
  readonly state: "dismissed" | "open";
  readonly until?: Day | undefined;
}

/**
 * Dismisses a finding until the morning of a day, or without a day for as long as its episode lasts. No message is sent
 * of it meanwhile; a new silence, or the same item lost again, is another episode.
 */
export async function snoozeFinding(
  input: ReviewInput & { readonly until?: Day | undefined; readonly by?: UserId | undefined },
): Promise<Result<SetAside>> {
  const { tenant, review, findingId, until, by, now } = input;
  const today = localDay(now, tenant.timeZone);
  if (until !== undefined && until <= today)
    return refuse("not-later", `${until} is not later than today, ${today}: give the day on which the finding returns`);
  const found = await findStored(input, findingId);
  if (!found.ok) return found;
  const { kind, subject, episode } = found.value.stored;
  const dismissal = { kind, subject, episode, until, by, at: now };
  const { reachedOn: _reachedOn, ...stored } = found.value.stored;
  const made = { findingId, state: "dismissed", until } as const;
  await review.saveDismissal(
    { ...stored, state: "dismissed", dismissal },
    dismissal,
    input.companionOf?.(made, found.value.stored),
  );
  return ok(made);
}

/** Takes a dismissal back: the next nightly run evaluates the finding as if it had never been dismissed. */
export async function reopenFinding(input: ReviewInput): Promise<Result<SetAside>> {
  const found = await findStored(input, input.findingId);
  if (!found.ok) return found;
  const { dismissal: _dismissal, ...stored } = found.value.stored;
  const made = { findingId: input.findingId, state: "open" } as const;
  await input.review.saveDismissal(
    { ...stored, state: "open" },
    undefined,
    input.companionOf?.(made, found.value.stored),
  );
  return ok(made);
}
