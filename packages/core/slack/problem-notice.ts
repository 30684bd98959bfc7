import type { User } from "../access/user.ts";
import { isActive } from "../access/user.ts";
import type { Notice } from "../notifications/message.ts";
import type { NewNotification } from "../notifications/notification.ts";
import { localDay } from "../platform/period.ts";
import type { Instant } from "../platform/values.ts";
import type { Tenant } from "../tenants/tenant.ts";

/** The admins are told of one problem with Slack at most once in so many milliseconds: a week. */
export const TELL_AGAIN_MS = 7 * 24 * 60 * 60_000;

/** Most admins who are told: the notices are queued in one transaction. */
const MOST_ADMINS = 20;

/** What is wrong with a tenant's Slack: a channel or a user that takes no messages, or the whole connection. */
export interface SlackProblem {
  readonly gone: "place" | "workspace";
  /** "#north", or the name of a user. */
  readonly place: string;
  /** Slack's id of the place. */
  readonly placeId: string;
  /** Slack's word for it: "is_archived". */
  readonly reason: string;
}

/** Names a problem, so that it is told once a week however many messages meet it. */
export const problemId = ({ gone, placeId, reason }: SlackProblem): string =>
  gone === "workspace" ? `workspace:${reason}` : `place:${placeId}`;

/** The e-mails to the tenant's admins about a problem with Slack. */
export function problemNotices(
  problem: SlackProblem,
  tenant: Tenant,
  users: readonly User[],
  at: Instant,
): NewNotification[] {
  const { title, paragraphs } = wordsOf(problem);
  return users
    .filter((user) => user.role === "admin" && user.email !== undefined && isActive(user))
    .slice(0, MOST_ADMINS)
    .map(({ userId, name, email = "" }): NewNotification => {
      const message: Notice = {
        type: "notice",
        tenantId: tenant.tenantId,
        tenantName: tenant.name,
        asOf: localDay(at, tenant.timeZone),
        locale: tenant.locale,
        userId,
        to: { name, address: email },
        title,
        paragraphs,
      };
      return { id: `slack:${problemId(problem)}:${at}:${userId}`, dueAt: at, message, isOnHold: false };
    });
}

const WHY: Readonly<Record<string, string>> = {
  is_archived: "the channel is archived",
  channel_not_found: "the channel does not exist any more, or Regulars is not in it",
  not_in_channel: "Regulars is not in the channel",
  user_not_found: "there is no such user in the workspace",
  user_disabled: "the user's account is switched off",
};

function wordsOf({ gone, place, reason }: SlackProblem): Pick<Notice, "title" | "paragraphs"> {
  if (gone === "workspace")
    return {
      title: "Slack is no longer connected",
      paragraphs: [
        `Slack takes no messages from Regulars any more (${reason}).`,
        "Until Slack is connected again, alerts are sent by e-mail.",
      ],
    };
  return {
    title: `Alerts cannot be posted to ${place}`,
    paragraphs: [
      `Slack takes no messages for ${place}: ${WHY[reason] ?? reason}.`,
      "Its alerts go to the reps' direct messages instead, else by e-mail. Invite Regulars to the channel again, or choose another one in the settings of Slack.",
    ],
  };
}
