import type { User } from "@regulars/core/access/user";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { type SlackProblem, TELL_AGAIN_MS, problemId, problemNotices } from "@regulars/core/slack/problem-notice";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import type { Tenant } from "@regulars/core/tenants/tenant";

interface TellInput {
  readonly tenant: Tenant;
  readonly store: Pick<SlackStore, "tellOnce">;
  readonly users: readonly User[];
  readonly now: Instant;
}

/** Tells the tenant's admins what is wrong with Slack: of one problem at most once a week. `false`: they know. */
export function tellAdmins(problem: SlackProblem, { tenant, store, users, now }: TellInput): Promise<boolean> {
  const since = toInstant(Date.parse(now) - TELL_AGAIN_MS);
  return store.tellOnce(problemId(problem), since, now, problemNotices(problem, tenant, users, now));
}
