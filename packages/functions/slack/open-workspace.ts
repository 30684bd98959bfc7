import type { AlertPlace, AlertWorkspace } from "@regulars/core/notifications/alert-route";
import type { SlackApi } from "@regulars/core/slack/slack-api";
import { goneAt } from "@regulars/core/slack/slack-api";
import { UnknownOutcomeError } from "@regulars/core/platform/unknown-outcome-error";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { toInstant } from "@regulars/core/platform/values";
import * as z from "zod";

/** How Slack knows our messages: the type of their metadata. */
const METADATA_TYPE = "regulars_alert";
/** Pages of a channel's history that are looked through, of 200 messages each. */
const MOST_PAGES = 10;
const PAGE = 200;
/** Slack's clock and ours may differ. */
const SKEW_MS = 60_000;

const sentSchema = z.object({ channel: z.string(), ts: z.string() });
const openedSchema = z.object({ channel: z.object({ id: z.string() }) });
const historySchema = z.object({
  messages: z.array(
    z.object({
      ts: z.string(),
      metadata: z
        .object({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) })
        .optional()
        .catch(undefined),
    }),
  ),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

interface WorkspaceParts {
  readonly api: SlackApi;
  readonly token: string;
  /** Waits until a channel may get its next message. */
  readonly pace: (channel: string) => Promise<void>;
  readonly onGone: AlertWorkspace["onGone"];
}

/** A tenant's workspace, over Slack's Web API with the tenant's token. */
export function openWorkspace({ api, token, pace, onGone }: WorkspaceParts): AlertWorkspace {
  return {
    onGone,
    post: async (place, { text, blocks }, key) => {
      await pace(place.id);
      const answer = await api.call(
        "chat.postMessage",
        {
          channel: place.id,
          text,
          blocks,
          unfurl_links: false,
          unfurl_media: false,
          metadata: { event_type: METADATA_TYPE, event_payload: { key } },
        },
        token,
      );
      if (answer.ok) {
        const sent = sentSchema.safeParse(answer);
        if (!sent.success) throw new UnknownOutcomeError(`Slack answered without a timestamp for ${key}`);
        return { providerId: `${sent.data.channel}/${sent.data.ts}` };
      }
      if (answer.error === "ratelimited") throw new TryLaterError("Slack takes no more for now", SKEW_MS);
      const gone = goneAt(answer.error);
      if (gone === undefined) throw new Error(`Slack refuses the message for ${place.name}: ${answer.error}`);
      return { gone, reason: answer.error };
    },
    find: async (place, key, since) => findPosted({ api, token }, place, key, since),
  };
}

/** The id "channel/timestamp" of the message with this key; `"unknown"` where Slack does not show the history. */
async function findPosted(
  { api, token }: Pick<WorkspaceParts, "api" | "token">,
  place: AlertPlace,
  key: string,
  since: string,
): Promise<string | "unknown" | undefined> {
  const channel = place.type === "channel" ? place.id : await directChannel(api, token, place.id);
  if (channel === undefined) return "unknown";
  const oldest = String(Date.parse(toInstant(Date.parse(since) - SKEW_MS)) / 1000);
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const asked = { channel, oldest, limit: PAGE, include_all_metadata: true, cursor };
    const answer = await api.call("conversations.history", asked, token);
    const history = historySchema.safeParse(answer);
    if (!answer.ok || !history.success) return "unknown";
    const found = history.data.messages.find(
      ({ metadata }) => metadata?.event_type === METADATA_TYPE && metadata.event_payload["key"] === key,
    );
    if (found !== undefined) return `${channel}/${found.ts}`;
    cursor = history.data.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === "") return undefined;
  }
  return "unknown";
}

async function directChannel(api: SlackApi, token: string, userId: string): Promise<string | undefined> {
  const answer = await api.call("conversations.open", { users: userId }, token);
  return openedSchema.safeParse(answer).data?.channel.id;
}
