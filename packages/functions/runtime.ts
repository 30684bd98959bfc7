import type { STSClient } from "@aws-sdk/client-sts";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { MessageSender } from "@regulars/core/notifications/notification";
import type { Links } from "@regulars/core/notifications/compose";
import type { RateLimit } from "@regulars/core/access/rate-limit";
import { memo } from "@regulars/core/platform/memo";
import { segmentOfId } from "@regulars/core/platform/id-text";
import type { TenantId } from "@regulars/core/platform/values";
import { type Patience, clientPatience, forJobs } from "@regulars/store/engine/patience";
import { type SessionCredentials, type Table, openTable } from "@regulars/store/engine/table";
import { LeadBatchers } from "@regulars/flows/leads/lead-batcher";
import * as z from "zod";
import type { WebhookSender } from "@regulars/core/webhooks/webhook-store";
import type { LinkSecret } from "@regulars/core/notifications/link-token";
import type { LinkMaking } from "@regulars/core/notifications/message-links";
import { linkSecretsOf } from "./link-secret.ts";
import type { NightThreads } from "./workers/night-threads.ts";
import type { TokenSettings } from "./api/access/token.ts";
import { cloudLog } from "./reports/cloud-log.ts";
import { type JobLog, unfailingLog } from "./reports/job-log.ts";
import { type RuntimeSlack, slackConfig, slackOf } from "./slack/slack-config.ts";
import { tenantTables } from "./tenant-tables.ts";
import { tenantSession } from "../../infra/table.ts";
import type { QueueKey } from "../../infra/job-keys.ts";
import { queueKeys, queueUrlName } from "../../infra/queues.ts";

export type QueueName = QueueKey;

/** Sends job messages. */
export interface JobQueues {
  readonly send: (queue: QueueName, body: unknown, delaySeconds?: number) => Promise<void>;
}

/** Settings of the API: the trusted issuer, and the secrets for cursors and for API keys' signatures. */
export interface ApiSettings extends TokenSettings {
  readonly cursorSecret: string;
  readonly signingSecret: string;
  /** Of one actor; that of all actors of a tenant follows from its edition. */
  readonly rateLimit: RateLimit;
}

/** Settings of the console: its client at the issuer, and the secret that seals its cookies. */
export interface ConsoleSettings extends Pick<TokenSettings, "issuer" | "jwksUrl"> {
  readonly clientId: string;
  /** Absent for a public client. */
  readonly clientSecret?: string | undefined;
  readonly sessionSecret: string;
}

/** What handlers get: the table, the queues, the clock, the log. */
export interface Runtime {
  /** The table with the function's own rights: only the platform's list of tenants. */
  readonly table: Table;
  /** The table in a session of one tenant: it cannot access items of other tenants. */
  readonly tableFor: (tenantId: TenantId) => Table;
  readonly queues: JobQueues;
  readonly links: Links;
  /** The origin of the pages that links of messages lead to. */
  readonly publicOrigin: string;
  /** The secrets of the links in messages, the one that signs first; none in functions that neither make nor read any. */
  readonly linkSecrets: readonly LinkSecret[];
  /** The address of a page that whoever has its token may use. */
  readonly pageOfLink: LinkMaking["pageOf"];
  readonly clock: () => number;
  /** Milliseconds of a monotonic clock, to measure durations. */
  readonly elapsed: () => number;
  /** Joins the leads of this process into fewer calls, by plan. */
  readonly leadBatchers: LeadBatchers;
  readonly log: JobLog;
  readonly sendWebhook: WebhookSender;
  /** The insight kinds of a tenant, where they are not the built-in ones (catalog.ts). */
  readonly catalogOf?: ((tenant: Tenant) => InsightCatalog) | undefined;
  /** Whether webhooks may be sent to loopback addresses: only in a local system. */
  readonly allowsLoopbackWebhooks: boolean;
  /** Whether the database answers. In the cloud the API cannot ask for itself, only in a tenant's session. */
  readonly isDatabaseUp: () => Promise<boolean>;
  /** Only in the function that serves the API. */
  readonly api?: ApiSettings | undefined;
  /** Only in the function that serves the console. */
  readonly console?: ConsoleSettings | undefined;
  /** Only in functions that send messages. */
  readonly messageSender?: MessageSender | undefined;
  /** The use of the tenants' Slack workspaces; only in functions that have the sealing key. */
  readonly slack?: RuntimeSlack | undefined;
  /** Threads that help with a night; only where the machine has several cores. */
  readonly nightThreads?: NightThreads | undefined;
  /** Reports finished work with its figures: a log line in the cloud, a summary on a terminal. */
  readonly report: (what: string, figures: object) => void;
}

