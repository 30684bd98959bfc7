import type { SecretName } from "./secrets.ts";
import type { EnvironmentName } from "./stage-parameters.ts";
import type { QueueKey } from "./job-keys.ts";

/** The function that serves the pages. */
export const consoleFunction = {
  handler: "packages/web/lambda.handler",
  memoryMb: 512,
  timeoutSeconds: 29,
  reservedConcurrency: 100,
  environment: ["AUTH_ISSUER", "AUTH_CLIENT_ID", "AUTH_JWKS_URL", "SLACK_CLIENT_ID"] satisfies EnvironmentName[],
  secrets: [
    "SESSION_SECRET",
    "AUTH_CLIENT_SECRET",
    "LINK_SECRET",
    "SEALING_KEY",
    "SLACK_CLIENT_SECRET",
  ] satisfies SecretName[],
  ownReads: [],
  sends: ["webhooks", "backtests", "rebuilds", "plans", "outgoing", "slack"] satisfies QueueKey[],
  sendsMail: false,
  /** Files that the pages read while they start, in the folder of the bundle: their names differ. */
  files: [
    "packages/web/page/style.css",
    "packages/web/page/live-page.css",
    "packages/web/page/icon.svg",
    "packages/web/page/keys.js",
    "packages/web/page/flight.js",
    "packages/web/page/live.js",
    "packages/web/assignment/order.js",
    "packages/web/boards/board-cards.js",
    "packages/web/boards/board-form.js",
    "packages/web/boards/board-moves.js",
    "packages/web/boards/board-drag.js",
    "packages/web/boards/board-keys.js",
    "packages/web/boards/board-more.js",
    "packages/web/boards/board-follow.js",
  ],
} as const;
