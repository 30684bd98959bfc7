import type { Context, SQSBatchResponse, SQSEvent, ScheduledEvent } from "aws-lambda";
import type * as z from "zod";
import { type ClockJobKey, type QueueJobKey, patienceMsOf } from "../../../infra/job-keys.ts";
import { OUT_OF_TIME, carried } from "../carried.ts";
import { correlated } from "../correlation.ts";
import { type CloudParts, type Runtime, cloudRuntime } from "../runtime.ts";
import { queueHandler } from "./batch.ts";

/** A worker that a queue's messages start. */
export interface QueueWorker {
  readonly id: QueueJobKey;
  /** The Lambda handler. `patienceMs` is the time limit of one message's work, by default from the job's timeout. */
  readonly handlerFor: (
    runtime: Runtime,
    patienceMs?: number,
  ) => (event: SQSEvent, context: Context) => Promise<SQSBatchResponse>;
}

/** A worker that the clock starts. */
export interface ClockWorker {
  readonly id: ClockJobKey;
  readonly handlerFor: (runtime: Runtime) => (event: ScheduledEvent, context: Context) => Promise<void>;
}

interface QueueJobCode<T> {
  /** The job's name in infra/jobs.ts. */
  readonly id: QueueJobKey;
  /** The schema of the queue's messages; an invalid one ends in the dead letter queue. */
  readonly schema: z.ZodType<T>;
  /** Processes one message. It may come more than once. If it throws, the message returns to the queue. */
  readonly work: (message: T, runtime: Runtime, patienceMs: number) => Promise<void>;
}

/** Defines a worker that a queue starts. */
export const defineQueueJob = <T>({ id, schema, work }: QueueJobCode<T>): QueueWorker => ({
  id,
  handlerFor: (runtime, patienceMs = patienceMsOf(id)) =>
    queueHandler(schema, (message) => work(message, runtime, patienceMs), runtime),
});

interface ClockJobCode {
  /** The job's name in infra/jobs.ts. */
  readonly id: ClockJobKey;
  /** `remainingMs` tells how much of the function's time is left. */
  readonly run: (runtime: Runtime, remainingMs: () => number) => Promise<void>;
}

/** Defines a worker that the clock starts. */
export const defineClockJob = ({ id, run }: ClockJobCode): ClockWorker => ({
  id,
  handlerFor: (runtime) =>
    carried<ScheduledEvent, void>({
      runtime,
      work: (_event, context) =>
        correlated(context.awsRequestId, () => run(runtime, () => context.getRemainingTimeInMillis())),
      tooLate: () => {
        throw new Error(`${id}: ${OUT_OF_TIME}`);
      },
    }),
});

/** The `handler` that a worker's file exports for Lambda, with what its function has beside the table. */
export const lambdaHandler =
  <Event, Answer>(
    job: { readonly handlerFor: (runtime: Runtime) => (event: Event, context: Context) => Promise<Answer> },
    parts: CloudParts = {},
  ) =>
  (event: Event, context: Context): Promise<Answer> =>
    job.handlerFor(cloudRuntime(parts))(event, context);
