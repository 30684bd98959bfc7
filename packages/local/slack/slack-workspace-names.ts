import { escapeFor } from "@regulars/core/platform/template";
import type { SlackMessage } from "./slack-workspace-store.ts";

/** Users' names by their Slack id. */
export type UserNames = ReadonlyMap<string, string>;

/** A channel of direct messages by its user's name, as Slack shows it; other channels as they are. */
export function directName(channel: string, names: UserNames): string {
  const name = channel.startsWith("D") ? names.get(channel.replace(/^D/, "U")) : undefined;
  return name === undefined ? channel : `@${name}`;
}

const MENTION = /<@([A-Z0-9]+)>/g;

/** A message with each mention of a known user by name, as Slack shows it; texts only, in every block. */
export function withNames(message: SlackMessage, names: UserNames): SlackMessage {
  const named = (_all: string, id: string): string => {
    const name = names.get(id);
    return `<@${name === undefined ? id : escapeFor("slack", name.replaceAll("|", "/"))}>`;
  };
  return JSON.parse(JSON.stringify(message), (_key, value: unknown) =>
    typeof value === "string" ? value.replace(MENTION, named) : value,
  );
}
