/**
 * What Regulars consists of, as pure data: the embedded engine creates its table from it, the cloud's two halves deploy
 * from it. Handlers are named by path only.
 */

export const app = "regulars";

/** What one deployment of a stage calls a thing: "regulars-production-nights". */
export const nameIn = (stage: string, name: string): string => `${app}-${stage}-${name}`;

/** The stage that is protected: nothing of it is removed by taking a stack or an app down. */
export const isProduction = (stage: string): boolean => stage === "production";

/** The one table. Every partition key, of the table and of its indexes, begins with `T#<tenant>#`. */
export const table = {
  name: "regulars",
  partitionKey: "pk",
  sortKey: "sk",
  /** Epoch seconds; rows that are of no use after it. */
  timeToLive: "expiresAt",
  indexes: [
    { name: "gsi1", partitionKey: "g1p", sortKey: "g1s" },
    { name: "gsi2", partitionKey: "g2p", sortKey: "g2s" },
  ],
} as const;

/**
 * Job queues. After `maxReceives` failures a message waits in the dead letter queue `<name>-dead`. Deliveries wait a
 * moment: the index that says what is due follows a write with a delay of its own. A message older than
 * `oldestSeconds` rings the alarm.
 */
export const queues = {
  nights: { name: "regulars-nights", visibilityTimeoutSeconds: 960, maxReceives: 3, oldestSeconds: 3600 },
  rebuilds: { name: "regulars-rebuilds", visibilityTimeoutSeconds: 960, maxReceives: 3, oldestSeconds: 3600 },
  deliveries: {
    name: "regulars-deliveries",
    visibilityTimeoutSeconds: 360,
    maxReceives: 5,
    delaySeconds: 5,
    oldestSeconds: 1800,
  },
  plans: { name: "regulars-plans", visibilityTimeoutSeconds: 960, maxReceives: 5, oldestSeconds: 1800 },
  backtests: { name: "regulars-backtests", visibilityTimeoutSeconds: 960, maxReceives: 3, oldestSeconds: 3600 },
} as const;

export type QueueKey = keyof typeof queues;
export const queueKeys = [
  "nights",
  "rebuilds",
  "deliveries",
  "plans",
  "backtests",
] as const satisfies readonly QueueKey[];

/** The tag that a tenant's session carries, and the leading keys that its role may touch by it. */
export const tenantSession = { tag: "TenantId", before: "T#", after: "#*" } as const;

/** What a tenant's session may do with the tenant's own items. No Scan: it has no leading key. */
export const tenantTableActions = [
  "dynamodb:GetItem",
  "dynamodb:BatchGetItem",
  "dynamodb:Query",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
] as const;

/**
 * What a function's own role reads of the table, besides what tenants' sessions may. A leading key with `*` names many
 * partitions; `$` is no character of a tenant id. `countOnly` tells how many there are and shows none of them.
 */
export interface OwnRead {
  readonly index: (typeof table.indexes)[number]["name"];
  readonly leadingKey: string;
  readonly countOnly?: true;
  readonly why: string;
}

/** Secrets by the name of the environment variable that they stand for; functions read them when they start. */
export const secrets = {
  SLACK_TOKEN: { name: "slack-token", what: "Slack bot token (xoxb-…) with chat:write", isGenerated: false },
  CURSOR_SECRET: { name: "cursor-secret", what: "signs the API's page cursors", isGenerated: true },
  SIGNING_SECRET: { name: "signing-secret", what: "makes what machine keys sign with", isGenerated: true },
} as const;

export type SecretName = keyof typeof secrets;

