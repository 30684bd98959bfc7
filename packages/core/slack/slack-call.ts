import * as z from "zod";
import { instantSchema, tenantIdSchema } from "../platform/values.ts";
import { type IntroductionAnswer, introductionAnswers } from "../relationships/introduction.ts";

/** Days that a finding may be snoozed for in Slack. */
export const snoozeDays = [7, 30, 180] as const;

/** What people do with an alert in Slack, by the id of its button. */
export const alertActions = [
  "contacted",
  "snooze-7",
  "snooze-30",
  "snooze-180",
  "feedback-useful",
  "feedback-known_reason",
  "feedback-wrong",
] as const;
export type AlertAction = (typeof alertActions)[number];

const words = z.string().max(3_000);

/** A click on a button of an alert. */
const actionSchema = z.object({
  type: z.literal("action"),
  /** Slack's id of who clicked. */
  slackUserId: words,
  channel: words,
  /** Slack's timestamp of the message, which is its id in the channel. */
  ts: words,
  action: z.enum(alertActions),
  value: words,
  responseUrl: words.optional(),
});
export type SlackAction = Readonly<z.output<typeof actionSchema>>;

/** The id of a button that answers a request for an introduction. */
export const introductionAction = (answer: IntroductionAnswer): string => `introduction-${answer}`;

/** A click on a button of a request for an introduction. */
const introductionClickSchema = z.object({
  type: z.literal("introduction"),
  slackUserId: words,
  channel: words,
  ts: words,
  answer: z.enum(introductionAnswers),
  introductionId: words,
  responseUrl: words.optional(),
});
export type IntroductionClick = Readonly<z.output<typeof introductionClickSchema>>;

/** A slash command. */
const commandSchema = z.object({
  type: z.literal("command"),
  slackUserId: words,
  channel: words,
  text: words,
  responseUrl: words.optional(),
});
export type SlackCommand = Readonly<z.output<typeof commandSchema>>;

export const slackEvents = ["uninstalled", "channel-gone"] as const;

/** Something that happened in the workspace. */
const eventSchema = z.object({
  type: z.literal("event"),
  event: z.enum(slackEvents),
  channel: words.optional(),
  reason: words,
  /** When it happened; absent where Slack does not say it. */
  at: instantSchema.optional(),
});
export type SlackEvent = Readonly<z.output<typeof eventSchema>>;

/** Somebody acted on a finding elsewhere: its alert shows that. */
const actedSchema = z.object({ type: z.literal("acted"), findingId: z.string() });
export type ActedElsewhere = Readonly<z.output<typeof actedSchema>>;

/** Somebody answered a request for an introduction elsewhere: its message shows that. */
const answeredSchema = z.object({ type: z.literal("answered"), introductionId: z.string() });
export type AnsweredElsewhere = Readonly<z.output<typeof answeredSchema>>;

/** A call of Slack, taken and to be done; or what a message in Slack is to show. */
const slackCallSchema = z.discriminatedUnion("type", [
  actionSchema,
  introductionClickSchema,
  commandSchema,
  eventSchema,
  actedSchema,
  answeredSchema,
]);
export type SlackCall = z.output<typeof slackCallSchema>;

/** The message of the queue of Slack's calls. */
export const slackMessageSchema = z.object({
  tenantId: tenantIdSchema,
  workspaceId: z.string(),
  call: slackCallSchema,
});

/** Slack takes at most this many characters as a button's value. */
const MOST_VALUE = 2_000;

/** A button's value: the finding and its episode; `undefined` when they are too long for a button. */
export function valueOf(findingId: string, episode: string): string | undefined {
  const value = JSON.stringify([findingId, episode]);
  return value.length > MOST_VALUE ? undefined : value;
}

const valueSchema = z.tuple([z.string(), z.string()]);

/** The finding and the episode of a button's value. */
export function readValue(value: string): { readonly findingId: string; readonly episode: string } | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(value);
  } catch {
    return undefined;
  }
  const read = valueSchema.safeParse(parsed);
  if (!read.success) return undefined;
  const [findingId, episode] = read.data;
  return { findingId, episode };
}
