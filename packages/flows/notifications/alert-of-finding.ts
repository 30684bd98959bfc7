import { levels } from "@regulars/core/insights/finding";
import { alertId } from "@regulars/core/notifications/compose";
import type { Notification, Outbox } from "@regulars/core/notifications/notification";

/** Messages that were merged into one that was merged again: more are not followed. */
const MOST_MERGES = 10;

/** The message of a finding's alert, with what it was merged with; `undefined` once it is kept no longer. */
export async function alertOfFinding(
  { findingId, episode }: { readonly findingId: string; readonly episode: string },
  outbox: Pick<Outbox, "find">,
): Promise<Notification | undefined> {
  let found: Notification | undefined;
  for (const level of levels) found ??= await outbox.find(alertId({ id: findingId, episode, level }));
  for (let merges = 0; found?.state === "merged" && found.note !== undefined && merges < MOST_MERGES; merges += 1)
    found = await outbox.find(found.note);
  return found;
}
