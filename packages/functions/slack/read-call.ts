import { introductionAnswers } from "@regulars/core/relationships/introduction";
import { type SlackCall, alertActions, introductionAction, slackEvents } from "@regulars/core/slack/slack-call";
import { toInstant } from "@regulars/core/platform/values";
import * as z from "zod";

/** What Slack sent, as far as it is for us. */
export interface ReadCall {
  /** The workspace that it came from. */
  readonly workspaceId: string;
  /** Slack's id of an event; clicks and commands have none. */
  readonly eventId?: string | undefined;
  /** What is to be done; empty when nothing is, as for a button that opens a page. */
  readonly calls: readonly SlackCall[];
}

const clickSchema = z.object({
  type: z.literal("block_actions"),
  team: z.object({ id: z.string() }),
  user: z.object({ id: z.string() }),
  container: z.object({ channel_id: z.string().default(""), message_ts: z.string().default("") }).prefault({}),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().default("") })).default([]),
  response_url: z.string().optional(),
});

const otherSchema = z.object({ team: z.object({ id: z.string() }).nullish() });

/** A payload of Slack's interactivity; `undefined` when it is none. */
export function readInteraction(payload: unknown): ReadCall | undefined {
  const click = clickSchema.safeParse(payload);
  if (!click.success) {
    const other = otherSchema.safeParse(payload);
    return other.success ? { workspaceId: other.data.team?.id ?? "", calls: [] } : undefined;
  }
  const { team, user, container, actions, response_url: responseUrl } = click.data;
  const calls = actions.flatMap(({ action_id: id, value }): SlackCall[] => {
    const from = { slackUserId: user.id, channel: container.channel_id, ts: container.message_ts, responseUrl };
    const answer = introductionAnswers.find((one) => introductionAction(one) === id);
    if (answer !== undefined) return [{ type: "introduction", ...from, answer, introductionId: value }];
    const action = alertActions.find((one) => one === id);
    return action === undefined ? [] : [{ type: "action", ...from, action, value }];
  });
  return { workspaceId: team.id, calls };
}

const commandSchema = z.object({
  team_id: z.string(),
  user_id: z.string(),
  channel_id: z.string().default(""),
  text: z.string().default(""),
  response_url: z.string().optional(),
});

/** The form of a slash command. */
export function readCommand(form: unknown): ReadCall | undefined {
  const read = commandSchema.safeParse(form);
  if (!read.success) return undefined;
  const { team_id: workspaceId, user_id: slackUserId, channel_id: channel, text, response_url } = read.data;
  const call = {
    type: "command" as const,
    slackUserId,
    channel,
    text: text.slice(0, 1_000),
    responseUrl: response_url,
  };
  return { workspaceId, calls: [call] };
}

const eventSchema = z.object({
  type: z.literal("event_callback"),
  team_id: z.string(),
  event_id: z.string(),
  /** Seconds since 1970. */
  event_time: z.int().min(0).max(1e11).optional().catch(undefined),
  event: z.looseObject({ type: z.string(), channel: z.unknown().optional(), tokens: z.unknown().optional() }),
});

/** Events that end something for us, by Slack's name, with what they are to us. */
const ENDS: Readonly<Record<string, { readonly event: (typeof slackEvents)[number]; readonly reason: string }>> = {
  app_uninstalled: { event: "uninstalled", reason: "app_uninstalled" },
  tokens_revoked: { event: "uninstalled", reason: "tokens_revoked" },
  channel_archive: { event: "channel-gone", reason: "is_archived" },
  group_archive: { event: "channel-gone", reason: "is_archived" },
  channel_deleted: { event: "channel-gone", reason: "channel_not_found" },
  group_deleted: { event: "channel-gone", reason: "channel_not_found" },
  channel_left: { event: "channel-gone", reason: "not_in_channel" },
  group_left: { event: "channel-gone", reason: "not_in_channel" },
};

const revokedSchema = z.object({ bot: z.array(z.string()).default([]) });

/** An event of the workspace; those that are not for us ask for nothing. */
export function readEvent(body: unknown): ReadCall | undefined {
  const read = eventSchema.safeParse(body);
  if (!read.success) return undefined;
  const { team_id: workspaceId, event_id: eventId, event_time: seconds, event } = read.data;
  const end = Object.hasOwn(ENDS, event.type) ? ENDS[event.type] : undefined;
  // Tokens of users are none of ours: only the bot's ends the connection.
  const isOurs = event.type !== "tokens_revoked" || (revokedSchema.safeParse(event.tokens).data?.bot ?? []).length > 0;
  const channel = typeof event.channel === "string" ? event.channel : undefined;
  const at = seconds === undefined ? undefined : toInstant(seconds * 1000);
  return { workspaceId, eventId, calls: end === undefined || !isOurs ? [] : [{ type: "event", ...end, channel, at }] };
}
