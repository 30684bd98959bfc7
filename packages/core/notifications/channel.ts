import type { Message } from "./message.ts";

/** Slack's id of a message: channel and timestamp. */
const IN_SLACK = /^[CDG][A-Z0-9]+\/\d+\.\d+$/;

/** Where a message went, as the provider's id says; one that is not sent yet goes to Slack when it is an alert. */
export const channelOf = ({ type }: Pick<Message, "type">, providerId: string | undefined): "email" | "slack" =>
  (providerId === undefined ? type === "alert" : IN_SLACK.test(providerId)) ? "slack" : "email";
