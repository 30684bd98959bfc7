import type { SQSClient, SendMessageBatchRequestEntry } from "@aws-sdk/client-sqs";
import { SendMessageBatchCommand } from "@aws-sdk/client-sqs";
import type { QueueKey } from "../../../infra/job-keys.ts";
import { queueUrlName } from "../../../infra/queues.ts";
import { CORRELATION, correlationId } from "../correlation.ts";

/** SQS's limit of messages in one call. */
const MOST_AT_ONCE = 10;

/** A message that waits for those that are sent in the same moment. */
interface Waiting {
  readonly entry: Omit<SendMessageBatchRequestEntry, "Id">;
  readonly sent: () => void;
  readonly failed: (reason: unknown) => void;
}

/** Queues of SQS. Messages that are sent in the same moment go in one call, ten at most. */
export function sqsQueues(client: SQSClient, urls: Readonly<Record<string, string | undefined>>) {
  const waiting = new Map<string, Waiting[]>();
  const flush = (url: string): void => {
    const all = waiting.get(url) ?? [];
    waiting.delete(url);
    for (let i = 0; i < all.length; i += MOST_AT_ONCE) void sendTogether(client, url, all.slice(i, i + MOST_AT_ONCE));
  };
  return {
    send: (queue: QueueKey, body: unknown, delaySeconds?: number): Promise<void> => {
      const url = urls[queueUrlName(queue)];
      if (url === undefined) return Promise.reject(new Error(`this function has no URL of the queue ${queue}`));
      const entry = {
        MessageBody: JSON.stringify(body),
        ...correlationAttribute(),
        ...(delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds }),
      };
      return new Promise<void>((sent, failed) => {
        const known = waiting.get(url);
        if (known !== undefined) return void known.push({ entry, sent, failed });
        waiting.set(url, [{ entry, sent, failed }]);
        setImmediate(() => flush(url));
      });
    },
  };
}

/** Sends up to ten messages; each of them is told whether it was taken. */
async function sendTogether(client: SQSClient, QueueUrl: string, messages: readonly Waiting[]): Promise<void> {
  try {
    const Entries = messages.map(({ entry }, i) => ({ Id: String(i), ...entry }));
    const { Failed = [] } = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const refused = new Map(Failed.map(({ Id, Code, Message }) => [Id, `${Code ?? "refused"}: ${Message ?? ""}`]));
    for (const [i, { sent, failed }] of messages.entries()) {
      const reason = refused.get(String(i));
      if (reason === undefined) sent();
      else failed(new Error(`the queue ${QueueUrl} did not take a message: ${reason}`));
    }
  } catch (error) {
    for (const { failed } of messages) failed(error);
  }
}

function correlationAttribute() {
  const id = correlationId();
  return id === undefined ? {} : { MessageAttributes: { [CORRELATION]: { DataType: "String", StringValue: id } } };
}
