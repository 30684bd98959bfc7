import type { Context } from "hono";
import { blocksOf } from "./slack-workspace-blocks.ts";
import { type LocalWorkspaces, localBot, localToken, workspaceIdOf } from "./slack-workspaces.ts";
import type { SlackContent, SlackMessage, SlackStore } from "./slack-workspace-store.ts";

type Arguments = Readonly<Record<string, unknown>>;
type Answer = { readonly ok: true; readonly [name: string]: unknown } | { readonly ok: false; readonly error: string };
/** Where a call is answered from: the messages, the workspaces, and the one of the caller's token. */
interface Place {
  readonly store: SlackStore;
  readonly workspaces: LocalWorkspaces;
  readonly workspaceId: string | undefined;
}
type Method = (call: Arguments, place: Place) => Answer | Promise<Answer>;

const failed = (error: string): Answer => ({ ok: false, error });

const methods = new Map<string, Method>([
  [
    "auth.test",
    () => ({ ok: true, url: "http://localhost/", team: "Regulars", user: "regulars", user_id: "U0REGULARS" }),
  ],
  ["chat.postMessage", postMessage],
  ["chat.update", updateMessage],
  ["chat.postEphemeral", postEphemeral],
  ["conversations.info", channelInfo],
  ["oauth.v2.access", access],
  ["auth.revoke", () => ({ ok: true, revoked: true })],
  ["conversations.open", ({ users }) => ({ ok: true, channel: { id: directOf(text(users)) } })],
  ["conversations.history", history],
]);

/** Answers one call of Slack's Web API, sent as a form or as JSON. Slack answers 200 also when it refuses. */
export async function answerSlack(
  c: Context,
  method: string,
  store: SlackStore,
  workspaces: LocalWorkspaces,
): Promise<Answer> {
  const answer = methods.get(method);
  if (answer === undefined) return failed("unknown_method");
  const call = await argumentsOf(c);
  const token = /^Bearer (.+)$/.exec(c.req.header("Authorization") ?? "")?.[1] ?? text(call.token);
  if (token === "" && method !== "oauth.v2.access") return failed("not_authed");
  return answer(call, { store, workspaces, workspaceId: workspaceIdOf(token) });
}

async function argumentsOf(c: Context): Promise<Arguments> {
  const body = await c.req.text();
  if (!c.req.header("Content-Type")?.includes("json")) return Object.fromEntries(new URLSearchParams(body));
  const value = parseJson(body);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

async function postMessage(call: Arguments, place: Place): Promise<Answer> {
  const channel = USER.test(text(call.channel)) ? directOf(text(call.channel)) : text(call.channel);
  const refused = await refusedAt(channel, place);
  if (refused !== undefined) return failed(refused);
  const content = contentOf(call);
  if ("error" in content) return failed(content.error);
  return answerOf(await place.store.post(channel, { ...content, team: place.workspaceId }));
}

/** A message that only one user sees. */
async function postEphemeral(call: Arguments, place: Place): Promise<Answer> {
  const channel = text(call.channel);
  const refused = await refusedAt(channel, place);
  if (refused !== undefined) return failed(refused);
  const content = contentOf(call);
  if ("error" in content) return failed(content.error);
  const { ts } = await place.store.post(channel, { ...content, team: place.workspaceId, onlyFor: text(call.user) });
  return { ok: true, message_ts: ts };
}

const USER = /^U[A-Z0-9]+$/;
/** The direct messages of a user: Slack answers with a channel of their own. */
const directOf = (userId: string): string => userId.replace(/^U/, "D");

/** Why Slack takes no message for a channel; a name like "#alerts" is a channel of any workspace. */
async function refusedAt(channel: string, place: Place): Promise<string | undefined> {
  if (channel === "") return "channel_not_found";
  if (!/^[CG]/.test(channel)) return undefined;
  const known = await knownChannel(channel, place);
  if (known === undefined) return "channel_not_found";
  return known.isArchived ? "is_archived" : undefined;
}

async function knownChannel(channel: string, { workspaces, workspaceId }: Place) {
  const workspace = workspaceId === undefined ? undefined : await workspaces.find(workspaceId);
  return workspace?.channels.find(({ id }) => id === channel);
}

/** The local Slack's codes name their workspace. */
async function access(call: Arguments, { workspaces }: Place): Promise<Answer> {
  const workspace = await workspaces.find(text(call.code).replace(/^local-/, ""));
  if (workspace === undefined) return failed("invalid_code");
  const { id, name } = workspace;
  return {
    ok: true,
    access_token: localToken(id),
    token_type: "bot",
    scope: "chat:write,commands",
    bot_user_id: localBot,
    team: { id, name },
  };
}

async function channelInfo(call: Arguments, place: Place): Promise<Answer> {
  const known = await knownChannel(text(call.channel), place);
  if (known === undefined) return failed("channel_not_found");
  const { id, name, isArchived } = known;
  return { ok: true, channel: { id, name, is_channel: true, is_archived: isArchived, is_member: true } };
}

async function history(call: Arguments, { store }: Place): Promise<Answer> {
  const [channel, oldest] = [text(call.channel), Number(text(call.oldest))];
  const messages = (await store.list())
    .filter((message) => message.channel === channel && Number(message.ts) >= oldest)
    .map(({ ts, text: said, blocks, key }) => ({
      type: "message",
      ts,
      text: said,
      blocks,
      ...(key === undefined ? {} : { metadata: { event_type: "regulars_alert", event_payload: { key } } }),
    }));
  return { ok: true, messages: messages.toReversed(), has_more: false };
}

async function updateMessage(call: Arguments, { store }: Place): Promise<Answer> {
  const content = contentOf(call);
  if ("error" in content) return failed(content.error);
  const message = await store.update(text(call.channel), text(call.ts), content);
  return message === undefined ? failed("message_not_found") : answerOf(message);
}

const answerOf = (message: SlackMessage): Answer => {
  const { ts, channel, text: said, blocks } = message;
  return { ok: true, ts, channel, text: said, message: { type: "message", ts, text: said, blocks } };
};

/** In a form, blocks and metadata are JSON texts; in a JSON call they are values. */
function contentOf(call: Arguments): SlackContent | { readonly error: string } {
  const blocks = call.blocks === undefined ? [] : valueOf(call.blocks);
  if (!Array.isArray(blocks) || (blocks.length > 0 && blocksOf(blocks) === undefined))
    return { error: "invalid_blocks" };
  const said = text(call.text);
  if (said === "" && blocks.length === 0) return { error: "no_text" };
  return { text: said, blocks, key: keyOf(valueOf(call.metadata)) };
}

function keyOf(metadata: unknown): string | undefined {
  const payload = member(metadata, "event_payload");
  const key = member(payload, "key");
  return typeof key === "string" ? key : undefined;
}

const member = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

const valueOf = (value: unknown): unknown => (typeof value === "string" ? parseJson(value) : value);

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
