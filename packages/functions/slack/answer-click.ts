import type { User } from "@regulars/core/access/user";
import { isActive } from "@regulars/core/access/user";
import type { AlertStanding } from "@regulars/core/slack/handled";
import { type SlackAction, readValue } from "@regulars/core/slack/slack-call";
import { alertOfFinding } from "@regulars/flows/notifications/alert-of-finding";
import { type Acted, actOnAlert } from "@regulars/flows/slack/act-on-alert";
import { slackReplies } from "@regulars/render/slack/slack-replies";
import { wordsOf } from "@regulars/render/texts/words";
import { replyTo } from "./reply.ts";
import type { SlackParts } from "./slack-parts.ts";
import { standingsOf, update } from "./show-alert.ts";

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
  const { nightly, review, imports, records, slack } = store;
  const acted = await actOnAlert({
    ...parts,
    ...given,
    ...click,
    store: nightly,
    review,
    imports,
    records,
    slack,
    user,
  });
  if (acted.outcome === "not-allowed") return void (await tell(slackReplies.notAllowed(words)));
  const notification = await alertOfFinding(given, store.outbox);
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

function standingOf(acted: Exclude<Acted, { outcome: "not-allowed" }>, users: readonly User[]): AlertStanding {
  const names = new Map<string, string>(users.map(({ userId, name }) => [userId, name]));
  const nameOf = (userId: string): string => names.get(userId) ?? userId;
  return { handled: acted.handled, nameOf, ...(acted.outcome === "ended" ? { ended: acted.end } : {}) };
}

/** Whether the user did themselves what they clicked again, as when a click is worked on twice. */
function isOwn(acted: Acted, { action }: SlackAction, user: User): boolean {
  if (acted.outcome !== "already") return false;
  const { contacted, snoozed, feedback } = acted.handled;
  const done = action === "contacted" ? contacted : action.startsWith("snooze-") ? snoozed : feedback;
  return done?.by === user.userId;
}
