import type { User } from "@regulars/core/access/user";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Message } from "@regulars/core/notifications/message";
import type { Notification } from "@regulars/core/notifications/notification";
import { memo } from "@regulars/core/platform/memo";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { type LeftFinding, decideDue } from "@regulars/flows/notifications/decide-due";
import { leaveToDigest } from "@regulars/flows/notifications/leave-to-digest";
import { liveFindings } from "@regulars/flows/notifications/live-findings";
import type { PreferencesOf } from "@regulars/flows/notifications/readers";
import type { TenantStore } from "@regulars/store/tenant-store";
import type { Runtime } from "../runtime.ts";

interface DecisionParts {
  readonly tenant: Tenant;
  readonly catalog: InsightCatalog;
  readonly store: TenantStore;
  readonly users: () => Promise<ReadonlyMap<UserId, User>>;
  readonly preferences: () => Promise<PreferencesOf>;
  readonly runtime: Pick<Runtime, "clock" | "links">;
}

/**
 * What a run decides of each message whose time has come. Users and preferences are read once, when there is something
 * to send; by each run again, because they may change while a message waits.
 */
export function dueDecisions({ tenant, catalog, store, users, preferences, runtime }: DecisionParts) {
  const { clock, links } = runtime;
  const now = clock();
  const read = memo(async () => {
    const known = { users: await users(), preferencesOf: await preferences() };
    const live = liveFindings({ tenant, catalog, store: store.nightly, users: known.users, now: toInstant(now) });
    return { ...known, live };
  });
  return {
    decide: async (notification: Notification) => decideDue(notification, { ...(await read()), now }),
    onLeft: async (left: readonly LeftFinding[], message: Message) =>
      leaveToDigest(left, message, { tenant, catalog, store, ...(await read()), links, clock }),
  };
}
