import type { User } from "@regulars/core/access/user";
import type { AlertPlace, AlertRouting, SlackTold } from "@regulars/core/notifications/alert-route";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import type { Channel } from "@regulars/core/notifications/preferences";
import type { PreferencesOf } from "@regulars/flows/notifications/readers";
import { readerOf } from "@regulars/core/notifications/readers-language";
import type { SlackInstallation } from "@regulars/core/slack/installation";
import { placesOf } from "@regulars/core/slack/places";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { readToken } from "@regulars/flows/slack/read-token";
import { tellAdmins } from "@regulars/flows/slack/tell-admins";
import type { RuntimeSlack } from "./slack-config.ts";
import { openWorkspace } from "./open-workspace.ts";

interface RoutingParts {
  readonly tenant: Tenant;
  readonly store: SlackStore;
  readonly users: () => Promise<ReadonlyMap<UserId, User>>;
  readonly preferences: () => Promise<PreferencesOf>;
  readonly slack: RuntimeSlack | undefined;
  readonly clock: () => number;
  /** Called when notices to the admins were queued. */
  readonly onNotices: () => void;
}

/**
 * Where a tenant's alerts go: to its own workspace when it has one, in the channel of the rep, of their team or of the
 * tenant, or to the rep directly; else by e-mail to the rep. A digest goes by e-mail. A request for an introduction is
 * told in no channel, nor is a digest that no mail carries.
 */
export async function alertRouting(parts: RoutingParts): Promise<AlertRouting> {
  const { tenant, store, users, preferences, slack, clock } = parts;
  const { tenantId } = tenant;
  const tell = async (problem: Parameters<typeof tellAdmins>[0]): Promise<void> => {
    const everybody = [...(await users()).values()];
    if (await tellAdmins(problem, { tenant, store, users: everybody, now: toInstant(clock()) })) parts.onNotices();
  };
  const onSealedElsewhere = ({ workspaceId, workspaceName }: SlackInstallation) =>
    tell({ gone: "workspace", place: workspaceName, placeId: workspaceId, reason: "token_sealed_elsewhere" });
  const now = toInstant(clock());
  const opened = slack && (await readToken({ tenantId, store, access: slack, now, onSealedElsewhere }));
  return {
    routeOf: async (message) => {
      const reader = readerOf(message);
      const user = reader && (await users()).get(reader);
      const { channel, slackChannel } = (await preferences())(reader);
      const isByMail = message.type === "digest" || (channel.value === "mail" && user?.email !== undefined);
      const places = (wanted: Channel) =>
        opened === undefined
          ? []
          : placesFor(message, chosenPlaces(opened.installation, user, wanted, slackChannel.value));
      return {
        places: isByMail ? [] : places(channel.value),
        ...(isByMail ? { instead: places("slack-direct") } : {}),
        ...(user?.email === undefined ? {} : { mail: { name: user.name, address: user.email } }),
      };
    },
    workspace:
      slack &&
      opened &&
      openWorkspace({
        ...slack,
        token: opened.token,
        onGone: ({ id, name }, gone, reason) => tell({ gone, place: name, placeId: id, reason }),
      }),
  };
}

/** What a colleague is asked, and somebody's digest, is only theirs to read: in their direct messages. */
const placesFor = ({ type }: SlackTold, places: readonly AlertPlace[]): readonly AlertPlace[] =>
  type === "alert" ? places : places.filter((place) => place.type === "direct");

/** The places of an alert in the order that its reader prefers, their own channel first where they want a channel. */
function chosenPlaces(
  installation: Parameters<typeof placesOf>[0],
  user: User | undefined,
  channel: Channel,
  slackChannel: string | undefined,
): readonly AlertPlace[] {
  const places = placesOf(installation, user, channel === "slack-direct" ? "slack-direct" : "slack-channel");
  if (slackChannel === undefined || channel !== "slack-channel") return places;
  return [{ type: "channel", id: slackChannel, name: slackChannel }, ...places];
}
