import { channelOf } from "@regulars/core/notifications/channel";
import type { DeliveryLog, NewNotification, Notification } from "@regulars/core/notifications/notification";
import { type SuppressionStore, comparableAddress, suppressionText } from "@regulars/core/notifications/suppression";
import { readerOf } from "@regulars/core/notifications/readers-language";
import { cutText } from "@regulars/core/platform/cut-text";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { Instant, UserId } from "@regulars/core/platform/values";

interface ResendInput {
  readonly log: DeliveryLog;
  readonly suppressions: Pick<SuppressionStore, "find">;
  /** The address of an alert's reader, for whom no place in Slack can be reached. */
  readonly addressOfUser: (userId: UserId) => Promise<string | undefined>;
  /** Whether somebody has direct messages in the company's Slack, where what no mail carries goes. */
  readonly isInSlack?: ((userId: UserId) => Promise<boolean>) | undefined;
  readonly notificationId: string;
  /** What a sent one is asked for again with: twice is once. By default each request is one of its own. */
  readonly requestId?: string | undefined;
  /** For the log: "user:anna". */
  readonly by: string;
  readonly now: Instant;
  readonly companionOf?: ((resent: Resent) => CompanionWrites | undefined) | undefined;
}

export interface Resent {
  /** The one that is sent: a failed one itself, of a sent one a further one. */
  readonly notificationId: string;
}

const AGAIN = /^again:[^|]*\|/;

/**
 * Sends one message again, as its reader, their preferences and the findings are by then (docs/reference/messages.md 11).
 * Refused, with what to do instead, when it waits, was part of another or was not to be sent, and when its address takes
 * no mail.
 */
export async function resend(input: ResendInput): Promise<Result<Resent>> {
  const { log, notificationId, requestId, by, now, companionOf } = input;
  const found = await log.find(notificationId);
  if (found === undefined)
    return refuse("unknown-notification", `there is no message "${cutText(notificationId, 200)}" in the log`);
  const refused = notAgain(found) ?? (await suppressedRefusal(found, input));
  if (refused !== undefined) return refused;
  if (found.state !== "sent") {
    const resent = { notificationId };
    if (await log.release(notificationId, now, companionOf?.(resent))) return ok(resent);
    return refuse("changed-meanwhile", `the message ${notificationId} is being sent: look at the log again`);
  }
  const again: NewNotification = {
    id: `again:${requestId ?? now}|${notificationId.replace(AGAIN, "")}`,
    dueAt: now,
    queuedAt: now,
    message: found.message,
    isOnHold: false,
    note: `sent again by ${by}`,
  };
  const resent = { notificationId: again.id };
  if (await log.queueWith(again, companionOf?.(resent))) return ok(resent);
  if (requestId !== undefined && (await log.find(again.id)) !== undefined) return ok(resent);
  return refuse(
    "changed-meanwhile",
    `the message ${notificationId} was sent again at this moment: look at the log again`,
  );
}

/** Why a message in this state is not sent again. */
function notAgain({ id, state, dueAt, note, message }: Notification) {
  switch (state) {
    case "sent":
    case "failed":
    case "suppressed":
      return undefined;
    case "due":
      return refuse("not-sent", `the message ${id} is not sent yet: it is due at ${dueAt}`);
    case "sending":
      return refuse("changed-meanwhile", `the message ${id} is being sent: look at the log again`);
    case "on-hold":
      return refuse(
        "not-sent",
        `the message ${id} is on hold until the nightly run of ${message.asOf} runs again with sending`,
      );
    case "merged":
      return refuse("not-sent", `the message ${id} was told together with others: send ${note ?? "that one"} again`);
    case "dropped":
      return refuse("not-sent", `the message ${id} was not to be sent: ${note ?? "it held no more"}`);
  }
}

async function suppressedRefusal({ message, providerId }: Notification, input: ResendInput) {
  const address =
    message.type !== "alert"
      ? message.to.address
      : channelOf(message, providerId) === "email" && message.rep !== undefined
        ? await input.addressOfUser(message.rep.userId)
        : undefined;
  const known = address === undefined ? undefined : await input.suppressions.find(comparableAddress(address));
  if (known?.suppressed === undefined) return undefined;
  const reader = readerOf(message);
  if (reader !== undefined && message.type !== "notice" && (await input.isInSlack?.(reader)) === true) return undefined;
  return refuse(
    "suppressed",
    `no mail is sent to ${address}: ${suppressionText(known.suppressed)}. Send to the address again first`,
  );
}
