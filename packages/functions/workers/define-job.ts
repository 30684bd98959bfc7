import middy from "@middy/core";
import type { Context, SQSBatchResponse, SQSEvent, ScheduledEvent } from "aws-lambda";
import type * as z from "zod";
import { type ClockJobKey, type QueueJobKey, patienceMsOf } from "../../../infra/job-keys.ts";
import { correlated } from "../correlation.ts";
import { type Runtime, cloudRuntime } from "../runtime.ts";
import { queueHandler } from "./batch.ts";

/** A job that the messages of its queue start. */
export interface QueueWorker {
  readonly id: QueueJobKey;
  /** The Lambda handler. `patienceMs` is how long one message's work may take: by the job's timeout, unless a test says. */
  readonly handlerFor: (
    runtime: Runtime,
    patienceMs?: number,
  ) => (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
}

/** A job that the clock starts. */
export interface ClockWorker {
  readonly id: ClockJobKey;
  readonly handlerFor: (runtime: Runtime) => (event: ScheduledEvent, context: Context) => Promise<void>;
}

interface QueueJobCode<T> {
  /** The job's name in infra/jobs.ts. */
  readonly id: QueueJobKey;
  /** What a message of its queue holds; one that does not fit ends in the dead letter queue. */
  readonly schema: z.ZodType<T>;
  /** Works on one message. It may come more than once. A fault gives the message back to the queue. */
  readonly work: (message: T, runtime: Runtime, patienceMs: number) => Promise<void>;
}

/** Defines the code of a job that a queue starts. */
export const defineQueueJob = <T>({ id, schema, work }: QueueJobCode<T>): QueueWorker => ({
  id,
  handlerFor: (runtime, patienceMs = patienceMsOf(id)) =>
    queueHandler(schema, (message) => work(message, runtime, patienceMs), runtime),
});

interface ClockJobCode {
  /** The job's name in infra/jobs.ts. */
  readonly id: ClockJobKey;
  readonly run: (runtime: Runtime) => Promise<void>;
}

/** Defines the code of a job that the clock starts. */
export const defineClockJob = ({ id, run }: ClockJobCode): ClockWorker => ({
  id,
  handlerFor: (runtime) =>
    middy<ScheduledEvent, void>().handler((_event: ScheduledEvent, context: Context) =>
      correlated(context.awsRequestId, () => run(runtime)),
    ),
});

/** What a worker's file exports as `handler` for Lambda. */
export const lambdaHandler =
  <Event, Answer>(
    job: { readonly handlerFor: (runtime: Runtime) => (event: Event, context: Context) => Promise<Answer> },
    openRuntime: () => Runtime = cloudRuntime,
  ) =>
  (event: Event, context: Context): Promise<Answer> =>
    job.handlerFor(openRuntime())(event, context);
