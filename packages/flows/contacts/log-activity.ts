import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { ContactId } from "@regulars/core/platform/ids";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, type UserId, toInstant } from "@regulars/core/platform/values";
import type { SalesContext } from "../sales-context.ts";

export const contactActivityTypes = ["email", "meeting", "call", "task"] as const;

interface ActivityInput {
  readonly context: SalesContext;
  readonly personId: ContactId;
  readonly userId: UserId;
  readonly type: (typeof contactActivityTypes)[number];
  readonly at?: Instant | undefined;
  readonly companionOf?: ((at: Instant) => CompanionWrites | undefined) | undefined;
}

/** Records that a manager was in contact with a known person: the latest contact is evidence for owner affinity. */
export async function logActivity(input: ActivityInput): Promise<Result<{ readonly at: Instant }>> {
  const { context, personId, userId, type } = input;
  const { store, effects } = context;
  const at = input.at ?? toInstant(effects.clock());
  const isNoted = await store.contacts.noteActivity(
    personId,
    { at, userId, type, id: effects.newId() },
    input.companionOf?.(at),
  );
  return isNoted ? ok({ at }) : refuse("unknown-person", `there is no person ${personId}`);
}
