import {
  type Delivered,
  type DeliveryContext,
  type MessageSender,
  type Notification,
  isUnsure,
} from "@regulars/core/notifications/notification";
import type { TextSource } from "@regulars/core/platform/message-text";
import type { Message } from "@regulars/core/notifications/message";
import { type Result, ok } from "@regulars/core/platform/result";
import { FinalRefusalError } from "@regulars/core/platform/final-refusal-error";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { UnknownOutcomeError } from "@regulars/core/platform/unknown-outcome-error";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";
import { type ReadyInput, readyToSend } from "./ready-to-send.ts";
import type { SendLimits } from "./within-limits.ts";

const TOGETHER = 8;
/** Longer than the function that sends may run (infra/jobs.ts): no claim ends while its message is on its way. */
export const LEASE_MS = 6 * 60_000;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 60 * 60_000;
/** A message that could not be sent for a week is outdated, ms: longer than a weekend or an outage. */
const GIVE_UP_MS = 7 * 24 * 60 * 60_000;

export interface SendReport {
  readonly sent: number;
  readonly failed: number;
  /** Claimed by a run that crashed: they were sent again, and may arrive twice. */
  readonly maybeDuplicates: number;
  /** More may be due: call again. */
  readonly hasMore: boolean;
  /** Milliseconds until the first failed one is due again; `undefined` if none is. */
  readonly retryInMs?: number | undefined;
}

interface SendInput extends ReadyInput {
  readonly messageSender: MessageSender;
  /** The texts of the messages' templates. */
  readonly texts: TextSource;
  /**
   * For whom a queued message is meant now; refused when nobody shall get it, which is kept as the reason. Default: as it
   * was queued.
   */
  readonly addressed?: (message: Message) => Promise<Result<Message>>;
  /** What a message is delivered with, as it is now addressed. */
  readonly contextOf?: (message: Message) => Promise<DeliveryContext>;
  /** What goes beyond the limits of its reader or of the tenant waits; default: there are none. */
  readonly limits?: SendLimits | undefined;
  /** Most notifications of one call. */
  readonly limit?: number;
}

/**
 * Sends what is due: claim, send, mark. After a crash between sending and marking, the claim expires and the message is
 * sent again, marked as a possible duplicate. A failed send is retried for a week, with delays doubling up to an hour
 * or as the receiver asks; then it stays in the log as failed with its reason, and can be released again. Nothing is
 * lost. When a receiver takes no more for now, the rest of the batch that is for it waits as long, without being tried.
 */
export async function sendDue(input: SendInput): Promise<SendReport> {
  const { outbox, clock, limit = 50 } = input;
  const due = await outbox.due(toInstant(clock()), limit);
  const report = { sent: 0, failed: 0, maybeDuplicates: 0 };
  const retries: number[] = [];
  const lanes = wholeLanes((await input.limits?.ofTenant(due)) ?? due, limit).values();
  const stops = new Map<Receiver, Stop>();
  const worker = async (): Promise<void> => {
    for (const lane of lanes) await sendLane(lane);
  };
  const sendLane = async (lane: readonly Notification[]): Promise<void> => {
    const inOrder = lane.toSorted((a, b) => placeOf(a) - placeOf(b));
    if (await delayed(inOrder, stops, input)) return;
    const ready = await readyToSend(inOrder, input);
    for (const [index, notification] of ready.entries()) {
      if (await delayed(ready.slice(index), stops, input)) return;
      if ((await input.limits?.ofReader(notification)) === false) continue;
      const outcome = await sendOne(notification, input);
      if (outcome === "taken") continue;
      report[outcome.did] += 1;
      if (outcome.retryInMs !== undefined) retries.push(outcome.retryInMs);
      if (outcome.stopped !== undefined) {
        const { receiver, retryAfterMs, message } = outcome.stopped;
        stops.set(receiver, { until: toInstant(clock() + retryAfterMs), why: message });
      }
      if (notification.state === "sending") report.maybeDuplicates += 1;
    }
  };
  await allOrFirstFault(Array.from({ length: TOGETHER }, worker));
  return {
    ...report,
    hasMore: due.length === limit,
    ...(retries.length === 0 ? {} : { retryInMs: Math.min(...retries) }),
  };
}

type Receiver = TryLaterError["receiver"];

