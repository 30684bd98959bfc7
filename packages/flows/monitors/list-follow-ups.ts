import type { FollowUp } from "@regulars/core/monitors/follow-up";
import type { FollowUpStore } from "@regulars/core/monitors/follow-up-store";
import type { Scope } from "@regulars/core/customers/visible-customers";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { compareText } from "@regulars/core/platform/compare";
import type { UserId } from "@regulars/core/platform/values";

interface ListInput {
  readonly followUps: Pick<FollowUpStore, "openOf">;
  readonly profiles: Pick<NightlyStore, "profiles">;
  readonly userId: UserId | undefined;
  /** Only of customers that the reader sees. */
  readonly scope: Pick<Scope, "canSee">;
}

/** A user's open follow-ups, the earliest due day first, then by id. */
export async function listFollowUps({ followUps, profiles, userId, scope }: ListInput): Promise<readonly FollowUp[]> {
  const open = await followUps.openOf(userId);
  const customers = await profiles.profiles([...new Set(open.map(({ owner }) => owner.customerId))]);
  return open
    .filter(({ owner: { customerId } }) => scope.canSee(customers.get(customerId) ?? { customerId }))
    .toSorted((a, b) => compareText(a.dueOn, b.dueOn) || compareText(a.followUpId, b.followUpId));
}
