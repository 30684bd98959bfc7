import type { Activity } from "@regulars/core/customers/activity";
import type { ReviewStore } from "@regulars/core/insights/review-store";
import type { StoredFinding } from "@regulars/core/insights/stored-finding";
import type { ActivityId } from "@regulars/core/platform/values";
import type { Handled } from "@regulars/core/slack/handled";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import { contactIdOf } from "../insights/note-contact.ts";

/** Where it stands what was done with a finding, whoever did it where. */
export interface HandledStores {
  readonly slack: Pick<SlackStore, "handled">;
  readonly review: Pick<ReviewStore, "feedbackOn">;
  readonly records: { readonly findActivity: (activityId: ActivityId) => Promise<Activity | undefined> };
}

/**
 * What was done with a finding's episode: in Slack, and on pages and over the API since. The finding says whether it is
 * snoozed now, the agenda whether somebody called, and the last verdict is the one that counts.
 */
export async function handledNow(
  findingId: string,
  episode: string,
  stored: Pick<StoredFinding, "state" | "dismissal"> | undefined,
  { slack, review, records }: HandledStores,
): Promise<Handled> {
  const kept = (await slack.handled(findingId, episode)) ?? { findingId, episode, version: 0 };
  const call =
    kept.contacted === undefined ? await records.findActivity(contactIdOf({ findingId, episode })) : undefined;
  const given = await review.feedbackOn(findingId, episode);
  const { snoozed: before, ...handled } = kept;
  const set = stored === undefined ? undefined : stored.state === "dismissed" ? stored.dismissal : undefined;
  return {
    ...handled,
    ...(call === undefined ? {} : { contacted: { by: call.userId, at: call.occurredAt } }),
    ...(given === undefined ? {} : { feedback: { by: given.by, at: given.at, verdict: given.verdict } }),
    ...(stored === undefined
      ? before === undefined
        ? {}
        : { snoozed: before }
      : set === undefined
        ? {}
        : { snoozed: { by: set.by, at: set.at, until: set.until } }),
  };
}
