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
  readonly onSealedElsewhere?: (installation: SlackInstallation) => Promise<void>;
}

/** A tenant's installation with its token, opened. */
export interface OpenedSlack {
  readonly installation: SlackInstallation;
  readonly token: string;
}

/**
 * The tenant's installation and token. A token that ends soon is exchanged before. `undefined` without Slack, and where
 * another system has sealed the token: then `onSealedElsewhere` gets the installation.
 */
export async function readToken(input: TokenInput): Promise<OpenedSlack | undefined> {
  const { store, access, now } = input;
  const installation = await store.installation();
  if (installation === undefined) return undefined;
  const { tokenExpiresAt: ends, sealedRefreshToken } = installation;
  const isEnding = ends !== undefined && Date.parse(ends) - Date.parse(now) < EXCHANGE_BEFORE_MS;
  if (isEnding && sealedRefreshToken !== undefined && access.app !== undefined)
    return exchanged(installation, sealedRefreshToken, input);
  return opened(installation, input);
}

async function opened(
  installation: SlackInstallation,
  { tenantId, access: { sealing }, onSealedElsewhere }: TokenInput,
): Promise<OpenedSlack | undefined> {
  const token = sealing.open(tenantId, installation.sealedToken);
  if (token !== undefined) return { installation, token };
  await onSealedElsewhere?.(installation);
  return undefined;
}

/** When somebody else has exchanged it meanwhile, theirs is used. */
async function exchanged(
  installation: SlackInstallation,
  sealedRefreshToken: string,
  input: TokenInput,
): Promise<OpenedSlack | undefined> {
  const { tenantId, store, access, now } = input;
  const { api, sealing, app } = access;
  const before = sealing.open(tenantId, sealedRefreshToken);
  if (before === undefined) return opened(installation, input);
  const answer = await api.call("oauth.v2.access", {
    client_id: app?.clientId,
    client_secret: app?.clientSecret,
    grant_type: "refresh_token",
    refresh_token: before,
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
  if (latest !== undefined && latest.version !== installation.version) return opened(latest, input);
  // Slack says at the next call what is wrong with the old one, and the admins are told of that.
  if (!answer.ok && goneAt(answer.error) === undefined && answer.error !== "invalid_refresh_token")
    throw new Error(`Slack does not exchange the token: ${answer.error}`);
  return opened(installation, input);
}
