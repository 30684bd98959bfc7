import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { ErrorCode, LogLevel, WebClient } from "@slack/web-api";
import type { AlertMessage } from "@regulars/render/alert";

/** Posts to one Slack channel. Throws on failure; the caller retries. */
export interface Slack {
  /**
   * `key` stays the same on retries and is stored in the message's metadata. The returned id is "channel/timestamp".
   */
  readonly post: (message: AlertMessage, key: string) => Promise<{ readonly providerId: string }>;
}

const TIMEOUT_MS = 10_000;

/**
 * Slack over its Web API, one attempt of at most ten seconds. `apiUrl` replaces Slack's base URL; it ends in "/api/".
 */
export function createSlack({ token, apiUrl, channel }: { token: string; apiUrl?: string; channel: string }): Slack {
  const client = new WebClient(token, {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT_MS,
    logLevel: LogLevel.ERROR,
  });
  const post: Slack["post"] = async (message, key) => {
    try {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- Slack's method, not a window's
      const sent = await client.chat.postMessage(callOf(message, key, channel));
      if (sent.ts === undefined) throw new Error(`Slack answered without a timestamp for ${key}`);
      return { providerId: `${sent.channel ?? channel}/${sent.ts}` };
    } catch (error) {
      const retryAfterMs = retryAfterMsOf(error);
      throw retryAfterMs === undefined ? error : new TryLaterError("Slack takes no more for now", retryAfterMs);
    }
  };
  // One at a time: Slack accepts about one message per second and channel.
  let last: Promise<unknown> = Promise.resolve();
  return {
    post: (message, key) => {
      const next = last.then(() => post(message, key));
      last = next.catch(() => undefined);
      return next;
    },
  };
}

function retryAfterMsOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("code" in error) || error.code !== ErrorCode.RateLimitedError) return undefined;
  return "retryAfter" in error && typeof error.retryAfter === "number" ? error.retryAfter * 1000 : 30_000;
}

const callOf = ({ text, blocks }: AlertMessage, key: string, channel: string) => ({
  channel,
  text,
  blocks,
  unfurl_links: false,
  unfurl_media: false,
  metadata: { event_type: "regulars_alert", event_payload: { key } },
});