const configSchema = z.object({
  TABLE_NAME: z.string().min(3),
  PUBLIC_URL: z.url(),
  STAGE: z.string().min(1).default("local"),
  TENANT_ROLE_ARN: z.string().startsWith("arn:").optional(),
  /** "true" allows webhooks to loopback addresses, for local systems. */
  WEBHOOKS_ALLOW_LOOPBACK: z.enum(["true", "false"]).default("false"),
  DYNAMODB_ENDPOINT: z.url().optional(),
  AUTH_ISSUER: z.url().optional(),
  AUTH_AUDIENCE: z.string().min(1).optional(),
  AUTH_JWKS_URL: z.url().optional(),
  CURSOR_SECRET: z.string().min(32).optional(),
  SIGNING_SECRET: z.string().min(32).optional(),
  LINK_SECRET: z.string().min(32).optional(),
  ...slackConfig,
  AUTH_CLIENT_ID: z.string().min(1).optional(),
  AUTH_CLIENT_SECRET: z.string().min(1).optional(),
  SESSION_SECRET: z.string().min(32).optional(),
  RATE_LIMIT_REQUESTS: z.coerce.number().int().min(1).default(100),
  RATE_LIMIT_SECONDS: z.coerce.number().int().min(1).default(5),
});

/** URLs of the queues that a function may send to, by the names of their environment variables. */
const queueUrlsSchema = z.object(
  Object.fromEntries(queueKeys.map((queue) => [queueUrlName(queue), z.url().optional()])),
);

/** The environment of a function; a local system has the same names with loopback addresses. */
export type RuntimeConfig = z.input<typeof configSchema>;

/** Creates a runtime; `instead` replaces parts of it in a local system. */
export function createRuntime(
  config: RuntimeConfig,
  instead: Partial<
    Pick<
      Runtime,
      | "queues"
      | "clock"
      | "elapsed"
      | "report"
      | "log"
      | "table"
      | "catalogOf"
      | "messageSender"
      | "isDatabaseUp"
      | "nightThreads"
    > & { readonly patience: Patience }
  > = {},
): Runtime {
  const env = configSchema.parse(config);
  const log = unfailingLog(instead.log ?? cloudLog(env.STAGE));
  const table =
    instead.table ??
    openTable({ tableName: env.TABLE_NAME, endpoint: env.DYNAMODB_ENDPOINT, patience: instead.patience });
  return {
    table,
    tableFor: env.TENANT_ROLE_ARN === undefined ? () => table : sessionTables(table, env.TENANT_ROLE_ARN),
    queues: instead.queues ?? noQueues,
    links: linksOf(env.PUBLIC_URL),
    publicOrigin: new URL(env.PUBLIC_URL).origin,
    linkSecrets: linkSecretsOf(env.LINK_SECRET),
    pageOfLink: (page, token) => `${baseOf(env.PUBLIC_URL)}/links/${page}/${token}`,
    slack: slackOf(env, env.PUBLIC_URL),
    clock: instead.clock ?? (() => Date.now()),
    elapsed: instead.elapsed ?? (() => performance.now()),
    leadBatchers: new LeadBatchers(),
    log,
    catalogOf: instead.catalogOf,
    nightThreads: instead.nightThreads,
    sendWebhook: lazyWebhookSender(env.WEBHOOKS_ALLOW_LOOPBACK === "true"),
    allowsLoopbackWebhooks: env.WEBHOOKS_ALLOW_LOOPBACK === "true",
    isDatabaseUp: instead.isDatabaseUp ?? (() => Promise.resolve(true)),
    api: apiSettingsOf(env),
    console: consoleSettingsOf(env),
    messageSender: instead.messageSender,
    report: instead.report ?? log.info,
  };
}

/**
 * Default of the rate limit: twenty requests a second of one actor, a hundred at once (docs/reference/sales-plans.md
 * 7).
 */
function apiSettingsOf(env: z.output<typeof configSchema>): ApiSettings | undefined {
  const { AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience, AUTH_JWKS_URL: jwksUrl } = env;
  const { CURSOR_SECRET: cursorSecret, SIGNING_SECRET: signingSecret } = env;
  if (issuer === undefined || audience === undefined) return undefined;
  if (cursorSecret === undefined || signingSecret === undefined) return undefined;
  const rateLimit = { requests: env.RATE_LIMIT_REQUESTS, windowSeconds: env.RATE_LIMIT_SECONDS };
  return { issuer, audience, cursorSecret, signingSecret, rateLimit, ...(jwksUrl === undefined ? {} : { jwksUrl }) };
}

