import type { CompanionWrites } from "../platform/idempotency.ts";
import type { NewNotification } from "../notifications/notification.ts";
import type { ChangeStamp } from "../tenants/change-log.ts";
import type { PublishedEvent } from "../platform/domain-event.ts";
import type { Webhook, WebhookAnswer, WebhookDelivery } from "./webhook.ts";

/** An event for which no webhook deliveries have been created yet. `storedAt` is the key of the item that has it. */
export interface DueEvent {
  readonly event: PublishedEvent;
  readonly storedAt: { readonly pk: string; readonly sk: string };
}

/** Who changes a webhook and when, and the webhook as it was, for the log of changes. */
interface LoggedChange {
  readonly before: Webhook;
  readonly stamp: ChangeStamp;
}

/** A tenant's webhook subscriptions and their deliveries. */
export interface WebhookStore {
  readonly list: () => Promise<readonly Webhook[]>;
  readonly find: (webhookId: string) => Promise<Webhook | undefined>;
  readonly create: (webhook: Webhook, companion?: CompanionWrites, stamp?: ChangeStamp) => Promise<boolean>;
  /** Saves the next version with its notices and its entry of the log; `false` when somebody else saved first. */
  readonly save: (
    webhook: Webhook,
    notices?: readonly NewNotification[],
    companion?: CompanionWrites,
    logged?: LoggedChange,
  ) => Promise<boolean>;
  /** `false` when somebody else has removed it. */
  readonly remove: (webhookId: string, companion?: CompanionWrites, logged?: LoggedChange) => Promise<boolean>;

  /** The oldest changes without deliveries. */
  readonly dueEvents: (limit: number) => Promise<readonly DueEvent[]>;
  /** Creates an event's deliveries, once; `false` when somebody else has created them. */
  readonly fanOut: (event: DueEvent, deliveries: readonly WebhookDelivery[]) => Promise<boolean>;

  readonly dueNotifications: (now: string, limit: number) => Promise<readonly WebhookDelivery[]>;
  /** When the next waiting delivery is due. */
  readonly nextDueAt: () => Promise<string | undefined>;
  /** Takes a delivery until the lease ends; `false` when somebody else has it. */
  readonly claim: (delivery: WebhookDelivery, until: string) => Promise<boolean>;
  /** Saves a delivery after an attempt; with the lease of that attempt, unless somebody has taken it or replayed it since. */
  readonly finish: (delivery: WebhookDelivery, leaseUntil?: string) => Promise<void>;
  /** Saves a delivery that is to be sent again. */
  readonly replay: (delivery: WebhookDelivery, companion?: CompanionWrites) => Promise<void>;
  /** A subscription's deliveries, newest first. */
  readonly deliveries: (webhookId: string, limit: number) => Promise<readonly WebhookDelivery[]>;
  readonly delivery: (webhookId: string, deliveryId: string) => Promise<WebhookDelivery | undefined>;
}

/** Sends one signed request; follows no redirects, and connects to no private address. */
export type WebhookSender = (request: {
  readonly url: string;
  readonly id: string;
  readonly body: string;
  readonly secrets: readonly string[];
  readonly atMs: number;
}) => Promise<WebhookAnswer>;
