/**
 * What Regulars consists of, as pure data: the embedded engine creates its table from it, the cloud's two halves deploy
 * from it. Handlers are named by path only.
 */

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
 * moment: the index that says what is due follows a write with a delay of its own.
 */
export const queues = {
  nights: { name: "regulars-nights", visibilityTimeoutSeconds: 960, maxReceives: 3 },
  rebuilds: { name: "regulars-rebuilds", visibilityTimeoutSeconds: 960, maxReceives: 3 },
  deliveries: { name: "regulars-deliveries", visibilityTimeoutSeconds: 360, maxReceives: 5, delaySeconds: 5 },
} as const;

/** DynamoDB actions by what a function needs. */
const readWrite = [
  "dynamodb:GetItem",
  "dynamodb:BatchGetItem",
  "dynamodb:Query",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
] as const;

export const functions = {
  tick: {
    handler: "packages/functions/jobs/tick.handler",
    memoryMb: 256,
    timeoutSeconds: 60,
    table: ["dynamodb:Query", "dynamodb:UpdateItem", "dynamodb:GetItem"],
    sends: ["nights", "deliveries"],
  },
  tenantNight: {
    handler: "packages/functions/jobs/tenant-night.handler",
    memoryMb: 1769,
    timeoutSeconds: 900,
    table: readWrite,
    consumes: { queue: "nights", batchSize: 1 },
    sends: ["deliveries"],
  },
  rebuild: {
    handler: "packages/functions/jobs/rebuild.handler",
    memoryMb: 1024,
    timeoutSeconds: 900,
    table: readWrite,
    consumes: { queue: "rebuilds", batchSize: 1 },
    sends: [],
  },
  deliver: {
    handler: "packages/functions/jobs/deliver.handler",
    memoryMb: 512,
    timeoutSeconds: 300,
    table: readWrite,
    consumes: { queue: "deliveries", batchSize: 10 },
    sends: ["deliveries"],
    email: true,
  },
  api: {
    handler: "packages/functions/api/lambda.handler",
    memoryMb: 512,
    timeoutSeconds: 30,
    table: readWrite,
    sends: ["nights", "rebuilds", "deliveries"],
  },
} as const;

/** What starts by the clock. */
export const schedules = { tick: { rate: "15 minutes", target: "tick" } } as const;

/** Names of what the foundation writes and the functions read. */
export const parameters = {
  table: "/regulars/table",
  slackToken: "/regulars/slack-token",
  mailFrom: "/regulars/mail-from",
} as const;