/** What the foundation writes and the functions' half reads, as `/regulars/<stage>/<name>`. */
export const parameters = {
  tableName: { name: "table-name", what: "name of the table" },
  tableArn: { name: "table-arn", what: "ARN of the table" },
  keyArn: { name: "key-arn", what: "ARN of the key that table, secrets and topics are encrypted with" },
  tenantRoleArn: { name: "tenant-role-arn", what: "ARN of the role that a tenant's session assumes" },
  nightsQueueUrl: { name: "nights-queue-url", what: "URL of the queue of nights" },
  nightsQueueArn: { name: "nights-queue-arn", what: "ARN of the queue of nights" },
  rebuildsQueueUrl: { name: "rebuilds-queue-url", what: "URL of the queue of rebuilds" },
  rebuildsQueueArn: { name: "rebuilds-queue-arn", what: "ARN of the queue of rebuilds" },
  deliveriesQueueUrl: { name: "deliveries-queue-url", what: "URL of the queue of deliveries" },
  deliveriesQueueArn: { name: "deliveries-queue-arn", what: "ARN of the queue of deliveries" },
  plansQueueUrl: { name: "plans-queue-url", what: "URL of the queue of sales plans' work" },
  plansQueueArn: { name: "plans-queue-arn", what: "ARN of the queue of sales plans' work" },
  backtestsQueueUrl: { name: "backtests-queue-url", what: "URL of the queue of backtests" },
  backtestsQueueArn: { name: "backtests-queue-arn", what: "ARN of the queue of backtests" },
  slackTokenArn: { name: "slack-token-arn", what: "ARN of the secret with the Slack bot token" },
  cursorSecretArn: { name: "cursor-secret-arn", what: "ARN of the secret that signs page cursors" },
  signingSecretArn: {
    name: "signing-secret-arn",
    what: "ARN of the secret that machine keys' signing secrets are made of",
  },
  mailIdentityArn: { name: "mail-identity-arn", what: "ARN of the verified sending domain" },
  mailConfigurationArn: { name: "mail-configuration-arn", what: "ARN of the configuration set of the sending domain" },
  alarmTopicArn: { name: "alarm-topic-arn", what: "ARN of the topic that alarms go to" },
  mailFrom: { name: "mail-from", what: 'sender, like "Regulars <mail@example.com>"' },
  publicUrl: { name: "public-url", what: "where links in messages lead" },
  slackChannel: { name: "slack-channel", what: "channel of the alerts" },
  authIssuer: { name: "auth-issuer", what: "OIDC issuer of people's tokens" },
  authAudience: { name: "auth-audience", what: "audience of people's tokens" },
  authJwksUrl: {
    name: "auth-jwks-url",
    what: "where the issuer's keys are, when not where it says itself",
    optional: true,
  },
  apiDomain: { name: "api-domain", what: "domain name of the API", optional: true },
  apiCertificateArn: {
    name: "api-certificate-arn",
    what: "certificate of the API's domain, when its zone is not in Route 53",
    optional: true,
  },
} as const satisfies Readonly<Record<string, Parameter>>;

export interface Parameter {
  readonly name: string;
  readonly what: string;
  readonly optional?: true;
}

export type ParameterKey = keyof typeof parameters;

export const parameterPath = (stage: string, key: ParameterKey): string => `/${app}/${stage}/${parameters[key].name}`;

/** Where each environment variable of the functions comes from. */
export const environment = {
  TABLE_NAME: "tableName",
  TENANT_ROLE_ARN: "tenantRoleArn",
  PUBLIC_URL: "publicUrl",
  MAIL_FROM: "mailFrom",
  SLACK_CHANNEL: "slackChannel",
  NIGHTS_QUEUE_URL: "nightsQueueUrl",
  REBUILDS_QUEUE_URL: "rebuildsQueueUrl",
  DELIVERIES_QUEUE_URL: "deliveriesQueueUrl",
  PLANS_QUEUE_URL: "plansQueueUrl",
  BACKTESTS_QUEUE_URL: "backtestsQueueUrl",
  AUTH_ISSUER: "authIssuer",
  AUTH_AUDIENCE: "authAudience",
  AUTH_JWKS_URL: "authJwksUrl",
} as const satisfies Readonly<Record<string, ParameterKey>>;

export type EnvironmentName = keyof typeof environment;

/** Of each queue and each secret: the parameters that say where it is. */
export const queueParameters = {
  nights: { url: "NIGHTS_QUEUE_URL", arn: "nightsQueueArn" },
  rebuilds: { url: "REBUILDS_QUEUE_URL", arn: "rebuildsQueueArn" },
  deliveries: { url: "DELIVERIES_QUEUE_URL", arn: "deliveriesQueueArn" },
  plans: { url: "PLANS_QUEUE_URL", arn: "plansQueueArn" },
  backtests: { url: "BACKTESTS_QUEUE_URL", arn: "backtestsQueueArn" },
} as const satisfies Readonly<Record<QueueKey, { readonly url: EnvironmentName; readonly arn: ParameterKey }>>;

export const secretParameters = {
  SLACK_TOKEN: "slackTokenArn",
  CURSOR_SECRET: "cursorSecretArn",
  SIGNING_SECRET: "signingSecretArn",
} as const satisfies Readonly<Record<SecretName, ParameterKey>>;

/** One function: what it is given, and everything that it may do. */
export interface FunctionSpec {
  readonly handler: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly environment: readonly EnvironmentName[];
  readonly secrets?: readonly SecretName[];
  readonly ownReads?: readonly OwnRead[];
  readonly sends: readonly QueueKey[];
  readonly consumes?: { readonly queue: QueueKey; readonly batchSize: number; readonly maxConcurrency: number };
  readonly sendsMail?: true;
  /** Errors within five minutes that ring the alarm. */
  readonly alarmErrors: number;
}