/** What the secret of a client without one says. */
const NO_SECRET = "none";

function consoleSettingsOf(env: z.output<typeof configSchema>): ConsoleSettings | undefined {
  const { AUTH_ISSUER: issuer, AUTH_CLIENT_ID: clientId, SESSION_SECRET: sessionSecret } = env;
  if (issuer === undefined || clientId === undefined || sessionSecret === undefined) return undefined;
  const clientSecret = env.AUTH_CLIENT_SECRET === NO_SECRET ? undefined : env.AUTH_CLIENT_SECRET;
  return { issuer, clientId, clientSecret, sessionSecret, jwksUrl: env.AUTH_JWKS_URL };
}

/** Tables in sessions of tenants: the session's policy limits the leading keys to those of its tenant. */
function sessionTables(table: Table, roleArn: string): (tenantId: TenantId) => Table {
  const sts = memo(async () => new (await import("@aws-sdk/client-sts")).STSClient(clientPatience(table.patience)));
  const credentials = async (tenantId: TenantId) => sessionOf(await sts(), roleArn, tenantId);
  return tenantTables((tenantId) =>
    openTable({ tableName: table.name, sharing: table, credentials: () => credentials(tenantId) }),
  );
}

const SESSION_SECONDS = 3600;

async function sessionOf(sts: STSClient, roleArn: string, tenantId: TenantId): Promise<SessionCredentials> {
  const { AssumeRoleCommand } = await import("@aws-sdk/client-sts");
  const { Credentials: given } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: roleArn,
      RoleSessionName: `regulars-${tenantId}`.slice(0, 64),
      DurationSeconds: SESSION_SECONDS,
      Tags: [{ Key: tenantSession.tag, Value: tenantId }],
      TransitiveTagKeys: [tenantSession.tag],
    }),
  );
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken || !given.Expiration)
    throw new Error(`no session of the tenant ${tenantId}: STS answered without credentials`);
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = given;
  return { accessKeyId, secretAccessKey, sessionToken, expiration: given.Expiration };
}

/** The ARNs of a deployed function's secrets, as JSON by name; their values are not in its environment. */
export const secretArns = (): string | undefined => process.env["SECRET_ARNS"];

/**
 * What a deployed function has beside the table. The files of `cloud/` have them, and each brings its client of AWS, so a
 * function is given only what it uses.
 */
export interface CloudParts {
  /** Of those who wait for it; default: that of jobs. */
  readonly patience?: Patience;
  /** By their names in the environment. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly queues?: (urls: Readonly<Record<string, string | undefined>>, patience: Patience) => JobQueues;
  readonly messageSender?: (env: unknown) => MessageSender;
}

let shared: Runtime | undefined;

/** The runtime of a deployed function, made once per process. */
export function cloudRuntime({ patience = forJobs, secrets = {}, queues, messageSender }: CloudParts = {}): Runtime {
  const env = { ...process.env, ...secrets };
  shared ??= createRuntime(configSchema.parse(env), {
    queues: queues?.(queueUrlsSchema.parse(env), patience) ?? noQueues,
    messageSender: messageSender?.(env),
    patience,
  });
  return shared;
}

/** The sender of webhooks, loaded with the first of them. */
function lazyWebhookSender(allowsLoopback: boolean): WebhookSender {
  const sender = memo(async () => (await import("./webhook-sender.ts")).webhookSender(allowsLoopback));
  return async (...sent) => (await sender())(...sent);
}

const noQueues: JobQueues = {
  send: (queue) => Promise.reject(new Error(`this system has no queues: cannot send to ${queue}`)),
};

function linksOf(publicUrl: string): Links {
  const base = baseOf(publicUrl);
  return {
    finding: ({ tenantId, findingId }) => `${base}/findings/${tenantId}/${segmentOfId(findingId)}`,
    rep: (tenantId, userId) => `${base}/for-you/${tenantId}/${segmentOfId(userId)}`,
    introductions: (tenantId, userId) => `${base}/introductions/${tenantId}/${segmentOfId(userId)}`,
  };
}

const baseOf = (publicUrl: string): string => publicUrl.replace(/\/$/, "");
