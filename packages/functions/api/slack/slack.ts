import { randomBytes } from "node:crypto";
import { createRoute } from "@hono/zod-openapi";
import { actorId } from "@regulars/core/access/actor";
import { slackChannelSchema, type SlackInstallation } from "@regulars/core/slack/installation";
import type { SlackApi } from "@regulars/core/slack/slack-api";
import { TryLaterError } from "@regulars/core/platform/try-later-error";
import { toInstant } from "@regulars/core/platform/values";
import { changeChannels } from "@regulars/flows/slack/change-channels";
import { beginInstall } from "@regulars/flows/slack/install";
import { isChannelOf } from "@regulars/flows/slack/channel-of-workspace";
import { readToken } from "@regulars/flows/slack/read-token";
import type { Context } from "hono";
import * as z from "zod";
import { demand } from "../access/decide.ts";
import { companionFor } from "../access/idempotency.ts";
import { type ApiEnv, newRouter } from "../http/environment.ts";
import { Problem, valueOf } from "../http/problem.ts";
import { body, idempotencyHeader, json, problems } from "../http/schemas.ts";

const manages = demand("settings.manage");
const channelField = slackChannelSchema.shape.id.nullable();
const channelAnswer = z.object({ id: z.string(), name: z.string() });

const connectionSchema = z
  .object({
    connection: z
      .object({
        workspaceId: z.string(),
        workspaceName: z.string(),
        installedBy: z.string().nullable(),
        installedAt: z.string(),
        channel: channelAnswer.nullable().meta({ description: "Where alerts go that no other channel takes" }),
        teamChannels: z.record(z.string(), channelAnswer).meta({ description: "By team" }),
        repChannels: z.record(z.string(), channelAnswer).meta({ description: "By user" }),
      })
      .nullable()
      .meta({ description: "Null: the tenant has no Slack" }),
  })
  .meta({ id: "SlackConnection" });

const read = createRoute({
  method: "get",
  path: "/slack",
  tags: ["Slack"],
  summary: "The tenant's connection with Slack, without its tokens",
  middleware: [manages],
  responses: { 200: json(connectionSchema, "The connection"), ...problems() },
});

const connect = createRoute({
  method: "post",
  path: "/slack/installs",
  tags: ["Slack"],
  summary: "Begin to connect a workspace: the answer is the address at Slack to open, once and within 15 minutes",
  middleware: [manages],
  request: { headers: idempotencyHeader },
  responses: { 200: json(z.object({ url: z.string() }), "Where to go"), ...problems("write") },
});

const changeSchema = z
  .strictObject({
    channel: channelField.optional(),
    teamChannels: z.record(z.string(), channelField).optional(),
    repChannels: z.record(z.string(), channelField).optional(),
  })
  .meta({ id: "SlackChannelsChange" });

const change = createRoute({
  method: "patch",
  path: "/slack",
  tags: ["Slack"],
  summary: "Set the channels that alerts go to, by Slack's ids; null takes one away",
  middleware: [manages],
  request: {
    headers: idempotencyHeader,
    body: body(changeSchema, { channel: null, teamChannels: { north: null } }),
  },
  responses: { 200: json(connectionSchema, "The connection"), ...problems("write", 404) },
});

const disconnect = createRoute({
  method: "delete",
  path: "/slack",
  tags: ["Slack"],
  summary: "Disconnect Slack: the tokens are erased here and revoked at Slack",
  middleware: [manages],
  request: { headers: idempotencyHeader },
  responses: { 204: { description: "It is disconnected" }, ...problems("write", 404) },
});

const connectionJson = (found: SlackInstallation | undefined) => ({
  connection:
    found === undefined
      ? null
      : {
          workspaceId: found.workspaceId,
          workspaceName: found.workspaceName,
          installedBy: found.installedBy ?? null,
          installedAt: found.installedAt,
          channel: found.channel ?? null,
          teamChannels: { ...found.teamChannels },
          repChannels: { ...found.repChannels },
        },
});

function slackIn({ var: { runtime } }: Context<ApiEnv>) {
  const { slack } = runtime;
  if (slack === undefined)
    throw new Problem({
      status: 422,
      code: "no-slack-app",
      detail: "this system has no Slack app: its operator adds one",
    });
  const api: SlackApi = { call: (...call) => slack.api.call(...call).catch(unreachable) };
  return { slack: { ...slack, api }, now: toInstant(runtime.clock()) };
}

/** Slack does not answer, or takes no more for now: nothing was changed. */
function unreachable(error: unknown): never {
  const seconds = error instanceof TryLaterError ? Math.ceil(error.retryAfterMs / 1000) : 5;
  throw new Problem({
    status: 503,
    code: "slack-unreachable",
    detail: "Slack cannot be asked now: try again in a moment",
    headers: { "retry-after": String(seconds) },
  });
}

const notConnected = () =>
  new Problem({ status: 404, code: "not-connected", detail: "the tenant is not connected with Slack" });

async function tokenIn(c: Context<ApiEnv>) {
  const { slack, now } = slackIn(c);
  const { tenant, store } = c.var;
  return { slack, opened: await readToken({ tenantId: tenant.tenantId, store: store.slack, access: slack, now }) };
}

/** The connection with its opened token; without one the request is refused. */
async function openedIn(c: Context<ApiEnv>) {
  const { slack, opened } = await tokenIn(c);
  if (opened === undefined) throw notConnected();
  return { slack, opened };
}

/** Says of a channel whether it is one of the tenant's workspace; without a Slack app, nothing says it. */
export function ourChannelIn(c: Context<ApiEnv>) {
  if (c.var.runtime.slack === undefined) return undefined;
  const { slack: access, now } = slackIn(c);
  const { tenant, store } = c.var;
  return isChannelOf({ tenantId: tenant.tenantId, store: store.slack, access, now });
}

export const slackRoutes = newRouter()
  .openapi(read, async (c) => c.json(connectionJson(await c.var.store.slack.installation()), 200))
  .openapi(connect, async (c) => {
    const { slack: access, now } = slackIn(c);
    const { tenant, store, actor } = c.var;
    const nonce = randomBytes(32).toString("base64url");
    const companionOf = (url: string) => companionFor(c, 200, { url });
    const who = { by: actorId(actor), userId: actor.type === "user" ? actor.user.userId : undefined };
    const begun = { tenantId: tenant.tenantId, store: store.slack, access, ...who, now, nonce, companionOf };
    return c.json({ url: valueOf(await beginInstall(begun)) }, 200);
  })
  .openapi(change, async (c) => {
    const { slack, opened } = await openedIn(c);
    const companionOf = (installation: SlackInstallation) => companionFor(c, 200, connectionJson(installation));
    const { tenant, store } = c.var;
    const asked = { opened, api: slack.api, change: c.req.valid("json"), companionOf };
    const of = { tenantId: tenant.tenantId, store: store.slack, users: await store.nightly.users() };
    return c.json(connectionJson(valueOf(await changeChannels({ ...of, ...asked }))), 200);
  })
  .openapi(disconnect, async (c) => {
    const { slack, opened } = await tokenIn(c);
    if (!(await c.var.store.slack.eraseInstallation(companionFor(c, 204)))) throw notConnected();
    // Erased here, it is of no use to us; that Slack knows it too is a courtesy which may fail.
    if (opened !== undefined) await slack.api.call("auth.revoke", {}, opened.token).catch(() => undefined);
    return c.body(null, 204);
  });
