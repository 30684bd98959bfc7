import type { SlackInstallation } from "@regulars/core/slack/installation";
import type { SlackProblem } from "@regulars/core/slack/problem-notice";
import type { SlackEvent } from "@regulars/core/slack/slack-call";
import type { SlackStore } from "@regulars/core/slack/slack-store";

interface EventParts {
  readonly installation: SlackInstallation;
  readonly store: Pick<SlackStore, "eraseInstallation">;
  readonly tell: (problem: SlackProblem) => Promise<boolean>;
}

/** Slack tells whole seconds, and its clock and ours may differ. */
const SKEW_MS = 5_000;

/** What the workspace told: the app is gone, and with it the tokens; or a channel that alerts go to. */
export async function applyEvent(
  { event, channel, reason, at }: SlackEvent,
  { installation, store, tell }: EventParts,
): Promise<void> {
  if (event === "uninstalled") {
    // Told late, it is about a connection that was made anew since.
    if (at !== undefined && Date.parse(installation.installedAt) - Date.parse(at) > SKEW_MS) return;
    const { workspaceId: placeId, workspaceName: place } = installation;
    // Told first: once the installation is erased, the event is of no tenant any more. It is told once.
    await tell({ gone: "workspace", place, placeId, reason });
    await store.eraseInstallation();
    return;
  }
  const { channel: ofAll, teamChannels, repChannels } = installation;
  const used = [ofAll, ...Object.values(teamChannels), ...Object.values(repChannels)];
  const known = used.find((one) => one?.id === channel);
  if (known !== undefined) await tell({ gone: "place", place: `#${known.name}`, placeId: known.id, reason });
}
