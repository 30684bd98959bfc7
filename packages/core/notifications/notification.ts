import * as z from "zod";
import { type Message, messageSchema } from "./message.ts";
import type { TextSource } from "../platform/message-text.ts";
import { type Instant, instantSchema } from "../platform/values.ts";

/**
 * Gets one message to one person or channel, in the words of `texts`. Throws when it could not; `key` is the same for the
 * same message.
 */
export interface Courier {
  readonly deliver: (message: Message, key: string, texts: TextSource) => Promise<{ readonly providerId: string }>;
}

/** A notification to be sent. `id` is the same for the same news: it is never queued twice. */
export interface NewNotification {
  readonly id: string;
  readonly dueAt: Instant;
  readonly message: Message;
  /** Kept back until the same night is run again with sending on. */
  readonly isWithheld: boolean;
}

export const deliveryStates = ["due", "sending", "sent", "failed", "withheld"] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** A notification in the log: what was sent to whom, when, and with which result. */
export const notificationSchema = z.object({
  id: z.string(),
  state: z.enum(deliveryStates),
  dueAt: instantSchema,
  attempts: z.int(),
  message: messageSchema,
  sentAt: instantSchema.optional(),
  providerId: z.string().optional(),
  lastError: z.string().optional(),
  /** It may have reached its receiver twice: a process ended between sending and recording it. */
  maybeDuplicate: z.boolean().optional(),
});
export type Delivery = Readonly<z.output<typeof notificationSchema>>;

/** Which deliveries to read: before a place, of one state where one is named. */
export interface DeliveryPageRequest {
  readonly limit: number;
  readonly state?: DeliveryState | undefined;
  readonly before?: string | undefined;
}

/**
 * Deliveries, those due last first. `next` is the `before` of the page after, absent on the last one; where only one
 * state is wanted, a page may have less than was asked for, or nothing, and still not be the last.
 */
export interface DeliveryPage {
  readonly deliveries: readonly Delivery[];
  readonly next?: string | undefined;
}

/** The outbox of one tenant. */
export interface Outbox {
  readonly due: (now: Instant, limit: number) => Promise<readonly Delivery[]>;
  /** Takes a due notification until its lease ends; `false` when someone else has it. */
  readonly claim: (delivery: Delivery, leaseUntil: Instant) => Promise<boolean>;
  readonly markSent: (delivery: Delivery, sentAt: Instant, providerId: string) => Promise<void>;
  /** To be tried again at `retryAt`, or given up when there is none. */
  readonly markFailed: (delivery: Delivery, error: string, retryAt: Instant | undefined) => Promise<void>;
  readonly list: () => AsyncIterable<Delivery>;
  readonly page: (request: DeliveryPageRequest) => Promise<DeliveryPage>;
}
