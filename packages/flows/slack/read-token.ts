import type { Instant, TenantId } from "@regulars/core/platform/values";
import { toInstant } from "@regulars/core/platform/values";
import type { SlackInstallation } from "@regulars/core/slack/installation";
import { goneAt } from "@regulars/core/slack/slack-api";
import type { SlackAccess } from "@regulars/core/slack/slack-app";
import type { SlackStore } from "@regulars/core/slack/slack-store";
import { grantOf } from "./grant.ts";

/** A token that ends within this time is exchanged first, ms. */
const EXCHANGE_BEFORE_MS = 15 * 60_000;

interface TokenInput {
  readonly tenantId: TenantId;
  readonly store: Pick<SlackStore, "installation" | "saveInstallation">;
  readonly access: SlackAccess;
  readonly now: Instant;
}

/** A tenant's installation with its token, opened. */
export interface OpenedSlack {
  readonly installation: SlackInstallation;
  readonly token: string;
}

/** The tenant's installation and token; `undefined` without Slack. A token that ends soon is exchanged before. */
export async function readToken(input: TokenInput): Promise<OpenedSlack | undefined> {
  const { tenantId, store, access, now } = input;
  const installation = await store.installation();
  if (installation === undefined) return undefined;
  const { tokenExpiresAt: ends, sealedRefreshToken } = installation;
  const isEnding = ends !== undefined && Date.parse(ends) - Date.parse(now) < EXCHANGE_BEFORE_MS;
  if (isEnding && sealedRefreshToken !== undefined && access.app !== undefined)
    return exchanged(installation, sealedRefreshToken, input);
  return { installation, token: access.sealing.open(tenantId, installation.sealedToken) };
}

/** When somebody else has exchanged it meanwhile, theirs is used. */
async function exchanged(
  installation: SlackInstallation,
  sealedRefreshToken: string,
  { tenantId, store, access: { api, sealing, app }, now }: TokenInput,
): Promise<OpenedSlack | undefined> {
  const answer = await api.call("oauth.v2.access", {
    client_id: app?.clientId,
    client_secret: app?.clientSecret,
    grant_type: "refresh_token",
    refresh_token: sealing.open(tenantId, sealedRefreshToken),
  });
  const grant = grantOf(answer);
  if (grant !== undefined) {
    const { token, refreshToken, expiresInSeconds } = grant;
    const renewed: SlackInstallation = {
      ...installation,
      version: installation.version + 1,
      sealedToken: sealing.seal(tenantId, token),
      sealedRefreshToken: refreshToken === undefined ? sealedRefreshToken : sealing.seal(tenantId, refreshToken),
      tokenExpiresAt: expiresInSeconds === undefined ? undefined : toInstant(Date.parse(now) + expiresInSeconds * 1000),
    };
    if (await store.saveInstallation(renewed)) return { installation: renewed, token };
  }
  const latest = await store.installation();
  if (latest !== undefined && latest.version !== installation.version)
    return { installation: latest, token: sealing.open(tenantId, latest.sealedToken) };
  // Slack says at the next call what is wrong with the old one, and the admins are told of that.
  if (!answer.ok && goneAt(answer.error) === undefined && answer.error !== "invalid_refresh_token")
    throw new Error(`Slack does not exchange the token: ${answer.error}`);
  return { installation, token: sealing.open(tenantId, installation.sealedToken) };
}
