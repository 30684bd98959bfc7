import * as z from "zod";
import { type Instant, toInstant } from "../platform/values.ts";

/** Subscriptions a tenant may have. */
export const MOST_WEBHOOKS = 20;
/** A subscription is disabled after failing without a success for this long. */
const LONGEST_FAILURE_MS = 3 * 24 * 60 * 60_000;
/** Failures in a row after which a receiver is left alone for a while. */
export const BREAKING_FAILURES = 3;
/** Shortest and longest pause of a failing receiver, ms. */
const SHORTEST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 60 * 60_000;
/** How long the old secret also signs after a rotation. */
export const OLD_SECRET_MS = 24 * 60 * 60_000;

/** An event type: the feature and what happened, like `deal.closed` or `status.entered`. */
const eventTypeSchema = z.string().regex(/^[a-z][a-z-]*\.[a-z][A-Za-z_]*$/, "is not an event type like deal.closed");

export const webhookFieldsSchema = z.strictObject({
  url: z.string().trim().min(1).max(2_000),
  /** All event types when absent. */
  events: z.array(eventTypeSchema).min(1).optional(),
});

/** A subscription to events of a tenant. Secrets are `whsec_` and base64, as Standard Webhooks defines them. */
export const webhookSchema = z.object({
  webhookId: z.string(),
  url: z.string(),
  events: z.array(eventTypeSchema),
  secret: z.string(),
  oldSecret: z.string().optional(),
  /** When the old secret stops signing. */
  oldSecretUntil: z.string().optional(),
  isActive: z.boolean(),
  /** Since when every attempt has failed; absent while the last one succeeded. */
  failingSince: z.string().optional(),
  /** Until when nothing is sent to a failing receiver; then one delivery is tried first. Absent after a success. */
  pausedUntil: z.string().optional(),
  /** Why the subscription was disabled. */
  disabledReason: z.string().optional(),
  disabledAt: z.string().optional(),
  createdAt: z.string(),
  version: z.int(),
});
export type Webhook = Readonly<z.output<typeof webhookSchema>>;

/** What the log of changes tells of a webhook: never a secret; a new one shows by how long the old one signs. */
export const loggedWebhook = ({ url, events, isActive, oldSecretUntil }: Webhook): object => ({
  url,
  events,
  isActive,
  oldSecretUntil,
});

export const webhookStates = ["waiting", "sent", "failed"] as const;

const attemptSchema = z.object({
  at: z.string(),
  /** HTTP status of the answer; absent when there was no answer. */
  status: z.int().optional(),
  error: z.string().optional(),
});

/**
 * One event for one subscription, with its attempts. Its id is made of the event and its type, however often it is sent.
 */
export const webhookDeliverySchema = z.object({
  deliveryId: z.string(),
  webhookId: z.string(),
  type: eventTypeSchema,
  /** The body, without the attempt's number. */
  event: z.record(z.string(), z.unknown()),
  correlationId: z.string(),
  isBulk: z.boolean(),
  state: z.enum(webhookStates),
  attempts: z.int(),
  /** The latest attempts. */
  tries: z.array(attemptSchema),
  createdAt: z.string(),
  dueAt: z.string(),
});
export type WebhookDelivery = Readonly<z.output<typeof webhookDeliverySchema>>;

/** Pauses before the second, third, … attempt: 5 seconds to 8 hours, about 16 hours in total. */
const PAUSES_MS = [5_000, 30_000, 120_000, 600_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 28_800_000] as const;
const JITTER = 0.2;

/** Milliseconds until the next attempt, varied at random by up to a fifth; `undefined` when no attempt is left. */
export function pauseAfter(attempts: number, chance: number): number | undefined {
  const pause = PAUSES_MS[attempts - 1];
  return pause === undefined ? undefined : Math.round(pause * (1 - JITTER + 2 * JITTER * chance));
}

/** The answer to a delivery. Only 2xx is success (docs/api.md, "Webhooks"); 410 disables the subscription. */
export type WebhookAnswer = { readonly status: number } | { readonly error: string };

/** The subscription after an answer: usually unchanged. */
export function afterAnswer(webhook: Webhook, answer: WebhookAnswer, at: Instant): Webhook {
  const { failingSince, pausedUntil, ...rest } = webhook;
  if (isSuccess(answer)) return failingSince === undefined && pausedUntil === undefined ? webhook : rest;
  if (isGone(answer)) return ended(webhook, "the receiver answered 410 Gone", at);
  if (failingSince === undefined) return { ...webhook, failingSince: at };
  if (Date.parse(at) - Date.parse(failingSince) < LONGEST_FAILURE_MS) return webhook;
  return ended(webhook, `no delivery has come through since ${failingSince}`, at);
}

/** A failing receiver gets a pause as long as it has been failing: one minute to one hour. */
export function pausedReceiver(webhook: Webhook, at: Instant): Webhook {
  if (!webhook.isActive) return webhook;
  const failingMs = Date.parse(at) - Date.parse(webhook.failingSince ?? at);
  const pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(SHORTEST_PAUSE_MS, failingMs));
  return { ...webhook, pausedUntil: toInstant(Date.parse(at) + pauseMs) };
}

/**
 * When a delivery may be sent: `undefined` is now. After a pause only the first delivery of the receiver is tried; the
 * others wait for its answer.
 */
export function heldUntil({ pausedUntil }: Webhook, now: Instant, isFirst: boolean): Instant | undefined {
  if (pausedUntil === undefined) return undefined;
  if (Date.parse(pausedUntil) > Date.parse(now)) return toInstant(Date.parse(pausedUntil));
  return isFirst ? undefined : toInstant(Date.parse(now) + SHORTEST_PAUSE_MS);
}

const ended = (webhook: Webhook, disabledReason: string, disabledAt: Instant): Webhook =>
  webhook.isActive ? { ...webhook, isActive: false, disabledReason, disabledAt } : webhook;

export const isSuccess = (answer: WebhookAnswer): boolean =>
  "status" in answer && answer.status >= 200 && answer.status < 300;
export const isGone = (answer: WebhookAnswer): boolean => "status" in answer && answer.status === 410;
