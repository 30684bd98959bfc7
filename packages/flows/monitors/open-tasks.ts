import type { Scope } from "@regulars/core/customers/visible-customers";
import type { FollowUp } from "@regulars/core/monitors/follow-up";
import type { FollowUpStore } from "@regulars/core/monitors/follow-up-store";
import { type OwnerType, ownerIdOf } from "@regulars/core/monitors/owner";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { CustomerId, Day, UserId } from "@regulars/core/platform/values";
import { listFollowUps } from "./list-follow-ups.ts";

/** An open follow-up of a user, as their page, their digest and the API show it. */
export interface OpenTask extends Pick<FollowUp, "followUpId" | "type" | "text" | "dueOn"> {
  readonly ownerType: OwnerType;
  readonly ownerId: string;
  readonly customerId: CustomerId;
  readonly customerName: string;
  /** Its day was before today. */
  readonly isLate: boolean;
}

interface TasksInput {
  readonly followUps: Pick<FollowUpStore, "openOf">;
  readonly profiles: Pick<NightlyStore, "profiles">;
  /** Without one there are none. */
  readonly userId: UserId | undefined;
  /** Default: all customers. */
  readonly scope?: Pick<Scope, "canSee"> | undefined;
  readonly today: Day;
}

/** A user's open follow-ups, the earliest due day first. */
export async function openTasks(input: TasksInput): Promise<readonly OpenTask[]> {
  const { followUps, profiles, userId, scope = { canSee: () => true }, today } = input;
  if (userId === undefined) return [];
  const open = await listFollowUps({ followUps, profiles, userId, scope });
  const names = await profiles.profiles([...new Set(open.map(({ owner }) => owner.customerId))]);
  return open.map(({ followUpId, type, text, dueOn, owner }) => ({
    followUpId,
    ownerType: owner.type,
    ownerId: ownerIdOf(owner),
    customerId: owner.customerId,
    customerName: names.get(owner.customerId)?.name ?? owner.customerId,
    type,
    text,
    dueOn,
    isLate: dueOn < today,
  }));
}
