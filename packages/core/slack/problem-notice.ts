import type { User } from "../access/user.ts";
import { isActive } from "../access/user.ts";
import type { Notice, NoticeText } from "../notifications/message.ts";
import type { NewNotification } from "../notifications/notification.ts";
import { textOf } from "../platform/message-text.ts";
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

function wordsOf({ gone, place, reason }: SlackProblem): Pick<Notice, "title" | "paragraphs"> {
  const of = gone === "workspace" ? "gone" : "place";
  const values = { plac: place, text: reason };
  return {
    title: said(`${of}Title`, values),
    paragraphs: [said(`${of}Why`, values), said(`${of}Until`, values)],
  };
}

/** A text of the product about Slack. */
const said = (template: string, values: Readonly<Record<string, string>>): NoticeText => ({
  template: `slack.${template}`,
  variables: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, textOf(value)])),
});
