import {
  BREAKING_FAILURES,
  type Webhook,
  type WebhookAnswer,
  type WebhookDelivery,
  afterAnswer,
  heldUntil,
  isGone,
  isSuccess,
  pauseAfter,
  pausedReceiver,
} from "@regulars/core/webhooks/webhook";
import type { WebhookSender, WebhookStore } from "@regulars/core/webhooks/webhook-store";
import type { NewNotification } from "@regulars/core/notifications/notification";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { fanOutDue } from "./fan-out-due.ts";

/** A second run for what an index did not show yet begins no sooner, ms. */
const SOON_MS = 1_000;
/** Longer than a request may take, ms. */
const LEASE_MS = 60_000;
const PAGE = 25;
/** Most deliveries of one run; the caller runs again for the rest. */
const MOST = 500;
const TRIES_KEPT = 10;
const NOTE_ROUNDS = 5;

interface DeliverInput {
  readonly webhooks: WebhookStore;
  readonly send: WebhookSender;
  readonly clock: () => number;
  /** A monotonic clock, ms. */
  readonly elapsed: () => number;
  /** Time after which no more deliveries are begun, ms. */
  readonly patienceMs: number;
  /** In [0, 1). */
  readonly random: () => number;
  /** The notices to send when a webhook is disabled automatically. */
  readonly noticesOf: (webhook: Webhook, at: Instant) => Promise<readonly NewNotification[]>;
}

interface WebhookReport {
  readonly sent: number;
  readonly failed: number;
  readonly hasMore: boolean;
  /** Milliseconds until the next attempt is due. */
  readonly retryInMs?: number | undefined;
}

/**
 * Informs webhooks of changes: first creates deliveries for new events, then sends these and what is due. A delivery is
 * claimed before it is sent: after a crash it is sent again under the same id, and none is lost. The index of what is
 * due lags behind: it does not show yet what was just created, and still shows what was just sent.
 */
export async function deliverWebhooks(input: DeliverInput): Promise<WebhookReport> {
  const { webhooks, clock, elapsed, patienceMs } = input;
  const startedAt = elapsed();
  const failures = new Map<string, number>();
  const { created, isMore: isMoreToFan } = await fanOutDue(webhooks, { page: PAGE, most: MOST });
  const handled = new Set<string>();
  let [sent, failed, tried] = [0, 0, 0];
  for (;;) {
    const due = created.length > 0 ? created.splice(0, PAGE) : await dueExcept(input, handled);
    if (due.length === 0 || tried >= MOST || elapsed() - startedAt >= patienceMs) {
      const nextDueAt = await webhooks.nextDueAt();
      const retryInMs = nextDueAt === undefined ? undefined : Math.max(SOON_MS, Date.parse(nextDueAt) - clock());
      return { sent, failed, hasMore: isMoreToFan || due.length > 0, retryInMs };
    }
    const subscribers = new Map((await webhooks.list()).map((webhook) => [webhook.webhookId, webhook]));
    const given = await notifyAll(input, due, subscribers);
    await pauseFailing(input, due, given, subscribers, failures);
    for (const one of due) handled.add(nameOf(one));
    tried += due.length;
    sent += given.filter((one) => one === "sent").length;
    failed += given.filter((one) => one === "failed").length;
    if (given.every((one) => one === "taken")) return { sent, failed, hasMore: true };
  }
}

const nameOf = ({ webhookId, deliveryId }: WebhookDelivery): string => `${webhookId} ${deliveryId}`;

/** A page of what is due, without what this run has handled: as much again is read where only that is shown. */
async function dueExcept({ webhooks, clock }: DeliverInput, handled: ReadonlySet<string>): Promise<WebhookDelivery[]> {
  for (const limit of handled.size === 0 ? [PAGE] : [PAGE, PAGE + handled.size]) {
    const due = await webhooks.dueNotifications(toInstant(clock()), limit);
    const others = due.filter((one) => !handled.has(nameOf(one)));
    if (others.length > 0 || due.length < limit) return others.slice(0, PAGE);
  }
  return [];
}

type Outcome = "sent" | "failed" | "taken" | "held";

/** Sends deliveries at once; those of a receiver that has a pause are put off, and lose no attempt. */
function notifyAll(
  input: DeliverInput,
  due: readonly WebhookDelivery[],
  subscribers: ReadonlyMap<string, Webhook>,
): Promise<readonly Outcome[]> {
  const now = toInstant(input.clock());
  const seen = new Set<string>();
  return Promise.all(
    due.map(async (delivery) => {
      const webhook = subscribers.get(delivery.webhookId);
      const isFirst = !seen.has(delivery.webhookId);
      seen.add(delivery.webhookId);
      const until = webhook?.isActive === true ? heldUntil(webhook, now, isFirst) : undefined;
      if (until === undefined) return notify(input, delivery, webhook);
      return (await input.webhooks.claim(delivery, until)) ? "held" : "taken";
    }),
  );
}

