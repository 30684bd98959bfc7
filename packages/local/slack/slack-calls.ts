import { slackSignature } from "@regulars/functions/slack/signature";
import { Hono } from "hono";
import * as z from "zod";
import type { SlackStore } from "./slack-workspace-store.ts";
import type { LocalWorkspaces } from "./slack-workspaces.ts";

/** How the local Slack calls Regulars: signed, at the addresses that Slack would call. */
export interface SlackCaller {
  /** With which the calls are signed. */
  readonly secret: string;
  /** Where the local Slack is, with a slash at its end: answers to its calls are taken there. */
  readonly answersAt: string;
  readonly send: (request: Request) => Promise<Response>;
  readonly now: () => number;
}

const clickSchema = z.object({
  as: z.string().regex(/^U[A-Z0-9]+$/),
  channel: z.string(),
  ts: z.string(),
  action: z.string(),
  value: z.string().default(""),
});
const commandSchema = clickSchema.pick({ as: true, channel: true }).extend({ text: z.string() });

interface Parts {
  readonly store: SlackStore;
  readonly workspaces: LocalWorkspaces;
  readonly caller: SlackCaller;
}

/**
 * What a person does on the local Slack page: a click on a button and a slash command, each sent to Regulars as Slack
 * sends it.
 */
export function slackCalls({ store, workspaces, caller }: Parts): Hono {
  const app = new Hono();
  app.post("/click", async (c) => {
    const click = clickSchema.safeParse(await c.req.parseBody());
    if (!click.success) return c.text("this is no click of the page", 422);
    const { as, channel, ts, action, value } = click.data;
    const message = (await store.list()).find((one) => one.channel === channel && one.ts === ts);
    const payload = {
      type: "block_actions",
      team: { id: message?.team ?? (await workspaceOf(channel, workspaces)) },
      user: { id: as },
      container: { type: "message", channel_id: channel, message_ts: ts },
      actions: [{ action_id: action, value, type: "button" }],
      response_url: answerAddress(caller, channel, as),
    };
    const answer = await call(caller, "interactivity", new URLSearchParams({ payload: JSON.stringify(payload) }));
    return answer.ok ? c.redirect(backTo(c.req.path, channel, as), 303) : new Response(answer.body, answer);
  });
  app.post("/command", async (c) => {
    const command = commandSchema.safeParse(await c.req.parseBody());
    if (!command.success) return c.text("this is no command of the page", 422);
    const { as, channel, text } = command.data;
    const form = new URLSearchParams({
      command: "/regulars",
      text,
      team_id: await workspaceOf(channel, workspaces),
      user_id: as,
      channel_id: channel,
      response_url: answerAddress(caller, channel, as),
    });
    const answer = await call(caller, "commands", form);
    return answer.ok ? c.redirect(backTo(c.req.path, channel, as), 303) : new Response(answer.body, answer);
  });
  // Slack's own address for answers to one call.
  app.post("/answers/:channel/:user", async (c) => {
    const { channel, user } = c.req.param();
    const said = z
      .object({ text: z.string().default(""), blocks: z.array(z.unknown()).default([]) })
      .parse(await c.req.json());
    await store.post(channel, { ...said, key: undefined, onlyFor: user });
    return c.text("ok");
  });
  return app;
}

const answerAddress = ({ answersAt }: SlackCaller, channel: string, user: string): string =>
  `${answersAt}answers/${channel}/${user}`;

const backTo = (path: string, channel: string, as: string): string =>
  `${path.replace(/\/[a-z]+$/, "")}/?${new URLSearchParams({ channel, as }).toString()}`;

/** The workspace of a channel; of direct messages, the first there is. */
async function workspaceOf(channel: string, workspaces: LocalWorkspaces): Promise<string> {
  const all = await workspaces.list();
  return (all.find(({ channels }) => channels.some(({ id }) => id === channel)) ?? all[0])?.id ?? "";
}

function call({ secret, answersAt, send, now }: SlackCaller, path: string, form: URLSearchParams): Promise<Response> {
  const body = form.toString();
  const timestamp = String(Math.floor(now() / 1000));
  return send(
    new Request(new URL(`/integrations/slack/${path}`, answersAt), {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": timestamp,
        "x-slack-signature": slackSignature(Buffer.from(body), timestamp, secret),
      },
      body,
    }),
  );
}
