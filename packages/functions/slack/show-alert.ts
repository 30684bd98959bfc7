import { parseFindingId } from "@regulars/core/insights/finding";
import type { Alert, MessageLine } from "@regulars/core/notifications/message";
import type { Notification } from "@regulars/core/notifications/notification";
import type { AlertStanding } from "@regulars/core/slack/handled";
import type { ActedElsewhere, SlackAction } from "@regulars/core/slack/slack-call";
import { alertOfFinding } from "@regulars/flows/notifications/alert-of-finding";
import { handledNow } from "@regulars/flows/slack/handled-now";
import { type AlertMessage, alertMessage } from "@regulars/render/alert";
import { wordAlert } from "@regulars/render/notifications/worded";
import type { StandingOf } from "@regulars/render/slack/further-alerts";
import type { TenantStore } from "@regulars/store/tenant-store";
import type { SlackParts } from "./slack-parts.ts";

/** What was done with each finding of an alert, for those that one message tells together. */
export async function standingsOf(
  told: readonly MessageLine[],
  nameOf: AlertStanding["nameOf"],
  stores: Pick<TenantStore, "nightly" | "slack" | "review" | "records">,
): Promise<ReadonlyMap<string, AlertStanding>> {
  const standings = new Map<string, AlertStanding>();
  if (told.length < 2) return standings;
  for (const { findingId, episode } of told) {
    const address = parseFindingId(findingId);
    if (address === undefined || episode === undefined) continue;
    const stored = await stores.nightly.finding(address);
    const holds = stored?.episode === episode;
    const handled = await handledNow(findingId, episode, holds ? stored : undefined, stores);
    standings.set(findingId, { handled, nameOf, ...(holds ? {} : { ended: "unknown" as const }) });
  }
  return standings;
}

/** Changes a message in its place. */
export async function update(
  place: Pick<SlackAction, "channel" | "ts">,
  alert: Alert,
  standingOfFinding: StandingOf,
  parts: SlackParts,
): Promise<void> {
  // Alerts of an earlier version do not know their episode; what is shown needs no buttons then.
  await replaceMessage(place, alertMessage(wordAlert(alert, parts.catalog.textOf), standingOfFinding), parts);
}

/** Replaces a message that is still there. */
export async function replaceMessage(
  { channel, ts }: Pick<SlackAction, "channel" | "ts">,
  { text, blocks }: AlertMessage,
  { slack: { api }, token }: Pick<SlackParts, "slack" | "token">,
): Promise<void> {
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

/** Slack's id of a message: its channel and its timestamp. */
const IN_SLACK = /^([CDG][A-Z0-9]+)\/(\d+\.\d+)$/;

/** Where in Slack a message is, if it went there. */
export function placeInSlack(
  notification: Pick<Notification, "providerId"> | undefined,
): Pick<SlackAction, "channel" | "ts"> | undefined {
  const [, channel, ts] = IN_SLACK.exec(notification?.providerId ?? "") ?? [];
  return channel === undefined || ts === undefined ? undefined : { channel, ts };
}

/** Shows on an alert what somebody did with its finding on a page or over the API. */
export async function showActed({ findingId }: ActedElsewhere, parts: SlackParts): Promise<void> {
  const { store, users } = parts;
  const address = parseFindingId(findingId);
  const stored = address && (await store.nightly.finding(address));
  if (stored === undefined) return;
  const { episode } = stored;
  const notification = await alertOfFinding({ findingId, episode }, store.outbox);
  const place = placeInSlack(notification);
  if (notification?.message.type !== "alert" || place === undefined) return;
  const { message: alert } = notification;
  const names = new Map<string, string>(users.map(({ userId, name }) => [userId, name]));
  const nameOf = (userId: string): string => names.get(userId) ?? userId;
  const standing = { handled: await handledNow(findingId, episode, stored, store), nameOf };
  const told = [alert.line, ...(alert.others ?? []).map(({ line }) => line)];
  const standings = await standingsOf(told, nameOf, store);
  await update(place, alert, (id) => (id === findingId ? standing : standings.get(id)), parts);
}