/**
 * Gives a pause to each receiver that has failed several times in a row in this run, or whose first delivery after a
 * pause has failed, so that it does not hold up the tenant's other receivers.
 */
async function pauseFailing(
  { webhooks, clock }: Pick<DeliverInput, "webhooks" | "clock">,
  due: readonly WebhookDelivery[],
  given: readonly Outcome[],
  subscribers: ReadonlyMap<string, Webhook>,
  failures: Map<string, number>,
): Promise<void> {
  for (const [i, { webhookId }] of due.entries()) {
    if (given[i] === "sent") failures.set(webhookId, 0);
    if (given[i] === "failed") failures.set(webhookId, (failures.get(webhookId) ?? 0) + 1);
  }
  for (const [webhookId, failed] of failures) {
    const isProbe = subscribers.get(webhookId)?.pausedUntil !== undefined;
    if (failed < (isProbe ? 1 : BREAKING_FAILURES)) continue;
    failures.set(webhookId, 0);
    const webhook = await webhooks.find(webhookId);
    if (webhook?.isActive !== true) continue;
    // If somebody else saves first, the next failures give the pause.
    await webhooks.save({ ...pausedReceiver(webhook, toInstant(clock())), version: webhook.version + 1 });
  }
}

/**
 * A delivery's body: the event, with the details of the attempt that the receiver may want
 * (docs/api.md, "Webhooks").
 */
export const bodyOfDelivery = ({ event, correlationId, isBulk, attempts, deliveryId }: WebhookDelivery): string =>
  JSON.stringify({
    ...event,
    meta: { id: deliveryId, correlation_id: correlationId, attempt: attempts + 1, is_bulk_edit: isBulk },
  });

async function notify(
  { webhooks, send, clock, random, noticesOf }: DeliverInput,
  delivery: WebhookDelivery,
  webhook: Webhook | undefined,
): Promise<Outcome> {
  const now = clock();
  const leaseUntil = toInstant(now + LEASE_MS);
  if (!(await webhooks.claim(delivery, leaseUntil))) return "taken";
  const answer: WebhookAnswer =
    webhook?.isActive === true
      ? await send({
          url: webhook.url,
          id: delivery.deliveryId,
          body: bodyOfDelivery(delivery),
          secrets: secretsOf(webhook, now),
          atMs: now,
        })
      : { error: "the subscription is not active" };
  if (webhook?.isActive === true) await noteAnswer({ webhooks, noticesOf }, webhook, answer, toInstant(clock()));
  const isLost = webhook?.isActive !== true || isGone(answer);
  const next = afterAttempt(delivery, answer, { at: clock(), isLost, chance: random() });
  await webhooks.finish(next, leaseUntil);
  return next.state === "sent" ? "sent" : "failed";
}

function secretsOf({ secret, oldSecret, oldSecretUntil }: Webhook, now: number): string[] {
  const isOldGood = oldSecret !== undefined && oldSecretUntil !== undefined && Date.parse(oldSecretUntil) > now;
  return isOldGood ? [secret, oldSecret] : [secret];
}

/**
 * Stores since when a webhook fails, or disables it; the notices to the tenant's admins are in the same transaction.
 */
async function noteAnswer(
  { webhooks, noticesOf }: Pick<DeliverInput, "webhooks" | "noticesOf">,
  seen: Webhook,
  answer: WebhookAnswer,
  at: Instant,
): Promise<void> {
  let webhook: Webhook | undefined = seen;
  for (let round = 0; round < NOTE_ROUNDS && webhook?.isActive === true; round += 1) {
    const after = afterAnswer(webhook, answer, at);
    if (after === webhook) return;
    const next = { ...after, version: webhook.version + 1 };
    const logged = { before: webhook, stamp: { at, by: "deliveries" } };
    if (await webhooks.save(next, next.isActive ? [] : await noticesOf(next, at), undefined, logged)) return;
    webhook = await webhooks.find(seen.webhookId);
  }
}

function afterAttempt(
  delivery: WebhookDelivery,
  answer: WebhookAnswer,
  { at, isLost, chance }: { readonly at: number; readonly isLost: boolean; readonly chance: number },
): WebhookDelivery {
  const attempts = delivery.attempts + 1;
  const tries = [...delivery.tries, { at: toInstant(at), ...answer }].slice(-TRIES_KEPT);
  if (isSuccess(answer)) return { ...delivery, attempts, tries, state: "sent" };
  const pause = isLost ? undefined : pauseAfter(attempts, chance);
  if (pause === undefined) return { ...delivery, attempts, tries, state: "failed" };
  return { ...delivery, attempts, tries, dueAt: toInstant(at + pause) };
}
