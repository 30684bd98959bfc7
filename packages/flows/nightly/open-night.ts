import type { User } from "@regulars/core/access/user";
import type { ConfiguredKind } from "@regulars/core/insights/define";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { LastRun } from "@regulars/core/nightly/night-parts";
import type { NightWatch, OpenNightWatch } from "@regulars/core/nightly/night-watch";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { rewindRefusal } from "@regulars/core/nightly/rewind";
import type { Links } from "@regulars/core/notifications/compose";
import type { Day, Instant, UserId } from "@regulars/core/platform/values";
import { type AsOf, viewOfDay } from "@regulars/core/snapshots/as-of";
import { hasForYou } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { FindingListKeeper } from "../insights/finding-list-keeper.ts";
import { type PreferencesOf, preferencesOfAll } from "../notifications/readers.ts";
import type { ToDoOf } from "./digest-collector.ts";

export interface NightlyInput {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly asOf: Day;
  readonly now: Instant;
  readonly store: NightlyStore;
  readonly links: Links;
  /** Started by the clock: digests are due on each rep's morning. In a run started by a person they are due at once. */
  readonly isScheduled: boolean;
  /** Saves findings, but keeps messages on hold until the same nightly run is repeated with sending on. */
  readonly isOnHold: boolean;
  /** Opens what sees every customer; without one, no statuses are evaluated. */
  readonly openWatch?: OpenNightWatch | undefined;
  /** What the users have to do, for their digests. */
  readonly toDoOf?: ToDoOf | undefined;
  /** Runs even if a later day's nightly run has run: its findings are replaced by those of this day. */
  readonly mayRewind?: boolean | undefined;
}

/** What a nightly run knows before it reads a customer. */
export interface Night extends NightlyInput {
  /** The last nightly run is of a later day, and this one may not replace it. */
  readonly isRefused: boolean;
  /** Whether a webhook is informed of changes. */
  readonly tellsEvents: boolean;
  readonly at: AsOf;
  readonly kinds: readonly ConfiguredKind[];
  readonly users: ReadonlyMap<UserId, User>;
  readonly preferencesOf: PreferencesOf;
  /** The day of the last completed nightly run: findings that reached a level since then have not been sent yet. */
  readonly lastRunOn: Day | undefined;
  readonly watch: NightWatch | undefined;
  /** What For You is read from; none without it. */
  readonly findingLists: FindingListKeeper | undefined;
}

/** Opens a nightly run after the last one. */
export async function openNight(given: NightlyInput, last: LastRun): Promise<Night> {
  const { store, tenant, asOf, now } = given;
  const { lastRunOn, watchedOn = lastRunOn, watchedWith } = last;
  // A nightly run of an earlier day than the last one does nothing, unless asked to rewind; even then it sends nothing.
  const isLate = rewindRefusal(asOf, lastRunOn) !== undefined;
  const view = viewOfDay(asOf, tenant, now);
  if (!view.ok) throw new Error(view.message);
  const users = new Map((await store.users()).map((user) => [user.userId, user]));
  const kinds = given.catalog.configure(tenant);
  const isRefused = isLate && given.mayRewind !== true;
  const isEventWanted = await store.isEventWanted();
  return {
    ...given,
    isRefused,
    watch: isRefused
      ? undefined
      : await given.openWatch?.({ users, isEventWanted, lastNight: lastRunOn, watchedOn, watchedWith }),
    // Findings of a day long past can be saved, but are no news to send.
    isOnHold: given.isOnHold || isLate,
    // A rewound run tells nothing of days that were told before.
    tellsEvents: !isLate && isEventWanted,
    at: view.value,
    kinds,
    users,
    preferencesOf: preferencesOfAll(tenant, users, await store.preferences()),
    lastRunOn,
    findingLists: hasForYou(tenant) ? new FindingListKeeper({ ...given, at: view.value, kinds, users }) : undefined,
  };
}
