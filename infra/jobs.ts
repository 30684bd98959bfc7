import type { SecretName } from "./secrets.ts";
import type { EnvironmentName } from "./stage-parameters.ts";
import type { OwnRead } from "./table.ts";

/** What every background job says of itself. */
interface JobSpec {
  /** File in packages/functions/workers with the job's code; its export `handler` is what Lambda starts. */
  readonly worker: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Seconds before the timeout at which long work stops to save where it stands. 60 without. */
  readonly wrapUpSeconds?: number;
  /** Names of the queues that it sends to. */
  readonly sends: readonly string[];
  /** Beyond the table, the tenants' role and the public URL, which every function is given. */
  readonly environment?: readonly EnvironmentName[];
  readonly secrets?: readonly SecretName[];
  /** Beyond the list of tenants, which every clock job may read. */
  readonly ownReads?: readonly OwnRead[];
  readonly sendsMail?: true;
}

/** Started by the messages of a queue of its own. */
export interface QueueJob extends JobSpec {
  readonly queue: {
    /** One lowercase word: names of queue, parameters, environment variable and alarms are made of it. */
    readonly name: string;
    /** What its messages are about. */
    readonly what: string;
    readonly batchSize: number;
    /** Functions that work on the queue at once, at most. */
    readonly maxConcurrency: number;
    /** After so many failures a message goes to the dead letter queue. */
    readonly maxReceives: number;
    /** Seconds that each message waits first. 0 without. */
    readonly delaySeconds?: number;
    /** A message that waits longer sets off the alarm. */
    readonly oldestSeconds: number;
  };
}

/** Started by the clock. A missed start is made up for by the next. */
export interface ClockJob extends JobSpec {
  readonly everyMinutes: number;
}

/**
 * Every background job. From its entry follow its function, role and permissions, queue and dead letter queue, schedule,
 * SSM parameters, environment, alarms and the doctor's check; the local system runs the same list. A new job is an entry
 * here, a file in packages/functions/workers, and its name in packages/functions/workers/jobs.ts.
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
        leadingKey: "T#*#DUE",
        countOnly: true,
        why: "asks of every tenant whether a notification is due, and sees none",
      },
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
      oldestSeconds: 3600,
    },
    memoryMb: 1769,
    timeoutSeconds: 900,
    sends: ["outgoing"],
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
    sends: [],
  },
  deliver: {
    worker: "deliver",
    queue: {
      name: "outgoing",
      what: "outgoing",
      batchSize: 10,
      maxConcurrency: 5,
      maxReceives: 5,
      // The index that says what is due follows a write with a delay of its own.
      delaySeconds: 5,
      oldestSeconds: 1800,
    },
    memoryMb: 512,
    timeoutSeconds: 300,
    sends: ["outgoing"],
    environment: ["MAIL_FROM", "SLACK_CHANNEL"],
    secrets: ["SLACK_TOKEN"],
    sendsMail: true,
  },
  plansTick: {
    worker: "plans-tick",
    everyMinutes: 5,
    memoryMb: 256,
    timeoutSeconds: 60,
    sends: ["plans", "outgoing", "backtests"],
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
    sends: ["plans", "outgoing"],
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
} as const satisfies Readonly<Record<string, QueueJob | ClockJob>>;
