import type { User } from "../access/user.ts";
import type { AlertPlace } from "../notifications/alert-route.ts";
import type { SlackInstallation } from "./installation.ts";

/** Where in Slack somebody may want their alerts. */
const slackPlaces = ["slack-channel", "slack-direct"] as const;

type Channels = Pick<SlackInstallation, "channel" | "teamChannels" | "repChannels">;
type Reader = Pick<User, "userId" | "name" | "teamId" | "slackUserId">;

/**
 * Where an alert goes, first the preferred place: the rep's channel, else their team's, else the tenant's; and their
 * direct messages (docs/reference/slack.md 2). Each is tried when the one before it is gone. Empty: not in Slack.
 */
export function placesOf(
  channels: Channels,
  rep: Reader | undefined,
  preferred: (typeof slackPlaces)[number] = "slack-channel",
): readonly AlertPlace[] {
  const channel = channelOf(channels, rep);
  const direct = rep?.slackUserId;
  const all: readonly AlertPlace[] = [
    ...(channel === undefined ? [] : [{ type: "channel" as const, id: channel.id, name: `#${channel.name}` }]),
    ...(direct === undefined ? [] : [{ type: "direct" as const, id: direct, name: rep?.name ?? direct }]),
  ];
  return preferred === "slack-direct" ? all.toReversed() : all;
}

function channelOf({ channel, teamChannels, repChannels }: Channels, rep: Reader | undefined) {
  const ofRep = rep === undefined ? undefined : own(repChannels, rep.userId);
  const ofTeam = rep?.teamId === undefined ? undefined : own(teamChannels, rep.teamId);
  return ofRep ?? ofTeam ?? channel;
}

/** A user's or a team's own entry; an id like "constructor" has none. */
const own = <V>(entries: Readonly<Record<string, V>>, id: string): V | undefined =>
  Object.hasOwn(entries, id) ? entries[id] : undefined;
