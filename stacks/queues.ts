import { Duration, type RemovalPolicy } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { QueueKey } from "../infra/job-keys.ts";
import { deadQueueName, queueKeys, queueName, queues } from "../infra/queues.ts";
import { recordOf } from "../infra/record-of.ts";

export interface JobQueue {
  readonly queue: Queue;
  readonly dead: Queue;
}

const DEAD_DAYS = 14;

/** The job queues, each with a dead letter queue for messages that failed `maxReceives` times. */
export const makeQueues = (
  scope: Construct,
  stage: string,
  removalPolicy: RemovalPolicy,
): Readonly<Record<QueueKey, JobQueue>> => recordOf(queueKeys, (key) => makeQueue(scope, stage, key, removalPolicy));

function makeQueue(scope: Construct, stage: string, key: QueueKey, removalPolicy: RemovalPolicy): JobQueue {
  const { visibilityTimeoutSeconds, maxReceives, delaySeconds } = queues[key];
  const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, removalPolicy };
  const dead = new Queue(scope, `${key}Dead`, {
    ...common,
    queueName: deadQueueName(stage, key),
    retentionPeriod: Duration.days(DEAD_DAYS),
  });
  const queue = new Queue(scope, key, {
    ...common,
    queueName: queueName(stage, key),
    visibilityTimeout: Duration.seconds(visibilityTimeoutSeconds),
    deliveryDelay: Duration.seconds(delaySeconds),
    deadLetterQueue: { queue: dead, maxReceiveCount: maxReceives },
  });
  return { queue, dead };
}
