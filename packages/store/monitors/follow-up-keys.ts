import type { FollowUpCause, FollowUpPlace } from "@regulars/core/monitors/follow-up";
import { keyOfId } from "@regulars/core/platform/id-text";
import type { CustomerId, UserId } from "@regulars/core/platform/values";
import { type FamilyFates, type InFamily, type Key, keyOfLongId, keyOfManager } from "../engine/key.ts";

/** The sort keys of what a status has made for an owner begin with it; their days follow. */
export const statusPrefix = (statusId: string): string => `S#${keyOfId(statusId)}#`;

const causeKey = (cause: FollowUpCause): string =>
  cause.type === "status"
    ? `${statusPrefix(cause.statusId)}${cause.since}`
    : `B#${keyOfId(cause.operationId)}#${keyOfId(cause.requestId ?? "")}`;

export const followUpKeys = (inFamily: InFamily) => ({
  followUp: ({ owner, cause }: FollowUpPlace): Key => ({
    pk: inFamily(`FU#${owner.type}#${keyOfId(owner.id)}`),
    sk: keyOfLongId(causeKey(cause)),
  }),
  /** GSI1: the follow-ups of a customer, of its persons and projects, by due day. */
  customerFollowUps: (customerId: CustomerId): string => inFamily(`FUCUST#${keyOfId(customerId)}`),
  /** GSI2: the open follow-ups of a user, or of nobody, by due day. */
  userFollowUps: (userId: UserId | undefined): string => inFamily(`FUOPEN#${keyOfManager(userId)}`),
});

export const followUpFates = { FU: { kind: "follow-ups", fate: "gone" } } as const satisfies FamilyFates;
