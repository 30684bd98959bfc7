import { Duration, type RemovalPolicy } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { type QueueKey, queueKeys, queues as spec } from "../infra/spec.ts";

export interface JobQueue {
  readonly queue: Queue;
  readonly dead: Queue;
}

/** A stage's name of a queue: "regulars-nights" is "regulars-production-nights" there. */
export const queueName = (stage: string, key: QueueKey): string =>
  spec[key].name.replace(/^regulars-/, `regulars-${stage}-`);
export const deadQueueName = (stage: string, key: QueueKey): string => `${queueName(stage, key)}-dead`;

const DEAD_DAYS = 14;

/** The job queues, each with the dead letter queue that takes what failed as often as is allowed. */
export function makeQueues(scope: Construct, stage: string, removalPolicy: RemovalPolicy): Record<QueueKey, JobQueue> {
  const [nights, rebuilds, deliveries, plans, backtests] = queueKeys.map((key) =>
    makeQueue(scope, stage, key, removalPolicy),
  );
  if (
    nights === undefined ||
    rebuilds === undefined ||
    deliveries === undefined ||
    plans === undefined ||
    backtests === undefined
  )
    throw new Error("a queue is missing");
  return { nights, rebuilds, deliveries, plans, backtests };
}

function makeQueue(scope: Construct, stage: string, key: QueueKey, removalPolicy: RemovalPolicy): JobQueue {
  const { visibilityTimeoutSeconds, maxReceives, ...rest } = spec[key];
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
    deliveryDelay: Duration.seconds("delaySeconds" in rest ? rest.delaySeconds : 0),
    deadLetterQueue: { queue: dead, maxReceiveCount: maxReceives },
  });
  return { queue, dead };
}
