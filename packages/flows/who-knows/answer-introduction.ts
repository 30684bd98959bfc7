import { ContentionError } from "@regulars/core/platform/contention-error";
import { cutText } from "@regulars/core/platform/cut-text";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type Result, refuse } from "@regulars/core/platform/result";
import type { Instant, UserId } from "@regulars/core/platform/values";
import {
  type Introduction,
  type IntroductionAnswer,
  answered,
  introductionAt,
} from "@regulars/core/relationships/introduction";
import { whoKnowsRefusal } from "@regulars/core/relationships/who-knows-settings";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { IntroductionStore } from "@regulars/core/who-knows/who-knows-store";

const MOST_ROUNDS = 4;

const unknownIntroduction = (introductionId: string) =>
  refuse("unknown-introduction", `there is no introduction ${cutText(introductionId, 100)}`);

interface AnswerInput {
  readonly tenant: Pick<Tenant, "whoKnows">;
  readonly store: Pick<IntroductionStore, "find" | "change">;
  readonly introductionId: string;
  readonly answer: IntroductionAnswer;
  /** Who answers: only the colleague who is asked. To all others the introduction is unknown. */
  readonly by: UserId;
  readonly now: Instant;
  readonly companionOf?: (changed: Introduction) => CompanionWrites | undefined;
}

/** A colleague's answer to a request (docs/reference/relationships.md 8). */
export async function answerIntroduction(input: AnswerInput): Promise<Result<Introduction>> {
  const { tenant, store, introductionId, answer, by, now, companionOf } = input;
  const off = whoKnowsRefusal(tenant);
  if (off !== undefined) return off;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const stored = await store.find(introductionId);
    if (stored === undefined || stored.colleagueId !== by) return unknownIntroduction(introductionId);
    const changed = answered(stored, answer, now);
    if (!changed.ok || changed.value === stored) return changed;
    if (await store.change(stored, changed.value, companionOf?.(changed.value))) return changed;
  }
  throw new ContentionError(`introduction ${introductionId} keeps being changed by other requests: try again`);
}

/** What a user asked for and is asked for, as it is now, latest first. */
export async function listIntroductions(
  store: Pick<IntroductionStore, "askedBy" | "askedOf">,
  userId: UserId,
  now: Instant,
): Promise<{ readonly asked: readonly Introduction[]; readonly askedOf: readonly Introduction[] }> {
  const [mine, toMe] = await Promise.all([store.askedBy(userId), store.askedOf(userId)]);
  return { asked: mine.map((one) => introductionAt(one, now)), askedOf: toMe.map((one) => introductionAt(one, now)) };
}
