import type { SlackApi } from "@regulars/core/slack/slack-api";

interface ReplyTo {
  readonly slackUserId: string;
  readonly channel: string;
  readonly responseUrl?: string | undefined;
}

interface ReplyWith {
  readonly api: SlackApi;
  readonly token: string;
  /** Addresses that Slack's answers may go to begin with it. */
  readonly answersAt: string;
}

const TIMEOUT_MS = 10_000;

/**
 * Tells somebody something that only they see. Where Regulars is not in the channel, as with a slash command, the call's
 * own address is used, which lives for thirty minutes. What cannot be told is not tried again.
 */
export async function replyTo(
  { slackUserId, channel, responseUrl }: ReplyTo,
  text: string,
  { api, token, answersAt }: ReplyWith,
  blocks?: readonly object[],
): Promise<boolean> {
  if (channel !== "") {
    const told = await api.call("chat.postEphemeral", { channel, user: slackUserId, text, blocks }, token);
    if (told.ok) return true;
  }
  if (responseUrl?.startsWith(answersAt) !== true) return false;
  const answer = await fetch(responseUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ response_type: "ephemeral", replace_original: false, text, blocks }),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => undefined);
  return answer?.ok === true;
}
