import type { SlackInstallation } from "@regulars/core/slack/installation";
import { connectAddress, disconnectSlack, setChannels } from "@regulars/functions/slack/slack-connection";
import { UserError } from "@regulars/local/user-error";
import { oneOf, tenantArgument } from "../arguments.ts";
import { refuseUnknownUsers } from "../customers/known-ids.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { slackActions } from "./actions.ts";

export interface SlackOptions {
  readonly tenant: string;
  readonly channel?: string;
  readonly team?: string;
  readonly rep?: string;
}

/** `regulars slack [ACTION]`: a tenant's Slack workspace: what is connected, and which channels its alerts go to. */
export function slackCommand(session: Session, actionName: string, options: SlackOptions): Promise<number> {
  const action = oneOf(slackActions, "action", actionName);
  const tenantId = tenantArgument(options.tenant);
  return withExistingSystem(session, async (system) => {
    const opened = await system.openTenant(tenantId);
    await refuseUnknownUsers(opened, "--rep", options.rep);
    const { tenant, store } = opened;
    const parts = { runtime: system.runtime, tenant, store };
    if (action === "connect") {
      const url = await connectAddress(parts, { by: "operator", userId: undefined });
      if (!url.ok) throw new UserError(url.message);
      if (session.json) printJson(session, { tenant: tenantId, url: url.value });
      else session.print(`Open this address, once and within 15 minutes, and choose the workspace:\n${url.value}\n`);
      return 0;
    }
    if (action === "channel") {
      const changed = await setChannels(parts, changeOf(options));
      if (!changed.ok) throw new UserError(changed.message);
    }
    if (action === "disconnect") {
      const ended = await disconnectSlack(parts);
      if (!ended.ok) throw new UserError(ended.message);
    }
    print(session, tenantId, await store.slack.installation());
    return 0;
  });
}

/** The channel of everybody, of a team or of a rep; an empty one is taken away. */
function changeOf({ channel, team, rep }: SlackOptions) {
  if (channel === undefined)
    throw new UserError("name the channel by its id: --channel C0123ABCD, or an empty one for none");
  if (team !== undefined && rep !== undefined) throw new UserError("name a team or a rep, not both");
  const id = channel === "" ? null : channel;
  if (team !== undefined) return { teamChannels: { [team]: id } };
  return rep === undefined ? { channel: id } : { repChannels: { [rep]: id } };
}

function print(session: Session, tenant: string, installation: SlackInstallation | undefined): void {
  const {
    workspaceId,
    workspaceName,
    installedAt,
    installedBy,
    channel,
    teamChannels = {},
    repChannels = {},
  } = installation ?? {};
  const shown = { workspaceId, workspaceName, installedAt, installedBy: installedBy ?? null, channel: channel ?? null };
  if (session.json)
    return printJson(session, {
      tenant,
      connection: installation === undefined ? null : { ...shown, teamChannels, repChannels },
    });
  if (installation === undefined) {
    session.print("Slack is not connected: regulars slack connect --tenant T\n");
    return;
  }
  session.print(`Connected with ${workspaceName} (${workspaceId}) since ${installedAt?.slice(0, 10)}.\n`);
  const rows = [
    ["everybody", channel],
    ...Object.entries(teamChannels).map(([id, one]) => [`team ${id}`, one] as const),
    ...Object.entries(repChannels).map(([id, one]) => [`rep ${id}`, one] as const),
  ] as const;
  const cells = rows.map(([who, one]) => [who, one === undefined ? "none" : `#${one.name}`, one?.id ?? ""]);
  session.print(`${textTable(["ALERTS OF", "CHANNEL", "ID"], cells)}\n`);
}