/** Until when a receiver takes no more, and why. */
interface Stop {
  readonly until: Instant;
  readonly why: string;
}

/** Makes messages wait whose receiver takes no more for now; an alert asks Slack first, and may still go by mail. */
async function delayed(
  notifications: readonly Notification[],
  stops: ReadonlyMap<Receiver, Stop>,
  { outbox }: SendInput,
): Promise<boolean> {
  const stop = stops.get(notifications[0]?.message.type === "alert" ? "slack" : "mail");
  if (stop === undefined) return false;
  for (const notification of notifications) await outbox.delay(notification, stop.until, stop.why);
  return true;
}

/** The lanes of a batch. The last one may go on in the next batch, and is left to it: who waits gets one message. */
function wholeLanes(due: readonly Notification[], limit: number): Map<string, Notification[]> {
  const lanes = Map.groupBy(due, laneOf);
  const last = due.at(-1);
  if (due.length === limit && lanes.size > 1 && last?.message.type === "alert") lanes.delete(laneOf(last));
  return lanes;
}

/** A rep's alerts are sent one after the other, in the order of the rep's list; other messages side by side. */
const laneOf = ({ id, message }: Notification): string =>
  message.type === "alert" ? `alerts ${message.rep?.userId ?? ""}` : id;

const placeOf = ({ message }: Notification): number => (message.type === "alert" ? message.place : 0);

/** The reason of `addressed` for a message whose address takes no mail. */
export const SUPPRESSED = "suppressed";
/** The reason of `addressed` for a message that there is nobody to send to: that is no failure to send. */
export const NO_READER = "nobody";

type Outcome =
  | {
      readonly did: "sent" | "failed";
      readonly retryInMs?: number | undefined;
      /** Its receiver takes no more for now. */
      readonly stopped?: TryLaterError | undefined;
    }
  | "taken";

/** The receiver's turn comes before the claim: a claim that waited for its turn would end, and be sent twice. */
async function sendOne(notification: Notification, input: SendInput): Promise<Outcome> {
  const giveBack = await input.messageSender.takeTurn?.(notification.message);
  try {
    return await sendInTurn(notification, input);
  } finally {
    giveBack?.();
  }
}

async function sendInTurn(notification: Notification, input: SendInput): Promise<Outcome> {
  const { outbox, messageSender, texts, clock } = input;
  if (!(await outbox.claim(notification, toInstant(clock() + LEASE_MS)))) return "taken";
  const { addressed = (message) => Promise.resolve(ok(message)) } = input;
  const message = await addressed(notification.message);
  if (!message.ok && message.reason === NO_READER) {
    await outbox.end(notification, "dropped", message.message);
    return "taken";
  }
  if (!message.ok) {
    await outbox.end(notification, message.reason === SUPPRESSED ? "suppressed" : "failed", message.message);
    return { did: "failed" };
  }
  let delivered: Delivered;
  try {
    const context = { ...(await input.contextOf?.(message.value)), earlier: earlierOf(notification) };
    delivered = await messageSender.deliver(message.value, notification.id, texts, context);
  } catch (error) {
    const retryInMs = retryIn(notification, error, clock());
    await outbox.markFailed(notification, {
      error: error instanceof Error ? error.message : String(error),
      retryAt: retryInMs === undefined ? undefined : toInstant(clock() + retryInMs),
      mayHaveArrived: error instanceof UnknownOutcomeError,
    });
    return { did: "failed", retryInMs, stopped: error instanceof TryLaterError ? error : undefined };
  }
  await outbox.markSent(notification, toInstant(clock()), delivered);
  return { did: "sent" };
}

/** What earlier attempts left open: one that ended without a record, or without an answer, may have arrived. */
function earlierOf(notification: Notification): DeliveryContext["earlier"] {
  const { attempts, dueAt, queuedAt = dueAt } = notification;
  if (attempts === 0) return undefined;
  // What has waited again since is due later than it was tried.
  return { since: queuedAt < dueAt ? queuedAt : dueAt, mayHaveArrived: isUnsure(notification) };
}

function retryIn({ dueAt, attempts }: Notification, error: unknown, now: number): number | undefined {
  if (error instanceof FinalRefusalError) return undefined;
  if (error instanceof TryLaterError) return error.retryAfterMs;
  if (now - Date.parse(dueAt) > GIVE_UP_MS) return undefined;
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts, 20));
}
