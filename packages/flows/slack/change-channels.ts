import type { User } from "@regulars/core/access/user";
import { cutText } from "@regulars/core/platform/cut-text";
import type { TenantId } from "@regulars/core/platform/values";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type SlackChannel, type SlackInstallation, slackChannelSchema } from "@regulars/core/slack/installation";
import type { SlackApi } from "@regulars/core/slack/slack-api";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import { unknownTeamOf, unknownUserOf } from "../customers/resolve-scope.ts";
import type { OpenedSlack } from "./read-token.ts";

/** Channels by id; null takes one away, what is not named stays. */
export interface ChannelsChange {
  readonly channel?: string | null | undefined;
  readonly teamChannels?: Readonly<Record<string, string | null>> | undefined;
  readonly repChannels?: Readonly<Record<string, string | null>> | undefined;
}

interface ChangeInput {
  readonly tenantId: TenantId;
  readonly opened: OpenedSlack;
  readonly store: Pick<SlackStore, "saveInstallation">;
  readonly api: SlackApi;
  /** Whose alerts, and whose teams', channels may be for. */
  readonly users: readonly Pick<User, "userId" | "teamId">[];
  readonly change: ChannelsChange;
  readonly companionOf?: ((installation: SlackInstallation) => CompanionWrites | undefined) | undefined;
}

type Changed =
  | { readonly ok: true; readonly value: SlackInstallation }
  | (Extract<Result<never>, { ok: false }> & { readonly errors?: readonly ItemError[] });

/**
 * Sets where alerts go. Every channel is asked of the tenant's own workspace first: one that is not there is refused, and
 * one for a team or a rep that no user is of. What these have had before can be taken away.
 */
export async function changeChannels(input: ChangeInput): Promise<Changed> {
  const { opened, store, change, companionOf } = input;
  const { installation } = opened;
  const known = new Map<string, SlackChannel>();
  const errors: ItemError[] = nobodyIn(input);
  for (const [path, id] of errors.length > 0 ? [] : namedIn(change)) {
    if (known.has(id)) continue;
    const found = await readChannel(id, input);
    if (typeof found === "string") errors.push({ path, code: "bad-value", message: found });
    else known.set(id, found);
  }
  if (errors.length > 0) {
    const message = errors.map((error) => `${error.path}: ${error.message}`).join("; ");
    return { ok: false, reason: "unusable-channel", message, errors };
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
  if (await store.saveInstallation(changed, companionOf?.(changed))) return ok(changed);
  return refuse("changed-meanwhile", "somebody else has changed the connection with Slack: read it and try again");
}

/** The teams and reps of a change that get a channel and that no user is of. */
function nobodyIn({ tenantId, users, change }: ChangeInput): ItemError[] {
  const [teams, reps] = [users.map(({ teamId }) => teamId), users.map(({ userId }) => userId)];
  return [
    ...unknownIn(change.teamChannels, teams).map((id) => faultAt(`teamChannels.${id}`, unknownTeamOf(tenantId, id))),
    ...unknownIn(change.repChannels, reps).map((id) => faultAt(`repChannels.${id}`, unknownUserOf(tenantId, id))),
  ];
}

const unknownIn = (
  given: ChannelsChange["teamChannels"] = {},
  known: readonly (string | undefined)[],
): readonly string[] =>
  Object.entries(given).flatMap(([id, channel]) => (channel === null || known.includes(id) ? [] : [cutText(id, 100)]));

const faultAt = (path: string, { message }: { readonly message: string }): ItemError => ({
  path,
  code: "bad-value",
  message,
});

/** The channels of a change, each with its place in it. */
function namedIn({
  channel,
  teamChannels = {},
  repChannels = {},
}: ChannelsChange): readonly (readonly [string, string])[] {
  const all = [
    ["channel", channel] as const,
    ...Object.entries(teamChannels).map(([id, given]) => [`teamChannels.${id}`, given] as const),
    ...Object.entries(repChannels).map(([id, given]) => [`repChannels.${id}`, given] as const),
  ];
  return all.flatMap(([path, id]) => (id === undefined || id === null ? [] : [[path, id] as const]));
}

/** A channel of the workspace, or why it is none that alerts can go to. */
async function readChannel(id: string, { api, opened }: ChangeInput): Promise<SlackChannel | string> {
  const form = slackChannelSchema.shape.id.safeParse(id);
  if (!form.success) return `${cutText(id, 40)} ${form.error.issues[0]?.message ?? "is no channel"}`;
  const answer = await api.call("conversations.info", { channel: id }, opened.token);
  const given = answer.ok ? answer["channel"] : undefined;
  const channel = typeof given === "object" && given !== null ? { ...given } : {};
  const name = "name" in channel && typeof channel.name === "string" ? channel.name : id;
  const { workspaceName } = opened.installation;
  if (!answer.ok)
    return `the workspace ${workspaceName} has no channel ${id} that Regulars sees (${answer.error}): invite Regulars to one of its channels, and give that one's id`;
  if ("is_archived" in channel && channel.is_archived === true)
    return `the channel ${id} (#${name}) is archived: choose another one`;
  return { id, name };
}
