import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { CORRELATION, correlationId } from "@regulars/functions/correlation";
import type { JobQueues, QueueName } from "@regulars/functions/runtime";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { queueKeys, queues } from "../../infra/queues.ts";
import { recordOf } from "../../infra/record-of.ts";

export type QueueHandler = (event: SQSEvent, context: Context) => Promise<SQSBatchResponse | void>;

interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly correlationId?: string | undefined;
  /** How often it was received, this time included. */
  readonly receives?: number;
}

interface Waiting extends Message {
  receives: number;
}

/** A message that failed as often as its queue allows, and is not delivered again. */
interface DeadLetter {
  readonly queue: QueueName;
  readonly body: string;
  readonly receives: number;
}

const RETRY_MS = 200;

/**
 * Replaces SQS on the local system: messages in memory, delivered one at a time per queue, redelivered when their
 * handler fails, and moved to `deadLetters` after as many receives as infra/jobs.ts allows. The next tick queues again
 * what a crash lost.
 */
export class LocalQueues implements JobQueues {
  readonly deadLetters: DeadLetter[] = [];
  readonly #handlers = new Map<QueueName, QueueHandler>();
  readonly #running = new Map<QueueName, Promise<void>>();
  readonly #waiting: Readonly<Record<QueueName, Waiting[]>> = recordOf(queueKeys, () => []);
  readonly #wait: (ms: number) => Promise<void>;

  /** `wait` passes the time until a message that failed is delivered again; default: by a timer. */
  constructor(wait: (ms: number) => Promise<void> = (ms) => sleep(ms)) {
    this.#wait = wait;
  }

  consume(queue: QueueName, handler: QueueHandler): void {
    this.#handlers.set(queue, handler);
  }

  /** A delayed message is not queued: the clock queues due work every minute. */
  send(queue: QueueName, body: unknown, delaySeconds = 0): Promise<void> {
    if (delaySeconds > 0) return Promise.resolve();
    this.#waiting[queue].push({
      messageId: randomUUID(),
      body: JSON.stringify(body),
      correlationId: correlationId(),
      receives: 0,
    });
    if (!this.#running.has(queue)) this.#running.set(queue, this.#drain(queue));
    return Promise.resolve();
  }

  /** Resolves when all queues are empty and no handler is running. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running.values());
  }

  async #drain(queue: QueueName): Promise<void> {
    const waiting = this.#waiting[queue];
    await Promise.resolve();
    for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
      message.receives += 1;
      if (await this.#handle(queue, message)) continue;
      if (message.receives >= queues[queue].maxReceives)
        this.deadLetters.push({ queue, body: message.body, receives: message.receives });
      else {
        await this.#wait(RETRY_MS);
        waiting.push(message);
      }
    }
    // In the same tick as the check for waiting messages, so that a message sent from now on starts a new run.
    this.#running.delete(queue);
  }

  async #handle(queue: QueueName, message: Waiting): Promise<boolean> {
    const handler = this.#handlers.get(queue);
    if (handler === undefined) throw new Error(`nobody consumes the queue ${queue}`);
    try {
      const reply = await handler(sqsEvent(queue, message), localContext(queue));
      return (reply?.batchItemFailures ?? []).length === 0;
    } catch {
      return false;
    }
  }
}

/** Lambda's event for one message of a queue. */
export function sqsEvent(queue: string, { messageId, body, receives = 1, correlationId: id }: Message): SQSEvent {
  const now = String(Date.now());
  return {
    Records: [
      {
        messageId,
        receiptHandle: messageId,
        body,
        attributes: {
          ApproximateReceiveCount: String(receives),
          SentTimestamp: now,
          SenderId: "local",
          ApproximateFirstReceiveTimestamp: now,
        },
        messageAttributes: id === undefined ? {} : { [CORRELATION]: { dataType: "String", stringValue: id } },
        md5OfBody: "",
        eventSource: "aws:sqs",
        eventSourceARN: `arn:aws:sqs:local:000000000000:regulars-${queue}`,
        awsRegion: "local",
      },
    ],
  };
}

/** A Lambda context with values of the local system. */
export function localContext(functionName: string): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    memoryLimitInMB: "1769",
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => 900_000,
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
