import { recipientOf } from "@regulars/core/access/recipient";
import type { User } from "@regulars/core/access/user";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { NightlyStore } from "@regulars/core/nightly/nightly-store";
import { type Links, alertId, composeAlert } from "@regulars/core/notifications/compose";
import type { NewNotification } from "@regulars/core/notifications/notification";
import { route } from "@regulars/core/notifications/route";
import { gotLevelOn } from "@regulars/core/notifications/told";
import type { FormerFinding } from "@regulars/core/insights/stored-finding";
import type { Day, Instant, UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { storedForm } from "@regulars/core/insights/diff";
import { lineFor } from "../notifications/message-line.ts";
import type { PreferencesOf } from "../notifications/readers.ts";
import type { AlertBudget, Selected } from "./alert-budget.ts";
import type { DigestEntry } from "./digest-list.ts";

interface AlertContext {
  readonly catalog: InsightCatalog;
  readonly tenant: Tenant;
  readonly asOf: Day;
  readonly now: Instant;
  readonly store: NightlyStore;
  readonly users: ReadonlyMap<UserId, User>;
  readonly preferencesOf: PreferencesOf;
  readonly links: Links;
  readonly isOnHold: boolean;
  readonly lastRunOn: Day | undefined;
  readonly alerts: AlertBudget;
}

/** Offers the findings of an entry for alerts: those that got their level with this run, and that are told at once. */
export function offerAlerts(
  { asOf, now, users, preferencesOf, lastRunOn, alerts }: AlertContext,
  { entry, customer, findings }: DigestEntry,
  former: ReadonlyMap<string, FormerFinding>,
): void {
  for (const found of findings) {
    if (found.state !== "open") continue;
    const repId = found.repId === undefined ? undefined : recipientOf(found.repId, users, customer)?.userId;
    const { send } = route(found, preferencesOf(repId), Date.parse(now));
    if (send !== "now" && send !== "hold") continue;
    const before = former.get(found.id);
    const gotOn = gotLevelOn(before, found, asOf);
    // An interrupted run of an earlier day has sent nothing: what reached the level then is sent now.
    if (gotOn === undefined || (gotOn !== asOf && lastRunOn !== undefined && gotOn <= lastRunOn)) continue;
    const isKnown = lastRunOn === asOf && (before?.reachedOn === asOf || before?.told?.on === asOf);
    alerts.note({ finding: { ...found, repId }, owner: found.repId, entry, customer, isKnown, before });
  }
}

/**
 * Queues the alerts of a run. Each is written with the note in its finding that it was told, which keeps it out of the
 * digests; not while messages are on hold, because they may never be sent. Returns how many were new.
 */
export async function queueAlerts(context: AlertContext, selected: readonly Selected[]): Promise<number> {
  const { store, asOf, isOnHold } = context;
  const alerts = await Promise.all(selected.map((one, place) => alertFor(context, one, place)));
  const told = selected.flatMap((one, place) => {
    const { finding, before } = one;
    const known = before?.episode === finding.episode ? before.told : undefined;
    const [to, notification] = [finding.repId, alerts[place]];
    if (isOnHold || notification === undefined || (known?.on === asOf && known.to === to)) return [];
    const put = { ...storedForm(storedOwner(one), before, asOf), told: { on: asOf, level: finding.level, to } };
    return [{ put, notification }];
  });
  const written = new Set(told.map(({ notification }) => notification.id));
  const queued = await store.saveFindings({
    put: told.map(({ put }) => put),
    remove: [],
    notify: told.map(({ notification }) => notification),
  });
  return queued + (await store.queueNotifications(alerts.filter(({ id }) => !written.has(id))));
}

/** The finding as it is stored: with the owner that it has, not with who stands in for them. */
const storedOwner = ({ finding, owner }: Selected) => ({ ...finding, repId: owner });

async function alertFor(
  context: AlertContext,
  { finding, customer }: Selected,
  place: number,
): Promise<NewNotification> {
  const { tenant, asOf, now, users, preferencesOf, isOnHold } = context;
  const rep = finding.repId === undefined ? undefined : users.get(finding.repId);
  const line = await lineFor(context, finding, customer, { rep, isNew: true, episode: finding.episode });
  const decision = route(finding, preferencesOf(finding.repId), Date.parse(now));
  return {
    id: alertId(finding),
    dueAt: decision.send === "hold" ? decision.until : now,
    message: composeAlert(tenant, finding, line, { asOf, place, rep }),
    isOnHold,
    queuedAt: now,
    why: decision.why,
  };
}
