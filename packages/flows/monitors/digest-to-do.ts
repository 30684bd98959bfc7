import type { User } from "@regulars/core/access/user";
import { scopeAmong } from "@regulars/core/customers/visible-customers";
import type { FollowUpStore } from "@regulars/core/monitors/follow-up-store";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import type { DigestToDo } from "@regulars/core/notifications/message";
import { addDays } from "@regulars/core/platform/period";
import type { Day, UserId } from "@regulars/core/platform/values";
import { openTasks } from "./open-tasks.ts";

/** Tasks that a digest names. */
const MOST_TASKS = 5;

interface Sources {
  readonly followUps: Pick<FollowUpStore, "openOf">;
  readonly nightly: Pick<NightlyStore, "profiles">;
}

/**
 * A user's open follow-ups for the digest of the morning after a day, as their page shows them: at customers that they
 * see. `undefined` when there are none.
 */
export async function digestToDo(
  { followUps, nightly }: Sources,
  user: User,
  asOf: Day,
  users: ReadonlyMap<UserId, User>,
): Promise<DigestToDo | undefined> {
  const today = addDays(asOf, 1);
  const scope = scopeAmong({ type: "user", user }, users);
  const open = await openTasks({ followUps, profiles: nightly, userId: user.userId, scope, today });
  if (open.length === 0) return undefined;
  return {
    count: open.length,
    due: open.filter(({ dueOn }) => dueOn <= today).length,
    tasks: open
      .slice(0, MOST_TASKS)
      .map(({ customerName, type, text, dueOn, isLate }) => ({ customerName, type, text, dueOn, isLate })),
  };
}
