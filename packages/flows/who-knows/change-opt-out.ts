import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type CustomerId, type Instant, personIdSchema } from "@regulars/core/platform/values";
import type { OptOutSubject } from "@regulars/core/relationships/opt-out";
import type { WhoKnowsStore } from "@regulars/core/who-knows/who-knows-store";

interface ChangeInput {
  readonly store: Pick<WhoKnowsStore, "optOut" | "optIn" | "person">;
  readonly subject: OptOutSubject;
  readonly isOut: boolean;
  readonly by: string;
  readonly now: Instant;
  readonly companion?: CompanionWrites | undefined;
  /**
   * Told before the change at which customer statuses are to be settled anew after it: some may hold by the health of who
   * went out.
   */
  readonly settleAt: (customerId: CustomerId) => void;
}

/** Takes somebody out of all answers from now on, or back in (docs/reference/relationships.md 7). */
export async function changeOptOut({
  store,
  subject,
  isOut,
  by,
  now,
  companion,
  settleAt,
}: ChangeInput): Promise<void> {
  const person = subject.type === "person" ? personIdSchema.safeParse(subject.id) : undefined;
  const customerId = person?.success === true ? (await store.person(person.data))?.customerId : undefined;
  if (customerId !== undefined) settleAt(customerId);
  await (isOut ? store.optOut({ subject, at: now, by }, companion) : store.optIn(subject, companion));
}
