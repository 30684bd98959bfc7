import type { SecretName } from "./secrets.ts";
import type { EnvironmentName } from "./stage-parameters.ts";
import type { QueueKey } from "./job-keys.ts";

/** The function that answers HTTP. */
export const apiFunction = {
  handler: "packages/functions/api/lambda.handler",
  memoryMb: 512,
  timeoutSeconds: 29,
  reservedConcurrency: 300,
  environment: ["AUTH_ISSUER", "AUTH_AUDIENCE", "AUTH_JWKS_URL", "SLACK_CLIENT_ID"] satisfies EnvironmentName[],
  secrets: [
    "CURSOR_SECRET",
    "SIGNING_SECRET",
    "LINK_SECRET",
    "SEALING_KEY",
    "SLACK_CLIENT_SECRET",
    "SLACK_SIGNING_SECRET",
  ] satisfies SecretName[],
  ownReads: [
    {
      index: "gsi1",
      leadingKey: "T#$#SLACK#*",
      why: "finds the tenant of a Slack workspace whose call came in",
    },
  ],
  sends: [
    "nightly",
    "rebuilds",
    "outgoing",
    "slack",
    "webhooks",
    "plans",
    "backtests",
    "erasures",
  ] satisfies QueueKey[],
  sendsMail: false,
} as const;

/** What is the API's at the address that it shares with the console; `*` stands for the rest of a path. */
export const apiPaths = ["/v1/*", "/docs", "/links/unsubscribe", "/links/unsubscribe/*", "/integrations/*"] as const;

/** The same as routes of API Gateway. */
export const apiRoutes: readonly string[] = apiPaths.map((path) => `ANY ${path.replace("*", "{proxy+}")}`);

/**
 * The HTTP API's limits, for all tenants together: steady requests per second, and at once. Each caller has its own
 * limit beside it (docs/api.md), so that fifty senders at their limit leave room for everybody else.
 */
export const http = {
  requestsPerSecond: 1_000,
  burst: 2_000,
  /** Answers of 4xx that set off an alarm, those of the gateway's limits among them: ten a second. */
  refusedInFiveMinutes: 3_000,
} as const;
