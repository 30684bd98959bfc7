import { Logger } from "@aws-lambda-powertools/logger";
import { SESClient } from "@aws-sdk/client-ses";
import { SQSClient, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { Courier } from "@regulars/core/ports";
import type { Links } from "@regulars/core/messages/compose";
import { createCourier } from "@regulars/notify/courier";
import { createMailer } from "@regulars/notify/email";
import { createSlack } from "@regulars/notify/slack";
import { type Table, openTable } from "@regulars/store/table";
import * as z from "zod";
import type { TokenSettings } from "./api/token.ts";

export type QueueName = "nights" | "rebuilds" | "deliveries";

/** Sends job messages. */
export interface JobQueues {
  readonly send: (queue: QueueName, body: unknown, delaySeconds?: number) => Promise<void>;
}

/** Structured lines: counts, ids, milliseconds; never an address, a phone number or a body. */
export interface JobLog {
  readonly info: (what: string, figures: object) => void;
  readonly error: (what: string, figures: object) => void;
}

/** So many requests of one actor in so many seconds. */
export interface RateLimit {
  readonly requests: number;
  readonly windowSeconds: number;
}

/** What the API needs beside the rest: whom it trusts, and what it signs its cursors with. */
export interface ApiSettings extends TokenSettings {
  readonly cursorSecret: string;
  readonly rateLimit: RateLimit;
}

/** What the handlers are given: the table, the couriers, the queues, the clock. */
export interface Runtime {
  readonly table: Table;
  readonly courier: Courier;
  readonly queues: JobQueues;
  readonly links: Links;
  readonly clock: () => number;
  readonly log: JobLog;
  /** Only where the API is served. */
  readonly api?: ApiSettings | undefined;
  /** One line per unit of work, with its figures: a log line in the cloud, a summary on a terminal. */
  readonly report: (what: string, figures: object) => void;
}

const address = z
  .string()
  .regex(/^[^<>\r\n]+ <[^<>\s]+@[^<>\s]+>$/, 'is not an address like "Regulars <mail@example.com>"');

const configSchema = z.object({
  TABLE_NAME: z.string().min(3),
  PUBLIC_URL: z.url(),
  MAIL_FROM: address,
  SLACK_TOKEN: z.string().min(1),
  SLACK_CHANNEL: z.string().min(1),
  NIGHTS_QUEUE_URL: z.url().optional(),
  REBUILDS_QUEUE_URL: z.url().optional(),
  DELIVERIES_QUEUE_URL: z.url().optional(),
  DYNAMODB_ENDPOINT: z.url().optional(),
  SES_ENDPOINT: z.url().optional(),
  SLACK_API_URL: z.url().optional(),
  AUTH_ISSUER: z.url().optional(),
  AUTH_AUDIENCE: z.string().min(1).optional(),
  AUTH_JWKS_URL: z.url().optional(),
  CURSOR_SECRET: z.string().min(32).optional(),
  RATE_LIMIT_REQUESTS: z.coerce.number().int().min(1).default(100),
  RATE_LIMIT_SECONDS: z.coerce.number().int().min(1).default(5),
});

/** The environment of a function; locally the same names with loopback addresses. */
export type RuntimeConfig = z.input<typeof configSchema>;

/** Builds a runtime; `instead` replaces what a laptop has its own of. */
export function createRuntime(
  config: RuntimeConfig,
  instead: Partial<Pick<Runtime, "queues" | "clock" | "report" | "log" | "table">> = {},
): Runtime {
  const env = configSchema.parse(config);
  const log = instead.log ?? cloudLog();
  return {
    table: instead.table ?? openTable({ tableName: env.TABLE_NAME, endpoint: env.DYNAMODB_ENDPOINT }),
    courier: courierOf(env),
    queues: instead.queues ?? sqsQueues(env),
    links: linksOf(env.PUBLIC_URL),
    clock: instead.clock ?? (() => Date.now()),
    log,
    api: apiSettingsOf(env),
    report: instead.report ?? ((what, figures) => log.info(what, figures)),
  };
}

/** Twenty requests a second of one actor, a hundred at once (sales-plans.md 7), unless told. */
function apiSettingsOf(env: z.output<typeof configSchema>): ApiSettings | undefined {
  const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_JWKS_URL: jwksUrl, CURSOR_SECRET: cursorSecret } = env;
  if (issuer === undefined || audience === undefined || cursorSecret === undefined) return undefined;
  const rateLimit = { requests: env.RATE_LIMIT_REQUESTS, windowSeconds: env.RATE_LIMIT_SECONDS };
  return { issuer, audience, cursorSecret, rateLimit, ...(jwksUrl === undefined ? {} : { jwksUrl }) };
}

function cloudLog(): JobLog {
  const logger = new Logger({ serviceName: "regulars" });
  return {
    info: (what, figures) => logger.info(what, { ...figures }),
    error: (what, figures) => logger.error(what, { ...figures }),
  };
}

let shared: Runtime | undefined;

/** The runtime of a deployed function, made once per process. */
export function cloudRuntime(): Runtime {
  shared ??= createRuntime(configSchema.parse(process.env));
  return shared;
}

function courierOf(env: z.output<typeof configSchema>): Courier {
  const [, name = "", mailbox = ""] = /^(.+) <(.+)>$/.exec(env.MAIL_FROM) ?? [];
  const client = new SESClient(
    env.SES_ENDPOINT === undefined
      ? {}
      : {
          endpoint: env.SES_ENDPOINT,
          region: "local",
          credentials: { accessKeyId: "local", secretAccessKey: "local" },
        },
  );
  const slack = createSlack({
    token: env.SLACK_TOKEN,
    channel: env.SLACK_CHANNEL,
    ...(env.SLACK_API_URL === undefined ? {} : { apiUrl: env.SLACK_API_URL }),
  });
  return createCourier({ mailer: createMailer({ client, from: { name, address: mailbox } }), slack });
}

function sqsQueues(env: z.output<typeof configSchema>): JobQueues {
  const client = new SQSClient({});
  const urls: Record<QueueName, string | undefined> = {
    nights: env.NIGHTS_QUEUE_URL,
    rebuilds: env.REBUILDS_QUEUE_URL,
    deliveries: env.DELIVERIES_QUEUE_URL,
  };
  return {
    send: async (queue, body, delaySeconds) => {
      const QueueUrl = urls[queue];
      if (QueueUrl === undefined) throw new Error(`this function has no address of the queue ${queue}`);
      await client.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: JSON.stringify(body),
          ...(delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds }),
        }),
      );
    },
  };
}

function linksOf(publicUrl: string): Links {
  const base = publicUrl.replace(/\/$/, "");
  return {
    finding: ({ tenantId, findingId }) => `${base}/findings/${tenantId}/${encodeURIComponent(findingId)}`,
    rep: (tenantId, userId) => `${base}/for-you/${tenantId}/${userId}`,
  };
}
