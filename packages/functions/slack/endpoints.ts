import { createHash } from "node:crypto";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { slackMessageSchema } from "@regulars/core/slack/slack-call";
import { openSlackCalls } from "@regulars/store/slack/slack-calls";
import { lateTenantOfWorkspace } from "@regulars/store/slack/tenant-of-workspace";
import { type Context, Hono } from "hono";
import type { ApiEnv } from "../api/http/environment.ts";
import { Problem } from "../api/http/problem.ts";
import type { Runtime } from "../runtime.ts";
import { type ReadCall, readCommand, readEvent, readInteraction } from "./read-call.ts";
import { serveOauth } from "./oauth-page.ts";
import { SLACK_CALLS } from "./slack-calls.ts";
import { isFromSlack } from "./signature.ts";

/** Longer than a signature holds: until then a call is known by its id. */
const KNOWN_MS = 15 * 60_000;
/** Slack repeats an event for hours when it got no answer. */
const EVENT_KNOWN_MS = 24 * 60 * 60_000;

/**
 * Slack's calls: buttons, the slash command, events. Each is checked, noted by its id and handed to the queue, and
 * answered at once: Slack waits for three seconds.
 */
export function slackEndpoints(runtime: Runtime): Hono<ApiEnv> {
  const app = new Hono<ApiEnv>();
  app.post(`${SLACK_CALLS}interactivity`, async (c) => {
    const raw = await signedBody(c, runtime);
    const { payload } = Object.fromEntries(new URLSearchParams(raw));
    await take(c, readInteraction(jsonOf(payload ?? "")), runtime);
    return c.body(null, 200);
  });
  app.post(`${SLACK_CALLS}commands`, async (c) => {
    const raw = await signedBody(c, runtime);
    await take(c, readCommand(Object.fromEntries(new URLSearchParams(raw))), runtime);
    return c.body(null, 200);
  });
  app.post(`${SLACK_CALLS}events`, async (c) => {
    const body = jsonOf(await signedBody(c, runtime));
    if (isChallenge(body)) return c.json({ challenge: body.challenge });
    await take(c, readEvent(body), runtime);
    return c.body(null, 200);
  });
  serveOauth(app, `${SLACK_CALLS}oauth`, runtime);
  return app;
}

/** The body of a call that Slack signed. */
async function signedBody(c: Context, { slack, clock }: Runtime): Promise<string> {
  const raw = new Uint8Array(await c.req.arrayBuffer());
  const signed = {
    timestamp: c.req.header("x-slack-request-timestamp") ?? "",
    signature: c.req.header("x-slack-signature") ?? "",
  };
  if (slack === undefined || !isFromSlack(raw, signed, slack.signingSecrets, clock()))
    throw new Problem({
      status: 401,
      code: "not-from-slack",
      detail: "the signature is not Slack's, or it is more than five minutes old",
    });
  return new TextDecoder().decode(raw);
}

/** Notes a call by its id, and hands it to the queue. What is not for us is answered all the same. */
async function take(c: Context, call: ReadCall | undefined, runtime: Runtime): Promise<void> {
  if (call === undefined)
    throw new Problem({ status: 400, code: "unusable-call", detail: "this is no call of Slack that is known here" });
  if (call.calls.length === 0) return;
  const tenantId = await lateTenantOfWorkspace(runtime.table, call.workspaceId);
  if (tenantId === undefined) return;
  const slack = openSlackCalls(runtime.tableFor(tenantId), tenantId);
  const id =
    call.eventId ??
    createHash("sha256")
      .update(c.req.header("x-slack-signature") ?? "")
      .digest("hex");
  const until: Instant = toInstant(runtime.clock() + (call.eventId === undefined ? KNOWN_MS : EVENT_KNOWN_MS));
  if (!(await slack.noteCall(id, until))) {
    // Slack repeats an event until it is answered; nobody repeats a click.
    if (call.eventId !== undefined) return;
    throw new Problem({ status: 409, code: "known-call", detail: "this call was taken already" });
  }
  try {
    for (const one of call.calls)
      await runtime.queues.send(
        "slack",
        slackMessageSchema.parse({ tenantId, workspaceId: call.workspaceId, call: one }),
      );
  } catch (error) {
    await slack.forgetCall(id);
    throw error;
  }
}

const isChallenge = (body: unknown): body is { readonly challenge: string } =>
  typeof body === "object" && body !== null && "challenge" in body && typeof body.challenge === "string";

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
