import { nameIn } from "./app.ts";
import { type QueueJobKey, type QueueKey, queueJobKeys, queueJobOf } from "./job-keys.ts";
import { jobs } from "./jobs.ts";
import { recordOf } from "./record-of.ts";

/** A job's queue. After `maxReceives` failures a message goes to the dead letter queue `<name>-dead`. */
interface QueueSpec {
  readonly what: string;
  readonly visibilityTimeoutSeconds: number;
  readonly maxReceives: number;
  readonly delaySeconds: number;
  readonly oldestSeconds: number;
}

/** Added to the timeout of the function, so that no message is delivered again while it is still processed. */
const VISIBLE_AFTER_SECONDS = 60;

/** The queue that starts a job. */
export const queueOf = (key: QueueJobKey): QueueKey => jobs[key].queue.name;

export const queueKeys: readonly QueueKey[] = queueJobKeys.map(queueOf);

export const queues: Readonly<Record<QueueKey, QueueSpec>> = recordOf(queueKeys, specOf);

function specOf(queue: QueueKey): QueueSpec {
  const key = queueJobKeys.find((one) => queueOf(one) === queue);
  if (key === undefined) throw new Error(`no job has the queue ${queue}`);
  const { queue: given, timeoutSeconds } = queueJobOf(key);
  const { what, maxReceives, delaySeconds = 0, oldestSeconds } = given;
  return {
    what,
    maxReceives,
    delaySeconds,
    oldestSeconds,
    visibilityTimeoutSeconds: timeoutSeconds + VISIBLE_AFTER_SECONDS,
  };
}

/** The queue of what SES tells of sent mails. */
export const mailEventsQueue: QueueKey = "mailevents";

/** A queue's name within a stage: "regulars-production-nightly". */
export const queueName = (stage: string, queue: QueueKey): string => nameIn(stage, queue);
export const deadQueueName = (stage: string, queue: QueueKey): string => `${queueName(stage, queue)}-dead`;

/** The environment variable with a queue's URL: "NIGHTLY_QUEUE_URL". */
export const queueUrlName = (queue: QueueKey): string => `${queue.toUpperCase()}_QUEUE_URL`;
