import { isActive } from "@regulars/core/access/user";
import { cutText } from "@regulars/core/platform/cut-text";
import { type Result, ok } from "@regulars/core/platform/result";
import type { SlackInstallation } from "@regulars/core/slack/installation";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Runtime } from "@regulars/functions/runtime";
import { connectAddress, disconnectSlack, setChannels } from "@regulars/functions/slack/slack-connection";
import { refuseField } from "../page/form-reason.ts";
import type { Form } from "../page/form.ts";
import type { OpenTenant } from "../page/open-tenant.ts";

/** Whose alerts a channel is for: everybody's, a team's or a rep's. */
interface ChannelTarget {
  /** "all", "team:north", "rep:anna". */
  readonly id: string;
  readonly who: string;
  readonly channel: { readonly id: string; readonly name: string } | undefined;
}

/** The tenant's Slack: what is connected, and where alerts go. */
export interface SlackPage {
  readonly tenant: Tenant;
  readonly hasApp: boolean;
  readonly installation: SlackInstallation | undefined;
  readonly installedBy: string | undefined;
  readonly targets: readonly ChannelTarget[];
}

/** Reads the connection, with everybody, each team and each rep as targets of alerts. */
export async function readSlackPage({ tenant, words, store, whole }: OpenTenant, runtime: Runtime): Promise<SlackPage> {
  const installation = await whole.slack.installation();
  const users = (await store.users()).filter(isActive);
  const { channel, teamChannels = {}, repChannels = {} } = installation ?? {};
  const teams = new Set([...users.flatMap(({ teamId }) => teamId ?? []), ...Object.keys(teamChannels)]);
  const reps = new Map<string, string>([
    ...Object.keys(repChannels).map((id): [string, string] => [id, id]),
    ...users.filter(({ role }) => role !== "admin").map(({ userId, name }): [string, string] => [userId, name]),
  ]);
  return {
    tenant,
    hasApp: runtime.slack?.app !== undefined,
    installation,
    installedBy: users.find(({ userId }) => userId === installation?.installedBy)?.name ?? installation?.installedBy,
    targets: [
      { id: "all", who: words.say("slackPage.everybody"), channel },
      ...[...teams].toSorted().map((id) => ({
        id: `team:${id}`,
        who: words.say("slackPage.team", { name: id }),
        channel: ownOf(teamChannels, id),
      })),
      ...[...reps].map(([id, name]) => ({ id: `rep:${id}`, who: name, channel: ownOf(repChannels, id) })),
    ],
  };
}

const ownOf = <V>(entries: Readonly<Record<string, V>>, id: string): V | undefined =>
  Object.hasOwn(entries, id) ? entries[id] : undefined;

interface Sent {
  readonly opened: OpenTenant;
  readonly form: Form;
  readonly runtime: Runtime;
}

/** Does what a form of the page asks for; the value is the address at Slack to open, if there is one. */
export async function changeSlack({ opened, form, runtime }: Sent): Promise<Result<string | undefined>> {
  const { tenant, whole, by, userId } = opened;
  const parts = { runtime, tenant, store: whole };
  if (form["do"] === "connect") return connectAddress(parts, { by, userId });
  if (form["do"] === "disconnect") return disconnectSlack(parts);
  const target = typeof form["target"] === "string" ? form["target"] : "";
  const given = typeof form["channel"] === "string" ? form["channel"].trim() : "";
  const channel = given === "" ? null : given;
  const [, type, id = ""] = /^(team|rep):(.+)$/s.exec(target) ?? [];
  if (type === undefined && target !== "all")
    return refuseField("target", `“${cutText(target, 60)}” is nobody whom alerts are for: choose one of the list`);
  const changed = await setChannels(
    parts,
    type === "team"
      ? { teamChannels: { [id]: channel } }
      : type === "rep"
        ? { repChannels: { [id]: channel } }
        : { channel },
  );
  return changed.ok ? ok(undefined) : refuseField("channel", changed.message, changed.reason);
}
