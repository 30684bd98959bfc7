import type { User } from "@regulars/core/access/user";
import { isActive } from "@regulars/core/access/user";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { levels, parseFindingId } from "@regulars/core/insights/finding";
import { alertId } from "@regulars/core/notifications/compose";
import type { Notification } from "@regulars/core/notifications/notification";
import type { Alert, MessageLine } from "@regulars/core/notifications/message";
import type { Instant } from "@regulars/core/platform/values";
import type { AlertStanding } from "@regulars/core/slack/handled";
import { type SlackAction, readValue } from "@regulars/core/slack/slack-call";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type Acted, actOnAlert } from "@regulars/flows/slack/act-on-alert";
import { alertMessage } from "@regulars/render/alert";
import { wordAlert } from "@regulars/render/notifications/worded";
import { slackReplies } from "@regulars/render/slack/slack-replies";
import type { StandingOf } from "@regulars/render/slack/further-alerts";
import { wordsOf } from "@regulars/render/texts/words";
import type { TenantStore } from "@regulars/store/tenant-store";
import { replyTo } from "./reply.ts";
import type { RuntimeSlack } from "./slack-config.ts";

/** A tenant's Slack at work: the store, who is known, and the token. */
export interface SlackParts {
  readonly tenant: Tenant;
  readonly store: TenantStore;
  readonly catalog: InsightCatalog;
  readonly users: readonly User[];
  readonly now: Instant;
  readonly slack: RuntimeSlack;
  readonly token: string;
}

/** The active user with a Slack id. */
export const userOf = (users: readonly User[], slackUserId: string): User | undefined =>
  users.find((user) => user.slackUserId === slackUserId && isActive(user));

/**
 * Does what was clicked, and shows it: the message is changed in its place, and who clicked in vain is told why, only to
 * them. It may run more than once for a click: the second time it only shows.
 */
export async function answerClick(click: SlackAction, parts: SlackParts): Promise<void> {
  const {
    slack: { api, answersAt },
    token,
    tenant,
    users,
    store,
  } = parts;
  const tell = (text: string) => replyTo(click, text, { api, token, answersAt });
  const words = wordsOf(tenant.locale, parts.catalog.textOf);
  const user = userOf(users, click.slackUserId);
  const given = readValue(click.value);
  if (user === undefined) return void (await tell(slackReplies.unknownUser(click.slackUserId, words)));
  if (given === undefined) return void (await tell(slackReplies.unusable(words)));
  const { nightly, review, imports, slack } = store;
  const acted = await actOnAlert({ ...parts, ...given, ...click, store: nightly, review, imports, slack, user });
  if (acted.outcome === "not-allowed") return void (await tell(slackReplies.notAllowed(words)));
  const notification = await alertOf(given, store);
  const alert = notification?.message.type === "alert" ? notification.message : undefined;
  if (notification !== undefined)
    await store.outbox.noteClick(notification.id, { at: parts.now, detail: click.action });
  const standing = standingOf(acted, users);
  const told = alert === undefined ? [] : [alert.line, ...(alert.others ?? []).map(({ line }) => line)];
  if (alert !== undefined) {
    const standings = await standingsOf(told, standing.nameOf, store);
    await update(click, alert, (id) => (id === given.findingId ? standing : standings.get(id)), parts);
  }
  const name = told.find(({ findingId }) => findingId === given.findingId)?.customerName ?? "";
  if (acted.outcome === "ended") await tell(slackReplies.ended(name, acted.end, words));
  if (acted.outcome === "already" && !isOwn(acted, click, user)) await tell(slackReplies.already(standing, words));
}

/** Messages that were merged into one that was merged again: more are not followed. */
const MOST_MERGES = 10;

/** The message of an alert, with what it was merged with; `undefined` once it is kept no longer. */
async function alertOf(
  { findingId, episode }: { readonly findingId: string; readonly episode: string },
  { outbox }: Pick<TenantStore, "outbox">,
): Promise<Notification | undefined> {
  let found: Notification | undefined;
  for (const level of levels) found ??= await outbox.find(alertId({ id: findingId, episode, level }));
  for (let merges = 0; found?.state === "merged" && found.note !== undefined && merges < MOST_MERGES; merges += 1)
    found = await outbox.find(found.note);
  return found;
}

/** What was done with each finding of an alert, for those that one message tells together. */
async function standingsOf(
  told: readonly MessageLine[],
  nameOf: AlertStanding["nameOf"],
  { nightly, slack }: Pick<TenantStore, "nightly" | "slack">,
): Promise<ReadonlyMap<string, AlertStanding>> {
  const standings = new Map<string, AlertStanding>();
  if (told.length < 2) return standings;
  for (const { findingId, episode } of told) {
    const address = parseFindingId(findingId);
    if (address === undefined || episode === undefined) continue;
    const handled = await slack.handled(findingId, episode);
    const holds = (await nightly.finding(address))?.episode === episode;
    standings.set(findingId, { handled, nameOf, ...(holds ? {} : { ended: "unknown" as const }) });
  }
  return standings;
}

function standingOf(acted: Exclude<Acted, { outcome: "not-allowed" }>, users: readonly User[]): AlertStanding {
  const names = new Map<string, string>(users.map(({ userId, name }) => [userId, name]));
  const nameOf = (userId: string): string => names.get(userId) ?? userId;
  return { handled: acted.handled, nameOf, ...(acted.outcome === "ended" ? { ended: acted.end } : {}) };
}

async function update(
  { channel, ts }: SlackAction,
  alert: Alert,
  standingOfFinding: StandingOf,
  { catalog, slack: { api }, token }: SlackParts,
): Promise<void> {
  // Alerts of an earlier version do not know their episode; what is shown needs no buttons then.
  const { text, blocks } = alertMessage(wordAlert(alert, catalog.textOf), standingOfFinding);
  const answer = await api.call("chat.update", { channel, ts, text, blocks }, token);
  if (!answer.ok && !GONE.has(answer.error)) throw new Error(`Slack does not update the message: ${answer.error}`);
}

/** The message is no longer there, or may not be changed any more. */
const GONE = new Set([
  "message_not_found",
  "channel_not_found",
  "cant_update_message",
  "edit_window_closed",
  "is_archived",
  "not_in_channel",
]);

/** Whether the user did themselves what they clicked again, as when a click is worked on twice. */
function isOwn(acted: Acted, { action }: SlackAction, user: User): boolean {
  if (acted.outcome !== "already") return false;
  const { contacted, snoozed, feedback } = acted.handled;
  const done = action === "contacted" ? contacted : action.startsWith("snooze-") ? snoozed : feedback;
  return done?.by === user.userId;
}
