import * as z from "zod";
import { instantSchema, userIdSchema } from "../platform/values.ts";

/** A channel of a workspace: its id decides, its name is what people read. */
export const slackChannelSchema = z.object({
  id: z.string().regex(/^[CG][A-Z0-9]{2,20}$/, "is not the id of a Slack channel, like C0123ABCD"),
  name: z.string(),
});
export type SlackChannel = Readonly<z.output<typeof slackChannelSchema>>;

/**
 * A tenant's connection with its Slack workspace (docs/reference/slack.md 1). Tokens are kept sealed: whoever reads the
 * table cannot use them.
 */
export const slackInstallationSchema = z.object({
  /** The workspace, like T0123ABCD. */
  workspaceId: z.string(),
  workspaceName: z.string(),
  /** The user that Regulars is in the workspace. */
  botUserId: z.string(),
  scopes: z.array(z.string()).default([]),
  sealedToken: z.string(),
  /** Only where the workspace's app rotates its tokens: then the token ends at `tokenExpiresAt`. */
  sealedRefreshToken: z.string().optional(),
  tokenExpiresAt: instantSchema.optional(),
  installedBy: userIdSchema.optional(),
  installedAt: instantSchema,
  /** Where alerts go that no team's and no rep's channel takes. */
  channel: slackChannelSchema.optional(),
  /** By the id of the rep's team. */
  teamChannels: z.record(z.string(), slackChannelSchema).default({}),
  /** By the rep's user id. */
  repChannels: z.record(z.string(), slackChannelSchema).default({}),
  /** Counts changes: a change is saved on the version that it was made of. */
  version: z.int(),
});
export type SlackInstallation = Readonly<z.output<typeof slackInstallationSchema>>;
