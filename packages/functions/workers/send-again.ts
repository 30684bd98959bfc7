import type { TenantId } from "@regulars/core/platform/values";
import type { QueueName, Runtime } from "../runtime.ts";

/** SQS delays a message by at most fifteen minutes; the next tick starts what is due later. */
const LONGEST_DELAY_SECONDS = 900;

interface Rest {
  readonly hasMore: boolean;
  /** Milliseconds until the next retry. */
  readonly retryInMs?: number | undefined;
}

/** Queues a tenant again for what is left: at once if something is due, or at the time of the next retry. */
export async function sendAgain(
  queue: QueueName,
  tenantId: TenantId,
  { hasMore, retryInMs }: Rest,
  { queues }: Pick<Runtime, "queues">,
): Promise<void> {
  const delaySeconds = hasMore || retryInMs === undefined ? undefined : Math.ceil(retryInMs / 1000);
  const isSoon = delaySeconds !== undefined && delaySeconds <= LONGEST_DELAY_SECONDS;
  if (hasMore || isSoon) await queues.send(queue, { tenantId }, delaySeconds);
}
