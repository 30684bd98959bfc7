import * as z from "zod";
import { type Message, messageSchema } from "./message.ts";
import type { TextSource } from "../platform/message-text.ts";
import { type Instant, instantSchema } from "../platform/values.ts";

/**
 * Gets one message to one person or channel, in the words of `texts`. Throws when it could not; `key` is the same for the
 * same message.
 */
export interface MessageSender {
  readonly deliver: (message: Message, key: string, texts: TextSource) => Promise<{ readonly providerId: string }>;
}

/** A notification to be sent. `id` is the same for the same news: it is never queued twice. */
export interface NewNotification {
  readonly id: string;
  readonly dueAt: Instant;
  readonly message: Message;
  /** Kept back until the same nightly run is run again with sending on. */
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
  /** It may have reached its receiver twice: a process ended between sending and recording it. */
  maybeDuplicate: z.boolean().optional(),
});
export type Notification = Readonly<z.output<typeof notificationSchema>>;

/** Which deliveries to read: before a place, of one state where one is named. */
export interface NotificationPageRequest {
  readonly limit: number;
  readonly state?: NotificationState | undefined;
  readonly before?: string | undefined;
}

/**
 * Deliveries, those due last first. `next` is the `before` of the page after, absent on the last one; where only one
 * state is wanted, a page may have less than was asked for, or nothing, and still not be the last.
 */
export interface NotificationPage {
  readonly notifications: readonly Notification[];
  readonly next?: string | undefined;
}

/** The outbox of one tenant. */
export interface Outbox {
  readonly due: (now: Instant, limit: number) => Promise<readonly Notification[]>;
  /** Takes a due notification until its lease ends; `false` when someone else has it. */
  readonly claim: (notification: Notification, leaseUntil: Instant) => Promise<boolean>;
  readonly markSent: (notification: Notification, sentAt: Instant, providerId: string) => Promise<void>;
  /** To be tried again at `retryAt`, or given up when there is none. */
  readonly markFailed: (notification: Notification, error: string, retryAt: Instant | undefined) => Promise<void>;
  readonly list: () => AsyncIterable<Notification>;
  readonly page: (request: NotificationPageRequest) => Promise<NotificationPage>;
}
