import type { MessageSender, Notification, Outbox } from "@regulars/core/notifications/notification";
import type { TextSource } from "@regulars/core/platform/message-text";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { toInstant } from "@regulars/core/platform/values";
import { allOrFirstFault } from "../platform/all-or-first-fault.ts";

const TOGETHER = 8;
const LEASE_MS = 5 * 60_000;
const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 60 * 60_000;
/** Longer than a weekend and an outage: what cannot be sent for a week is stale news. */
const GIVE_UP_MS = 7 * 24 * 60 * 60_000;

export interface SendReport {
  readonly sent: number;
  readonly failed: number;
  /** Found claimed by a run that did not come back: what was sent again may arrive twice. */
  readonly maybeDuplicates: number;
  /** More may be due: ask again. */
  readonly hasMore: boolean;
  /** When the first of the failed ones is due again; `undefined` when none is. */
  readonly retryInMs?: number | undefined;
}

interface SendInput {
  readonly outbox: Outbox;
  readonly messageSender: MessageSender;
  /** The words of messages' templates. */
  readonly texts: TextSource;
  readonly clock: () => number;
  /** How many one call takes on. */
  readonly limit?: number;
}

/**
 * Sends what is due: claim, send, mark. A crash between sending and marking leaves the claim; after its lease the
 * message is sent again and marked as a possible duplicate. A failed send is tried again for a week, each time after
 * twice as long up to an hour, or when its receiver said; then it stays in the log as failed with its reason, and
 * can be let go again. Nothing is lost.
 */
export async function sendDue(input: SendInput): Promise<SendReport> {
  const { outbox, clock, limit = 50 } = input;
  const due = await outbox.due(toInstant(clock()), limit);
  const report = { sent: 0, failed: 0, maybeDuplicates: 0 };
  const retries: number[] = [];
  const queue = due.values();
  const worker = async (): Promise<void> => {
    for (const notification of queue) {
      const outcome = await sendOne(notification, input);
      if (outcome === "taken") continue;
      report[outcome.did] += 1;
      if (outcome.retryInMs !== undefined) retries.push(outcome.retryInMs);
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

type Outcome = { readonly did: "sent" | "failed"; readonly retryInMs?: number | undefined } | "taken";

async function sendOne(
  notification: Notification,
  { outbox, messageSender, texts, clock }: SendInput,
): Promise<Outcome> {
  if (!(await outbox.claim(notification, toInstant(clock() + LEASE_MS)))) return "taken";
  let providerId: string;
  try {
    ({ providerId } = await messageSender.deliver(notification.message, notification.id, texts));
  } catch (error) {
    const retryInMs = retryIn(notification, error, clock());
    const retryAt = retryInMs === undefined ? undefined : toInstant(clock() + retryInMs);
    await outbox.markFailed(notification, error instanceof Error ? error.message : String(error), retryAt);
    return { did: "failed", retryInMs };
  }
  await outbox.markSent(notification, toInstant(clock()), providerId);
  return { did: "sent" };
}

function retryIn({ dueAt, attempts }: Notification, error: unknown, now: number): number | undefined {
  if (error instanceof TryLaterError) return error.retryAfterMs;
  if (now - Date.parse(dueAt) > GIVE_UP_MS) return undefined;
  return Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts, 20));
}
