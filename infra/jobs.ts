import type { SecretName } from "./secrets.ts";
import type { EnvironmentName } from "./stage-parameters.ts";
import type { OwnRead, OwnUpdate } from "./table.ts";

/** What every background job defines. */
interface JobSpec {
  /** File in packages/functions/workers with the job's code; its export `handler` is what Lambda starts. */
  readonly worker: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Seconds before the timeout at which long work stops and saves its progress. Default: 60. */
  readonly wrapUpSeconds?: number;
  /** Names of the queues it sends to. */
  readonly sends: readonly string[];
  /** In addition to the table, the tenant role and the public URL, which every function gets. */
  readonly environment?: readonly EnvironmentName[];
  readonly secrets?: readonly SecretName[];
  /** In addition to the list of tenants, which every clock job may read. */
  readonly ownReads?: readonly OwnRead[];
  readonly ownUpdates?: readonly OwnUpdate[];
  readonly sendsMail?: true;
}

/** A job that is started by the messages of its own queue. */
export interface QueueJob extends JobSpec {
  readonly queue: {
    /** One lowercase word, used in the names of queue, parameters, environment variable and alarms. */
    readonly name: string;
    /** What its messages are about. */
    readonly what: string;
    readonly batchSize: number;
    /** Most functions that work on the queue at once. */
    readonly maxConcurrency: number;
    /** Failures after which a message goes to the dead letter queue. */
    readonly maxReceives: number;
    /** Delay of each message in seconds. Default: 0. */
    readonly delaySeconds?: number;
    /** Age of a waiting message, in seconds, that sets off the alarm. */
    readonly oldestSeconds: number;
  };
}

/** A job that is started by the clock. After a missed start the next one does the work. */
export interface ClockJob extends JobSpec {
  readonly everyMinutes: number;
}

/**
 * Every background job. Its entry defines its function, role and permissions, queue and dead letter queue, schedule,
 * SSM parameters, environment, alarms and the check of the doctor; the local system runs the same list. A new job needs
 * an entry here, a file in packages/functions/workers, and its name in packages/functions/workers/jobs.ts.
 */
export const jobs = {
  tick: {
    worker: "tick",
    everyMinutes: 15,
    memoryMb: 256,
    timeoutSeconds: 60,
    sends: ["nightly", "outgoing"],
    ownReads: [
      {
        index: "gsi2",
        leadingKey: "T#$#DUEROW#outgoing",
        why: "the tenants that have notifications due",
      },
    ],
    ownUpdates: [
      { leadingKey: "T#*#SCHEDULE", why: "claims nightly runs: without a session for each of thousands of tenants" },
    ],
  },
  nightlyOfTenant: {
    worker: "nightly",
    queue: {
      name: "nightly",
      what: "nightly",
      batchSize: 1,
      maxConcurrency: 20,
      maxReceives: 3,
      // The index of items without a future lags behind their import.
      delaySeconds: 5,
      oldestSeconds: 3600,
    },
    memoryMb: 1769,
    timeoutSeconds: 900,
    sends: ["nightly", "webhooks", "outgoing", "rebuilds"],
  },
  rebuild: {
    worker: "rebuild",
    queue: {
      name: "rebuilds",
      what: "rebuilds",
      batchSize: 1,
      maxConcurrency: 10,
      maxReceives: 3,
      oldestSeconds: 3600,
    },
    memoryMb: 1024,
    timeoutSeconds: 900,
    // A fifth of its time, for the customer-years that have begun.
    wrapUpSeconds: 180,
    sends: ["rebuilds"],
  },
  deliver: {
    worker: "deliver",
    queue: {
      name: "outgoing",
      what: "outgoing",
      batchSize: 10,
      maxConcurrency: 5,
      maxReceives: 5,
      // The index of due events lags behind the write.
      delaySeconds: 5,
      oldestSeconds: 1800,
    },
    memoryMb: 512,
    timeoutSeconds: 300,
    sends: ["outgoing"],
    environment: ["MAIL_FROM", "MAIL_CONFIGURATION_SET", "SLACK_CLIENT_ID"],
    secrets: ["SEALING_KEY", "SLACK_CLIENT_SECRET", "LINK_SECRET"],
    sendsMail: true,
  },
  noteMailEvents: {
    worker: "mail-events",
    queue: {
      name: "mailevents",
      what: "what happened to mails",
      batchSize: 10,
      maxConcurrency: 2,
      maxReceives: 5,
      oldestSeconds: 3600,
    },
    memoryMb: 256,
    timeoutSeconds: 60,
    wrapUpSeconds: 10,
    sends: [],
  },
  slackWork: {
    worker: "slack-work",
    queue: {
      name: "slack",
      what: "Slack's calls",
      batchSize: 1,
      maxConcurrency: 5,
      maxReceives: 3,
      oldestSeconds: 300,
    },
    memoryMb: 512,
    timeoutSeconds: 60,
    wrapUpSeconds: 30,
    sends: ["rebuilds", "outgoing"],
    environment: ["SLACK_CLIENT_ID"],
    secrets: ["SEALING_KEY", "SLACK_CLIENT_SECRET"],
  },
  informWebhooks: {
    worker: "webhooks",
    queue: {
      name: "webhooks",
      what: "webhooks",
      // One tenant's receivers may take a run's whole time.
      batchSize: 1,
      maxConcurrency: 5,
      maxReceives: 5,
      // The index of due events lags behind the write.
      delaySeconds: 5,
      oldestSeconds: 1800,
    },
    memoryMb: 512,
    timeoutSeconds: 120,
    // Longer than the requests that have begun may take.
    wrapUpSeconds: 60,
    sends: ["webhooks", "outgoing"],
  },
  plansTick: {
    worker: "plans-tick",
    everyMinutes: 5,
    memoryMb: 256,
    timeoutSeconds: 60,
    sends: ["plans", "webhooks", "backtests", "erasures"],
    ownReads: [
      {
        index: "gsi2",
        leadingKey: "T#$#DUEROW#plans",
        why: "the tenants that have work of plans, operations, backtests, erasures or webhooks due",
      },
    ],
  },
  planWork: {
    worker: "plan-work",
    queue: {
      name: "plans",
      what: "sales plans' work",
      batchSize: 1,
      maxConcurrency: 10,
      maxReceives: 5,
      oldestSeconds: 1800,
    },
    memoryMb: 512,
    timeoutSeconds: 900,
    wrapUpSeconds: 300,
    sends: ["plans", "webhooks", "outgoing"],
  },
  backtest: {
    worker: "backtest",
    queue: {
      name: "backtests",
      what: "backtests",
      batchSize: 1,
      maxConcurrency: 5,
      maxReceives: 3,
      oldestSeconds: 3600,
    },
    memoryMb: 3008,
    timeoutSeconds: 900,
    wrapUpSeconds: 60,
    sends: [],
  },
  erase: {
    worker: "erase",
    queue: {
      name: "erasures",
      what: "erasures",
      batchSize: 1,
      maxConcurrency: 2,
      maxReceives: 5,
      // The indexes by which contacts and deals are found lag behind the write.
      delaySeconds: 5,
      oldestSeconds: 3600,
    },
    memoryMb: 1024,
    timeoutSeconds: 900,
    sends: [],
  },
} as const satisfies Readonly<Record<string, QueueJob | ClockJob>>;
