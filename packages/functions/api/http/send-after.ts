import type { JobMessage } from "@regulars/core/platform/idempotency";
import type { CustomerId } from "@regulars/core/platform/values";
import type { Context, MiddlewareHandler } from "hono";
import { queueKeys } from "../../../../infra/queues.ts";
import type { JobQueues, QueueName } from "../../runtime.ts";
import { type RebuildMessage, rebuildMessageOf } from "../../workers/messages.ts";
import type { ApiEnv, SaysAfter } from "./environment.ts";

/**
 * Has a message sent to a job once the request's work is done. Asked for before the work, it is stored with the answer, in
 * the transaction of the work, until it is sent: whoever repeats a request that was cut off before has it sent.
 */
export function sendAfter(c: Context<ApiEnv>, queue: QueueName, says: SaysAfter = () => ({})): void {
  c.var.afterwards.push({ queue, says });
}

/** The same about what the work makes: of whatever the returned function is told, the last. */
export function sendAbout<T>(
  c: Context<ApiEnv>,
  queue: QueueName,
  says: (made: T) => object | undefined,
): (made: T) => void {
  let last: { readonly made: T } | undefined;
  sendAfter(c, queue, () => (last === undefined ? undefined : says(last.made)));
  return (made) => {
    last = { made };
  };
}

/** The messages of a request, as far as they are known now. */
export const messagesOf = ({ var: { afterwards, tenant } }: Context<ApiEnv>): JobMessage[] =>
  afterwards.flatMap(({ queue, says }) => {
    const said = says();
    return said === undefined ? [] : [{ queue, body: { tenantId: tenant.tenantId, ...said } }];
  });

/** Sends messages to the jobs that there are. */
export async function sendMessages(messages: readonly JobMessage[], queues: JobQueues): Promise<void> {
  for (const { queue: name, body } of messages) {
    const queue = queueKeys.find((one) => one === name);
    if (queue !== undefined) await queues.send(queue, body);
  }
}

/**
 * Has the history of a customer packed anew, and their statuses settled, also when the work was done already: the message
 * of an earlier attempt may have been lost.
 */
export const settleAfter = (c: Context<ApiEnv>, customerId: CustomerId): void =>
  sendAfter(c, "rebuilds", () => ({ customerIds: [customerId] }) satisfies Partial<RebuildMessage>);

/** Has the histories of whoever the work changes packed anew. */
export function packAfter(c: Context<ApiEnv>): void {
  const { store, tenant } = c.var;
  sendAfter(c, "rebuilds", () =>
    store.changedCustomers.size === 0 ? undefined : rebuildMessageOf(tenant.tenantId, store.changedCustomers),
  );
}

/** Sends a request's messages after its work, and has webhooks informed soon of what it published. */
export const sendingAfter: MiddlewareHandler<ApiEnv> = async (c, next) => {
  sendAfter(c, "webhooks", () => (c.var.store.events.hasNews ? {} : undefined));
  await next();
  if (c.error === undefined) await sendMessages(messagesOf(c), c.var.runtime.queues);
};
