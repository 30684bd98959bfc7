import * as z from "zod";
import { type Message, messageSchema } from "./message.ts";
import type { MessageLinks } from "./message-links.ts";
import type { TextSource } from "../platform/message-text.ts";
import { type Instant, instantSchema } from "../platform/values.ts";

/** What a delivery needs beside the message. */
export interface DeliveryContext {
  /** Where its reader changes what they get; absent for what is compulsory. */
  readonly links?: MessageLinks | undefined;
}

/**
 * Delivers one message to one person or channel, with the words of `texts`. Throws on failure; `key` is the same
 * whenever the same message is sent again.
 */
export interface MessageSender {
  readonly deliver: (
    message: Message,
    key: string,
    texts: TextSource,
    context?: DeliveryContext,
  ) => Promise<{ readonly providerId: string }>;
}

/** A notification to be sent. `id` is the same for the same message, which is never queued twice. */
export interface NewNotification {
  readonly id: string;
  readonly dueAt: Instant;
  readonly message: Message;
  /** Not sent until the same nightly run is run again with sending enabled. */
  readonly isOnHold: boolean;
}

export const notificationStates = ["due", "sending", "sent", "failed", "on-hold"] as const;
export type NotificationState = (typeof notificationStates)[number];

/** A notification in the log: what was sent to whom, when, and with which result. */
export const notificationSchema = z.object({
  id: z.string(),
  state: z.enum(notificationStates),
  dueAt: instantSchema,
  attempts: z.int(),
  message: messageSchema,
  sentAt: instantSchema.optional(),
  providerId: z.string().optional(),
  lastError: z.string().optional(),
  /** It may have been received twice: a process ended between sending and recording it. */
  maybeDuplicate: z.boolean().optional(),
});
export type Notification = Readonly<z.output<typeof notificationSchema>>;

/** Which notifications to read: before a position, and in one state if given. */
export interface NotificationPageRequest {
  readonly limit: number;
  readonly state?: NotificationState | undefined;
  readonly before?: string | undefined;
}

/**
 * Notifications, latest due time first. `next` is the `before` of the following page, absent on the last one. With a
 * state, a page may contain fewer than requested, or none, without being the last.
 */
export interface NotificationPage {
  readonly notifications: readonly Notification[];
  readonly next?: string | undefined;
}

/** The outbox of one tenant. */
export interface Outbox {
  readonly due: (now: Instant, limit: number) => Promise<readonly Notification[]>;
  /** Takes a due notification until the lease ends; `false` when somebody else has it. */
  readonly claim: (notification: Notification, leaseUntil: Instant) => Promise<boolean>;
  readonly markSent: (notification: Notification, sentAt: Instant, providerId: string) => Promise<void>;
  /** To be retried at `retryAt`, or failed for good without it. */
  readonly markFailed: (notification: Notification, error: string, retryAt: Instant | undefined) => Promise<void>;
  readonly list: () => AsyncIterable<Notification>;
  readonly page: (request: NotificationPageRequest) => Promise<NotificationPage>;
}
