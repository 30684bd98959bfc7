import { goneAt } from "@regulars/core/slack/slack-api";
import { readToken } from "./read-token.ts";

/**
 * Whether a channel is one of the tenant's workspace that Regulars sees. Without a workspace, or when Slack refuses the
 * token, nobody knows: then it is taken, and its alerts go by e-mail. Throws when Slack cannot be asked.
 */
export const isChannelOf =
  (input: Parameters<typeof readToken>[0]) =>
  async (channel: string): Promise<boolean> => {
    const opened = await readToken(input);
    if (opened === undefined) return true;
    const answer = await input.access.api.call("conversations.info", { channel }, opened.token);
    return answer.ok || goneAt(answer.error) !== "place";
  };
