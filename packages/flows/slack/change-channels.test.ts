import type { SlackInstallation } from "@regulars/core/slack/installation";
import type { SlackApi } from "@regulars/core/slack/slack-api";
import { tenantIdSchema, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { expect, it } from "vitest";
import { type ChannelsChange, changeChannels } from "./change-channels.ts";

const channel = (id: string, name: string) => ({ id, name });
const installation: SlackInstallation = {
  workspaceId: "T0ACME",
  workspaceName: "Acme",
  botUserId: "U0BOT",
  scopes: [],
  sealedToken: "v1.x",
  installedAt: toInstant(0),
  channel: channel("C0ALL", "all"),
  teamChannels: { north: channel("C0NORTH", "north") },
  repChannels: {},
  version: 3,
};
const api: SlackApi = {
  call: async (_method, { channel: id }) => {
    if (id === "C0GONE") return { ok: false, error: "channel_not_found" };
    return { ok: true, channel: { id, name: String(id).slice(2).toLowerCase(), is_archived: id === "C0OLD" } };
  },
};

async function changed(change: ChannelsChange, isSaved = true) {
  const saved: SlackInstallation[] = [];
  const result = await changeChannels({
    opened: { installation, token: "xoxb" },
    store: {
      saveInstallation: async (one) => {
        saved.push(one);
        return isSaved;
      },
    },
    tenantId: tenantIdSchema.parse("t"),
    api,
    users: [{ userId: userIdSchema.parse("sanne"), teamId: "south" }],
    change,
    companionOf: () => undefined,
  });
  return { result: result.ok ? result.value : result.reason, saved };
}

it("sets what is named by the names that the workspace has, takes away what is null, and leaves the rest", async () => {
  expect(
    (await changed({ teamChannels: { south: "C0SOUTH" }, repChannels: { sanne: "G0SANNE" } })).result,
  ).toMatchObject({
    channel: channel("C0ALL", "all"),
    teamChannels: { north: channel("C0NORTH", "north"), south: channel("C0SOUTH", "south") },
    repChannels: { sanne: channel("G0SANNE", "sanne") },
    version: 4,
  });
  const { result } = await changed({ channel: null, teamChannels: { north: null } });
  expect(result).toMatchObject({ channel: undefined, teamChannels: {} });
});

it("saves nothing when one channel is not of this workspace, or is archived", async () => {
  expect(await changed({ channel: "C0NEW", teamChannels: { north: "C0GONE" } })).toEqual({
    result: "unusable-channel",
    saved: [],
  });
  expect((await changed({ repChannels: { sanne: "C0OLD" } })).result).toBe("unusable-channel");
});

it("saves nothing for a team or a rep that no user is of, and takes away what these had", async () => {
  const refused = await changed({ teamChannels: { north: "C0NEW", south: "C0NEW" }, repChannels: { bo: "C0NEW" } });
  expect(refused).toEqual({ result: "unusable-channel", saved: [] });
  const { result } = await changed({ teamChannels: { north: null }, repChannels: { bo: null } });
  expect(result).toMatchObject({ teamChannels: {}, repChannels: {} });
});

it("refuses when somebody else has changed it meanwhile", async () => {
  expect((await changed({ channel: "C0NEW" }, false)).result).toBe("changed-meanwhile");
});
