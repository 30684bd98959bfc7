import { setTimeout as sleep } from "node:timers/promises";
import type { SlackAccess } from "@regulars/core/slack/slack-app";
import { createSlackApi } from "@regulars/notify/slack";
import { createPace } from "@regulars/notify/turns";
import * as z from "zod";
import { longOrTwo } from "../../../infra/secret-forms.ts";
import { sealingWith } from "./sealing.ts";

/** The part of a function's environment that is about Slack. */
export const slackConfig = {
  /** Seals the tenants' tokens: one key, or new and old. */
  SEALING_KEY: z.string().regex(longOrTwo.form).optional(),
  SLACK_CLIENT_ID: z.string().min(1).optional(),
  SLACK_CLIENT_SECRET: z.string().min(1).optional(),
  /** With which Slack signs its calls: one, or new and old. Only in the function that takes them. */
  SLACK_SIGNING_SECRET: z.string().min(1).optional(),
  /** Instead of Slack's address, for local systems. It ends in "/api/". */
  SLACK_API_URL: z.url().optional(),
  /** Least time between two messages in one channel. */
  SLACK_PACE_MS: z.coerce.number().int().min(0).default(1_000),
};

/** What a function has of Slack: access, and the pace of messages in a channel. */
export interface RuntimeSlack extends SlackAccess {
  readonly pace: (channel: string) => Promise<void>;
  /** The secrets with which Slack signs its calls. */
  readonly signingSecrets: readonly string[];
  /** Where Slack lets us answer a call: addresses that begin with it. */
  readonly answersAt: string;
  /** Slack's page on which somebody adds the app to their workspace. */
  readonly authorizeAt: string;
  /** Where Slack sends them back. */
  readonly redirectUri: string;
}

const environmentSchema = z.object(slackConfig);

/** `undefined` in functions without the sealing key. */
export function slackOf(env: z.output<typeof environmentSchema>, publicUrl: string): RuntimeSlack | undefined {
  const { SEALING_KEY: key, SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret } = env;
  if (key === undefined) return undefined;
  return {
    api: createSlackApi(env.SLACK_API_URL),
    sealing: sealingWith(key),
    signingSecrets: (env.SLACK_SIGNING_SECRET ?? "").split(" ").filter((secret) => secret !== ""),
    answersAt: env.SLACK_API_URL === undefined ? "https://hooks.slack.com/" : new URL("../", env.SLACK_API_URL).href,
    pace: createPace({ elapsed: () => performance.now(), wait: (ms) => sleep(ms), everyMs: env.SLACK_PACE_MS }),
    authorizeAt:
      env.SLACK_API_URL === undefined
        ? "https://slack.com/oauth/v2/authorize"
        : new URL("../oauth/v2/authorize", env.SLACK_API_URL).href,
    redirectUri: new URL("/integrations/slack/oauth", publicUrl).href,
    ...(clientId === undefined || clientSecret === undefined ? {} : { app: { clientId, clientSecret } }),
  };
}
