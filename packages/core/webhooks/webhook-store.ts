import type { NewNotification } from "../notifications/notification.ts";
import type { DealEvent } from "../deals/deal-event.ts";
import type { Webhook, WebhookAnswer, WebhookDelivery } from "./webhook.ts";

/** A change of a deal that webhooks have not been made of yet. */
export interface DueEvent {
  readonly event: DealEvent;
  readonly dealId: string;
  readonly version: number;
}

/** A tenant's subscriptions and what was told to them. */
export interface WebhookStore {
  readonly list: () => Promise<readonly Webhook[]>;
  readonly find: (webhookId: string) => Promise<Webhook | undefined>;
  readonly create: (webhook: Webhook) => Promise<boolean>;
  /** Saves one version later, with what is to be told of it; `false` when somebody was faster. */
  readonly save: (webhook: Webhook, notices?: readonly NewNotification[]) => Promise<boolean>;
  readonly remove: (webhookId: string) => Promise<void>;

  /** The oldest changes that nobody has been told of. */
  readonly dueEvents: (limit: number) => Promise<readonly DueEvent[]>;
  /** Makes an event's deliveries, once: `false` when somebody else has. */
  readonly fanOut: (event: DueEvent, deliveries: readonly WebhookDelivery[]) => Promise<boolean>;

  readonly dueNotifications: (now: string, limit: number) => Promise<readonly WebhookDelivery[]>;
  /** When the next delivery is due, if any waits. */
  readonly nextDueAt: () => Promise<string | undefined>;
  /** Takes a delivery until its lease ends; `false` when somebody else has it. */
  readonly claim: (delivery: WebhookDelivery, until: string) => Promise<boolean>;
  readonly finish: (delivery: WebhookDelivery) => Promise<void>;
  /** A subscription's deliveries, the newest first. */
  readonly deliveries: (webhookId: string, limit: number) => Promise<readonly WebhookDelivery[]>;
  readonly delivery: (webhookId: string, deliveryId: string) => Promise<WebhookDelivery | undefined>;
}

/** Sends one signed request; never follows where it is sent on to, and reaches no private address. */
export type WebhookSender = (request: {
  readonly url: string;
  readonly id: string;
  readonly body: string;
  readonly secrets: readonly string[];
  readonly atMs: number;
}) => Promise<WebhookAnswer>;