/** Every function works on tenants' items in a session of the tenant; its own role sees none of them. */
export const functions = {
  tick: {
    handler: "packages/functions/workers/tick.handler",
    memoryMb: 256,
    timeoutSeconds: 60,
    environment: ["TABLE_NAME", "TENANT_ROLE_ARN", "PUBLIC_URL"],
    ownReads: [
      { index: "gsi2", leadingKey: "T#$#DUE", why: "the platform's own list of tenants, by when their night is due" },
      {
        index: "gsi2",
        leadingKey: "T#*#DUE",
        countOnly: true,
        why: "asks of every tenant whether a notification is due, and sees none",
      },
    ],
    sends: ["nights", "deliveries"],
    alarmErrors: 1,
  },
  tenantNight: {
    handler: "packages/functions/workers/nightly.handler",
    memoryMb: 1769,
    timeoutSeconds: 900,
    environment: ["TABLE_NAME", "TENANT_ROLE_ARN", "PUBLIC_URL"],
    consumes: { queue: "nights", batchSize: 1, maxConcurrency: 20 },
    sends: ["deliveries"],
    alarmErrors: 1,
  },
  rebuild: {
    handler: "packages/functions/workers/rebuild.handler",
    memoryMb: 1024,
    timeoutSeconds: 900,
    environment: ["TABLE_NAME", "TENANT_ROLE_ARN", "PUBLIC_URL"],
    consumes: { queue: "rebuilds", batchSize: 1, maxConcurrency: 10 },
    sends: [],
    alarmErrors: 1,
  },
  deliver: {
    handler: "packages/functions/workers/deliver.handler",
    memoryMb: 512,
    timeoutSeconds: 300,
    environment: ["TABLE_NAME", "TENANT_ROLE_ARN", "PUBLIC_URL", "MAIL_FROM", "SLACK_CHANNEL"],
    secrets: ["SLACK_TOKEN"],
    consumes: { queue: "deliveries", batchSize: 10, maxConcurrency: 5 },
    sends: ["deliveries"],
    sendsMail: true,
    alarmErrors: 1,
  },
  plansTick: {
    handler: "packages/functions/workers/plans-tick.handler",
    memoryMb: 256,
    timeoutSeconds: 60,
    environment: ["TABLE_NAME", "TENANT_ROLE_ARN", "PUBLIC_URL"],
    ownReads: [{ index: "gsi2", leadingKey: "T#$#DUE", why: "the platform's own list of tenants" }],
    sends: ["plans", "deliveries", "backtests"],
    alarmErrors: 1,
  },
  planWork: {
    handler: "packages/functions/workers/plan-work.handler",
    memoryMb: 512,
    timeoutSeconds: 900,
    environment: ["TABLE_NAME", "TENANT_ROLE_ARN", "PUBLIC_URL"],
    consumes: { queue: "plans", batchSize: 1, maxConcurrency: 10 },
    sends: ["plans", "deliveries"],
    alarmErrors: 1,
  },
  backtest: {
    handler: "packages/functions/workers/backtest.handler",
    memoryMb: 3008,
    timeoutSeconds: 900,
    environment: ["TABLE_NAME", "TENANT_ROLE_ARN", "PUBLIC_URL"],
    consumes: { queue: "backtests", batchSize: 1, maxConcurrency: 5 },
    sends: [],
    alarmErrors: 1,
  },
  api: {
    handler: "packages/functions/api/lambda.handler",
    memoryMb: 512,
    timeoutSeconds: 29,
    environment: ["TABLE_NAME", "TENANT_ROLE_ARN", "PUBLIC_URL", "AUTH_ISSUER", "AUTH_AUDIENCE", "AUTH_JWKS_URL"],
    secrets: ["CURSOR_SECRET", "SIGNING_SECRET"],
    sends: ["nights", "rebuilds", "deliveries", "plans", "backtests"],
    alarmErrors: 1,
  },
} as const satisfies Readonly<Record<string, FunctionSpec>>;

export type FunctionKey = keyof typeof functions;
export const functionKeys = [
  "tick",
  "tenantNight",
  "rebuild",
  "deliver",
  "plansTick",
  "planWork",
  "backtest",
  "api",
] as const satisfies readonly FunctionKey[];

/** A function's own name within a stage: "regulars-production-tenant-night". */
export const functionName = (stage: string, key: FunctionKey): string =>
  nameIn(
    stage,
    key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  );

/** How every handler is bundled: SST's options of the same names. */
export const bundling = {
  format: "esm",
  minify: true,
  sourcemap: true,
  runtime: "nodejs24.x",
  architecture: "arm64",
} as const;

/** What starts by the clock. A lost tick is made good by the next. */
export const schedules = {
  tick: { rate: "15 minutes", target: "tick" },
  plansTick: { rate: "5 minutes", target: "plansTick" },
} as const satisfies Readonly<Record<string, { readonly rate: string; readonly target: FunctionKey }>>;

/** The HTTP API's limits, for all callers together: steady requests per second, and at once. */
export const http = { requestsPerSecond: 100, burst: 200 } as const;

/** Where figures of work go: one namespace, told apart by stage. */
export const metrics = { namespace: "Regulars", service: "regulars" } as const;
