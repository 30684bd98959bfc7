import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { Instant } from "@regulars/core/platform/values";
import type { OptOutSubject } from "@regulars/core/relationships/opt-out";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";

interface ChangeInput {
  readonly store: Pick<WhoKnowsStore, "optOut" | "optIn">;
  readonly subject: OptOutSubject;
  readonly isOut: boolean;
  readonly by: string;
  readonly now: Instant;
  readonly companion?: CompanionWrites | undefined;
}

/** Takes somebody out of all answers from now on, or back in (docs/reference/relationships.md 7). */
export const changeOptOut = ({ store, subject, isOut, by, now, companion }: ChangeInput): Promise<void> =>
  isOut ? store.optOut({ subject, at: now, by }, companion) : store.optIn(subject, companion);
