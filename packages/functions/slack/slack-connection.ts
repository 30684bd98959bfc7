import { randomBytes } from "node:crypto";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { UnknownOutcomeError } from "@regulars/core/platform/unknown-outcome-error";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import type { SlackInstallation } from "@regulars/core/slack/installation";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type ChannelsChange, changeChannels } from "@regulars/flows/slack/change-channels";
import { isChannelOf } from "@regulars/flows/slack/channel-of-workspace";
import { beginInstall } from "@regulars/flows/slack/install";
import { readToken } from "@regulars/flows/slack/read-token";
import type { TenantStore } from "@regulars/store/tenant-store";
import type { Runtime } from "../runtime.ts";

interface Parts {
  readonly runtime: Pick<Runtime, "slack" | "clock">;
  readonly tenant: Pick<Tenant, "tenantId">;
  readonly store: Pick<TenantStore, "slack">;
}

/** A refusal, with the places of its faults where it has some. */
export type Refused = Extract<Result<never>, { ok: false }> & { readonly errors?: readonly ItemError[] };

const noApp = refuse("no-slack-app", "this system has no Slack app: its operator adds one");
const notConnected = refuse("not-connected", "the company is not connected with Slack: connect it first");

/** Runs what asks Slack; refused when Slack cannot be asked now, so that nothing was changed. */
export async function askingSlack<T>(work: () => Promise<T>): Promise<T | Refused> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TryLaterError) && !(error instanceof UnknownOutcomeError)) throw error;
    return refuse("slack-unreachable", "Slack cannot be asked now: nothing was changed, try again in a moment");
  }
}

/** Says of a channel whether it is one of the tenant's workspace; without a Slack app, nothing says it. */
export function ourChannelOf({ runtime, tenant, store }: Parts) {
  if (runtime.slack === undefined) return undefined;
  const now = toInstant(runtime.clock());
  return isChannelOf({ tenantId: tenant.tenantId, store: store.slack, access: runtime.slack, now });
}

async function openedOf({ runtime, tenant, store }: Parts) {
  if (runtime.slack === undefined) return noApp;
  const now = toInstant(runtime.clock());
  const input = { tenantId: tenant.tenantId, store: store.slack, access: runtime.slack, now };
  const opened = await readToken(input);
  return opened === undefined ? notConnected : ok({ opened, slack: runtime.slack });
}

/** The address at Slack with which somebody adds the app to a workspace; it holds once, for 15 minutes. */
export async function connectAddress(
  { runtime, tenant, store }: Parts,
  { by, userId }: { readonly by: string; readonly userId: UserId | undefined },
): Promise<Result<string>> {
  if (runtime.slack === undefined) return noApp;
  const nonce = randomBytes(32).toString("base64url");
  const now = toInstant(runtime.clock());
  return beginInstall({ tenantId: tenant.tenantId, store: store.slack, access: runtime.slack, by, userId, now, nonce });
}

/** Sets where alerts go. */
export const setChannels = (
  parts: Parts & { readonly store: Pick<TenantStore, "nightly"> },
  change: ChannelsChange,
): Promise<{ readonly ok: true; readonly value: SlackInstallation } | Refused> =>
  askingSlack(async () => {
    const read = await openedOf(parts);
    if (!read.ok) return read;
    const { opened, slack } = read.value;
    const users = await parts.store.nightly.users();
    const { tenantId } = parts.tenant;
    return changeChannels({ tenantId, opened, store: parts.store.slack, api: slack.api, users, change });
  });

/** Erases the connection with its tokens here, and revokes them at Slack. */
export async function disconnectSlack(parts: Parts): Promise<Result<undefined>> {
  const read = await askingSlack(() => openedOf(parts));
  if (!(await parts.store.slack.eraseInstallation())) return notConnected;
  // Erased here, the token is of no use to us; that Slack knows it too is a courtesy which may fail.
  if (read.ok) await read.value.slack.api.call("auth.revoke", {}, read.value.opened.token).catch(() => undefined);
  return ok(undefined);
}
