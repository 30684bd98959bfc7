import type { Message } from "./message.ts";

/** Slack's id of a message: channel and timestamp. */
const IN_SLACK = /^[CDG][A-Z0-9]+\/\d+\.\d+$/;

/** Where a message went, or goes: an alert goes to Slack, unless the provider's id says that it went by e-mail. */
export const channelOf = ({ type }: Pick<Message, "type">, providerId: string | undefined): "email" | "slack" =>
  type === "alert" && (providerId === undefined || IN_SLACK.test(providerId)) ? "slack" : "email";
