import type { Context } from "hono";
import { blocksOf } from "./slack-workspace-blocks.ts";
import type { SlackContent, SlackMessage, SlackStore } from "./slack-workspace-store.ts";

type Arguments = Readonly<Record<string, unknown>>;
type Answer = { readonly ok: true; readonly [name: string]: unknown } | { readonly ok: false; readonly error: string };
type Method = (call: Arguments, store: SlackStore) => Answer | Promise<Answer>;

const failed = (error: string): Answer => ({ ok: false, error });

const methods = new Map<string, Method>([
  [
    "auth.test",
    () => ({ ok: true, url: "http://localhost/", team: "Regulars", user: "regulars", user_id: "U0REGULARS" }),
  ],
  ["chat.postMessage", postMessage],
  ["chat.update", updateMessage],
]);

/** Answers one call of Slack's Web API, sent as a form or as JSON. Slack answers 200 also when it refuses. */
export async function answerSlack(c: Context, method: string, store: SlackStore): Promise<Answer> {
  const answer = methods.get(method);
  if (answer === undefined) return failed("unknown_method");
  const call = await argumentsOf(c);
  if (!c.req.header("Authorization")?.startsWith("Bearer ") && call.token === undefined) return failed("not_authed");
  return answer(call, store);
}

async function argumentsOf(c: Context): Promise<Arguments> {
  const body = await c.req.text();
  if (!c.req.header("Content-Type")?.includes("json")) return Object.fromEntries(new URLSearchParams(body));
  const value = parseJson(body);
  return typeof value === "object" && value !== null ? { ...value } : {};
}

async function postMessage(call: Arguments, store: SlackStore): Promise<Answer> {
  const channel = text(call.channel);
  if (channel === "") return failed("channel_not_found");
  const content = contentOf(call);
  return "error" in content ? failed(content.error) : answerOf(await store.post(channel, content));
}

async function updateMessage(call: Arguments, store: SlackStore): Promise<Answer> {
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
