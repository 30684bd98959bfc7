import type { Courier, Delivery, Outbox } from "@regulars/core/ports";
import { type Instant, toInstant } from "@regulars/core/values";

const TOGETHER = 8;
const LEASE_MS = 5 * 60_000;
const MAX_ATTEMPTS = 8;
const FIRST_RETRY_MS = 30_000;

export interface SendReport {
  readonly sent: number;
  readonly failed: number;
  /** Found claimed by a run that did not come back: what was sent again may arrive twice. */
  readonly maybeDuplicates: number;
  /** More may be due: ask again. */
  readonly hasMore: boolean;
}

interface SendInput {
  readonly outbox: Outbox;
  readonly courier: Courier;
  readonly clock: () => number;
  /** How many one call takes on. */
  readonly limit?: number;
}

/**
 * Sends what is due: claim, send, mark. A crash between sending and marking leaves the claim; after its lease the
 * message is sent again and marked as a possible duplicate. A failed send is tried again, each time after twice as
 * long, and after eight attempts it stays in the log as failed with its reason. Nothing is lost.
 */
export async function sendDue({ outbox, courier, clock, limit = 50 }: SendInput): Promise<SendReport> {
  const due = await outbox.due(toInstant(clock()), limit);
  const report = { sent: 0, failed: 0, maybeDuplicates: 0 };
  const queue = due.values();
  const worker = async (): Promise<void> => {
    for (const delivery of queue) {
      const outcome = await sendOne(delivery, outbox, courier, clock);
      if (outcome === "taken") continue;
      report[outcome] += 1;
      if (delivery.state === "sending") report.maybeDuplicates += 1;
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, worker));
  return { ...report, hasMore: due.length === limit };
}

async function sendOne(
  delivery: Delivery,
  outbox: Outbox,
  courier: Courier,
  clock: () => number,
): Promise<"sent" | "failed" | "taken"> {
  const now = clock();
  if (!(await outbox.claim(delivery, toInstant(now), toInstant(now + LEASE_MS)))) return "taken";
  let providerId: string;
  try {
    ({ providerId } = await courier.deliver(delivery.message, delivery.id));
  } catch (error) {
    const attempts = delivery.attempts + 1;
    const retryAt = attempts >= MAX_ATTEMPTS ? undefined : retryInstant(clock(), attempts);
    await outbox.markFailed(delivery, error instanceof Error ? error.message : String(error), retryAt);
    return "failed";
  }
  await outbox.markSent(delivery, toInstant(clock()), providerId);
  return "sent";
}

const retryInstant = (now: number, attempts: number): Instant => toInstant(now + FIRST_RETRY_MS * 2 ** (attempts - 1));
