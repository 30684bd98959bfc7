import { holds } from "@regulars/core/access/may";
import type { User } from "@regulars/core/access/user";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, type TenantId, type UserId, toInstant } from "@regulars/core/platform/values";
import { type InstallState, STATE_MS, botScopes, stateText } from "@regulars/core/slack/install-state";
import type { SlackInstallation } from "@regulars/core/slack/installation";
import type { SlackAccess } from "@regulars/core/slack/slack-app";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import { grantOf } from "./grant.ts";

interface Places {
  /** Slack's page on which somebody adds the app to their workspace. */
  readonly authorizeAt: string;
  /** Where Slack sends them back. */
  readonly redirectUri: string;
}

interface BeginInput {
  readonly tenantId: TenantId;
  readonly store: Pick<SlackStore, "keepState">;
  readonly access: SlackAccess & Places;
  /** Who begins: "user:anna", "key:k1", "operator"; and the user that they are. */
  readonly by: string;
  readonly userId: UserId | undefined;
  readonly now: Instant;
  /** A random text that nobody can guess. */
  readonly nonce: string;
  readonly companionOf?: ((url: string) => CompanionWrites | undefined) | undefined;
}

/** The address at Slack with which an admin connects a workspace with their tenant; it holds once, for 15 minutes. */
export async function beginInstall(input: BeginInput): Promise<Result<string>> {
  const { tenantId, store, access, by, userId, now, nonce } = input;
  if (access.app === undefined) return refuse("no-slack-app", "this system has no Slack app: its operator adds one");
  const until = toInstant(Date.parse(now) + STATE_MS);
  const state: InstallState = { nonce, by, userId, until };
  const query = [
    ["client_id", access.app.clientId],
    ["scope", botScopes.join(",")],
    ["redirect_uri", access.redirectUri],
    ["state", stateText(tenantId, state)],
  ].map(([name = "", value = ""]) => `${name}=${encodeURIComponent(value)}`);
  const url = `${access.authorizeAt}?${query.join("&")}`;
  await store.keepState(state, input.companionOf?.(url));
  return ok(url);
}

interface FinishInput {
  readonly tenantId: TenantId;
  readonly store: Pick<SlackStore, "takeState" | "installation" | "saveInstallation">;
  readonly access: SlackAccess & Places;
  readonly userOf: (state: InstallState) => Promise<User | undefined>;
  /** The tenant that has the workspace already. */
  readonly ownerOf: (workspaceId: string) => Promise<TenantId | undefined>;
  readonly nonce: string;
  readonly code: string;
  readonly now: Instant;
}

const stale = refuse(
  "stale-state",
  "this way to connect Slack was used already or is too old: begin again in Regulars",
);

/**
 * Connects the workspace that Slack grants for a code, for the tenant and the admin who began it. The tokens are sealed.
 * The channels of a workspace that is connected again stay.
 */
export async function finishInstall(input: FinishInput): Promise<Result<SlackInstallation>> {
  const { tenantId, store, access, now, code } = input;
  const state = await store.takeState(input.nonce);
  if (state === undefined || state.until <= now) return stale;
  if (state.userId !== undefined) {
    const user = await input.userOf(state);
    if (user === undefined || !holds({ type: "user", user }, "settings.manage"))
      return refuse("not-allowed", "who began to connect Slack may not do it any more");
  }
  const answer = await access.api.call("oauth.v2.access", {
    client_id: access.app?.clientId,
    client_secret: access.app?.clientSecret,
    code,
    redirect_uri: access.redirectUri,
  });
  const grant = grantOf(answer);
  if (grant === undefined)
    return refuse("not-granted", `Slack did not grant it (${answer.ok ? "no bot token" : answer.error}): begin again`);
  const owner = await input.ownerOf(grant.workspaceId);
  if (owner !== undefined && owner !== tenantId)
    return refuse("workspace-taken", "this workspace is in use elsewhere: disconnect it there first");
  const before = await store.installation();
  const kept = before?.workspaceId === grant.workspaceId ? before : undefined;
  const { seal } = access.sealing;
  const installation: SlackInstallation = {
    workspaceId: grant.workspaceId,
    workspaceName: grant.workspaceName,
    botUserId: grant.botUserId,
    scopes: [...grant.scopes],
    sealedToken: seal(tenantId, grant.token),
    sealedRefreshToken: grant.refreshToken === undefined ? undefined : seal(tenantId, grant.refreshToken),
    tokenExpiresAt:
      grant.expiresInSeconds === undefined ? undefined : toInstant(Date.parse(now) + grant.expiresInSeconds * 1000),
    installedBy: state.userId,
    installedAt: now,
    channel: kept?.channel,
    teamChannels: kept?.teamChannels ?? {},
    repChannels: kept?.repChannels ?? {},
    version: (before?.version ?? 0) + 1,
  };
  return (await store.saveInstallation(installation)) ? ok(installation) : stale;
}
