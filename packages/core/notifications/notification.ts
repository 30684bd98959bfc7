import * as z from "zod";
import type { AlertRouting } from "./alert-route.ts";
import type { MailEvent } from "./mail-event.ts";
import { type Message, messageSchema } from "./message.ts";
import { type Why, whySchema } from "./route.ts";
import type { MessageLinks } from "./message-links.ts";
import type { CompanionWrites } from "../platform/idempotency.ts";
import type { TextSource } from "../platform/message-text.ts";
import { type Day, type Instant, type UserId, instantSchema } from "../platform/values.ts";

/** A message that its receiver has taken. */
export interface Delivered {
  readonly providerId: string;
  /** An earlier attempt may have arrived as well. */
  readonly maybeDuplicate?: boolean | undefined;
  /** Why it went another way than its reader prefers. */
  readonly note?: string | undefined;
}

/** A finding that a digest's reader was told in a message of its own: when and where, once that was sent. */
export interface ToldBefore {
  readonly kind: string;
  readonly customerName: string;
  /** The reader's local day and time. */
  readonly sent?: { readonly on: Day; readonly time: string; readonly channel: "email" | "slack" } | undefined;
}

/** What a delivery needs beside the message. */
export interface DeliveryContext {
  /** Where its reader changes what they get; absent for what is compulsory. */
  readonly links?: MessageLinks | undefined;
  /** Where the tenant's alerts go. */
  readonly alerts?: AlertRouting | undefined;
  /** What a digest counts and does not list. */
  readonly told?: readonly ToldBefore[] | undefined;
  /** Set when the message was tried before: since when, and whether that attempt may have arrived. */
  readonly earlier?: { readonly since: Instant; readonly mayHaveArrived: boolean } | undefined;
}

/** Delivers one message to one person or channel. */
export interface MessageSender {
  /**
   * Waits until the receiver takes the tenant's next message; resolves to what gives the turn back. It is taken before
   * the notification is claimed, so that no claim ends while it waits.
   */
  readonly takeTurn?: ((message: Message) => Promise<() => void>) | undefined;
  /** Sends with the words of `texts`. Throws on failure; `key` is the same whenever the same message is sent again. */
  readonly deliver: (message: Message, key: string, texts: TextSource, context?: DeliveryContext) => Promise<Delivered>;
}

/** A notification to be sent. `id` is the same for the same message, which is never queued twice. */
export interface NewNotification {
  readonly id: string;
  readonly dueAt: Instant;
  readonly message: Message;
  /** Not sent until the same nightly run is run again with sending enabled. */
  readonly isOnHold: boolean;
  /** When it was queued; it waits when it is due later. */
  readonly queuedAt?: Instant | undefined;
  /** Why it is sent, and why then. */
  readonly why?: Why | undefined;
  /** Who has it sent again. */
  readonly note?: string | undefined;
}

export const notificationStates = [
  "due",
  "sending",
  "sent",
  "failed",
  "suppressed",
  "dropped",
  "merged",
  "on-hold",
] as const;
export type NotificationState = (typeof notificationStates)[number];

/** When something happened to a message after it was sent, and what its receiver's server said. */
const toldSchema = z.object({ at: instantSchema, detail: z.string().optional() });

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
  queuedAt: instantSchema.optional(),
  why: whySchema.optional(),
  /**
   * Why it was dropped: "resolved while held"; the message that it was merged into; who had it sent again; why it went
   * to Slack instead of by mail.
   */
  note: z.string().optional(),
  /** It may have been received twice: a process ended between sending and recording it. */
  maybeDuplicate: z.boolean().optional(),
  /** Nobody knows whether one of its attempts arrived: the receiver's answer was lost, or its process ended. */
  mayHaveArrived: z.boolean().optional(),
  /** What its provider told of it since it was sent. */
  delivered: toldSchema.optional(),
  delayed: toldSchema.optional(),
  bounced: toldSchema.optional(),
  complained: toldSchema.optional(),
  rejected: toldSchema.optional(),
  /** The first click on one of its buttons in Slack; the detail is the action. */
  clicked: toldSchema.optional(),
});
export type Notification = Readonly<z.output<typeof notificationSchema>>;

/** Whether an attempt may have arrived: its process ended without a record, or its answer was lost. */
export const isUnsure = ({ state, mayHaveArrived = false }: Pick<Notification, "state" | "mayHaveArrived">): boolean =>
  mayHaveArrived || state === "sending";

/** What the log notes, after the reason, of a message that is not sent any more although an attempt may have arrived. */
export const UNSURE_NOTE = "; an earlier attempt may have arrived";

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

/** A failed attempt; without `retryAt` it was the last. */
export interface Failure {
  readonly error: string;
  readonly retryAt?: Instant | undefined;
  readonly mayHaveArrived?: boolean | undefined;
}

/** The outbox of one tenant. */
export interface Outbox {
  readonly due: (now: Instant, limit: number) => Promise<readonly Notification[]>;
  /** Takes a due notification until the lease ends; `false` when somebody else has it. */
  readonly claim: (notification: Notification, leaseUntil: Instant) => Promise<boolean>;
  readonly markSent: (notification: Notification, sentAt: Instant, delivered: Delivered) => Promise<void>;
  /** To be retried at `retryAt`, or failed for good without it. */
  readonly markFailed: (notification: Notification, failure: Failure) => Promise<void>;
  /** Not sent, for a lasting reason: no one may receive it, it has no receiver, or its address takes no mail. */
  readonly end: (notification: Notification, state: "failed" | "suppressed" | "dropped", why: string) => Promise<void>;
  /** Keeps what happened to a notification after it was sent; told again, the first report stays. */
  readonly noteFate: (notificationId: string, event: MailEvent) => Promise<void>;
  /** Due again at a later time, where nobody has it; `false` when somebody else was first. */
  readonly postpone: (notification: Notification, until: Instant, why: Why) => Promise<boolean>;
  /** Tried again at a later time, due since the same one; the log has why. */
  readonly delay: (notification: Notification, until: Instant, error: string) => Promise<boolean>;
  /** Not sent any more; `note` says why. */
  readonly drop: (notification: Notification, note: string) => Promise<boolean>;
  /** Puts one message in the place of several, all or nothing. */
  readonly merge: (notifications: readonly Notification[], merged: NewNotification) => Promise<boolean>;
  /** Puts other contents into one that waits. */
  readonly amend: (notification: Notification, message: Message) => Promise<boolean>;
  readonly find: (notificationId: string) => Promise<Notification | undefined>;
  /** What waits for a user, or for anybody, the earliest first. */
  readonly waitingFor: (userId: UserId | undefined) => Promise<readonly Notification[]>;
  readonly list: () => AsyncIterable<Notification>;
  readonly page: (request: NotificationPageRequest) => Promise<NotificationPage>;
}

/** The log of a tenant's messages, after they were sent. */
export interface DeliveryLog {
  readonly find: Outbox["find"];
  /** Keeps the first click on a button of a message in Slack. */
  readonly noteClick: (
    notificationId: string,
    click: { readonly at: Instant; readonly detail?: string | undefined },
  ) => Promise<void>;
  /** Makes a failed or suppressed one due again; `false` when it is neither any more. A companion is written with it. */
  readonly release: (notificationId: string, dueAt: Instant, companion?: CompanionWrites) => Promise<boolean>;
  /** Queues one with a companion write; `false` when there is one with its id. */
  readonly queueWith: (notification: NewNotification, companion?: CompanionWrites) => Promise<boolean>;
  /** Erases what was due before and waits no more. Returns how many. */
  readonly forget: (before: Instant) => Promise<number>;
}
