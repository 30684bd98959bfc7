import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { SlackChannel, SlackInstallation } from "@regulars/core/slack/installation";
import type { SlackApi } from "@regulars/core/slack/slack-api";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import type { OpenedSlack } from "./read-token.ts";

/** Channels by id; null takes one away, what is not named stays. */
export interface ChannelsChange {
  readonly channel?: string | null | undefined;
  readonly teamChannels?: Readonly<Record<string, string | null>> | undefined;
  readonly repChannels?: Readonly<Record<string, string | null>> | undefined;
}

interface ChangeInput {
  readonly opened: OpenedSlack;
  readonly store: Pick<SlackStore, "saveInstallation">;
  readonly api: SlackApi;
  readonly change: ChannelsChange;
  readonly companionOf: (installation: SlackInstallation) => CompanionWrites | undefined;
}

/** Sets where alerts go. Every channel is asked of the tenant's own workspace first: one that is not there is refused. */
export async function changeChannels(input: ChangeInput): Promise<Result<SlackInstallation>> {
  const { opened, store, change, companionOf } = input;
  const { installation } = opened;
  const named = [
    change.channel,
    ...Object.values(change.teamChannels ?? {}),
    ...Object.values(change.repChannels ?? {}),
  ];
  const known = new Map<string, SlackChannel>();
  for (const id of new Set(named)) {
    if (id === undefined || id === null) continue;
    const found = await readChannel(id, input);
    if (!found.ok) return found;
    known.set(id, found.value);
  }
  const merged = (
    before: Readonly<Record<string, SlackChannel>>,
    given: Readonly<Record<string, string | null>> = {},
  ) =>
    Object.fromEntries([
      ...Object.entries(before).filter(([id]) => !Object.hasOwn(given, id)),
      ...Object.entries(given).flatMap(entryOf),
    ]);
  const entryOf = ([id, channel]: readonly [string, string | null]): (readonly [string, SlackChannel])[] => {
    const found = channel === null ? undefined : known.get(channel);
    return found === undefined ? [] : [[id, found]];
  };
  const changed: SlackInstallation = {
    ...installation,
    version: installation.version + 1,
    channel: change.channel === undefined ? installation.channel : known.get(change.channel ?? ""),
    teamChannels: merged(installation.teamChannels, change.teamChannels),
    repChannels: merged(installation.repChannels, change.repChannels),
  };
  if (await store.saveInstallation(changed, companionOf(changed))) return ok(changed);
  return refuse("changed-meanwhile", "somebody else has changed the connection with Slack: read it and try again");
}

async function readChannel(id: string, { api, opened }: ChangeInput): Promise<Result<SlackChannel>> {
  const answer = await api.call("conversations.info", { channel: id }, opened.token);
  const given = answer.ok ? answer["channel"] : undefined;
  const channel = typeof given === "object" && given !== null ? { ...given } : {};
  const name = "name" in channel && typeof channel.name === "string" ? channel.name : id;
  const { workspaceName } = opened.installation;
  if (!answer.ok)
    return refuse(
      "unknown-channel",
      `the workspace ${workspaceName} has no channel ${id} that Regulars sees (${answer.error}): invite Regulars there, and give the channel's id`,
    );
  if ("is_archived" in channel && channel.is_archived === true)
    return refuse("archived-channel", `the channel ${id} (#${name}) is archived: choose another one`);
  return ok({ id, name });
}
