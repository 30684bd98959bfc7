import * as z from "zod";
import { instantSchema, tenantIdSchema, userIdSchema } from "../platform/values.ts";

/** Somebody on their way to Slack, to connect a workspace: it holds once, and for this long, ms. */
export const STATE_MS = 15 * 60_000;

/** Who asked to connect Slack, kept until Slack sends them back. */
export const installStateSchema = z.object({
  nonce: z.string(),
  /** "user:anna", "key:k1": as in logs. */
  by: z.string(),
  userId: userIdSchema.optional(),
  until: instantSchema,
});
export type InstallState = Readonly<z.output<typeof installStateSchema>>;

const STATE = /^([A-Za-z0-9._-]{1,64})~([A-Za-z0-9_-]{20,80})$/;

/** The `state` that Slack brings back: the tenant, and what only this system knows. */
export const stateText = (tenantId: string, { nonce }: Pick<InstallState, "nonce">): string => `${tenantId}~${nonce}`;

export function readStateText(text: string) {
  const [, tenant, nonce = ""] = STATE.exec(text) ?? [];
  const tenantId = tenantIdSchema.safeParse(tenant);
  return tenantId.success && nonce !== "" ? { tenantId: tenantId.data, nonce } : undefined;
}

/** What the app may do in a workspace (https://docs.slack.dev/reference/scopes). */
export const botScopes = [
  "chat:write",
  "commands",
  "channels:read",
  "groups:read",
  "channels:history",
  "groups:history",
  "im:write",
  "im:history",
] as const;
