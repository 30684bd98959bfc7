import { Hono } from "hono";
import { frontOf, htmlResponse, serveAssets } from "@regulars/web/page/html-response";
import { answerSlack } from "./slack-workspace-api.ts";
import { slackConsent } from "./slack-consent.ts";
import { channelPage } from "./slack-workspace-page.ts";
import { type UserNames, directName, withNames } from "./slack-workspace-names.ts";
import { localWorkspaces } from "./slack-workspaces.ts";
import { type SlackCaller, slackCalls } from "./slack-calls.ts";
import { type SlackMessage, slackStore } from "./slack-workspace-store.ts";

const PAGE_LIMIT = 200;
const LIST_LIMIT = 10_000;

/**
 * Replaces Slack on the local system: takes the Web API's chat.postMessage and chat.update at POST /api/METHOD, keeps
 * the messages in `folder` and shows them as Slack would at GET /: a mention by the name that `readNames` has for the id. Programs read
 * /messages.json, newest first. With `caller`, buttons and the slash command call Regulars as Slack would.
 */
export function slackWorkspace(
  folder: string,
  readNames: () => Promise<UserNames> = () => Promise.resolve(new Map()),
  caller?: SlackCaller,
): Hono {
  const store = slackStore(folder);
  const workspaces = localWorkspaces(folder);
  const workspace = new Hono();
  serveAssets(workspace, new URL("slack-workspace.css", import.meta.url));

  workspace.post("/api/:method", async (c) => c.json(await answerSlack(c, c.req.param("method"), store, workspaces)));

  workspace.route("/", slackConsent(workspaces));
  if (caller !== undefined) workspace.route("/", slackCalls({ store, workspaces, caller }));

  workspace.get("/messages.json", async (c) =>
    c.json((await store.list()).filter(isForAll).toReversed().slice(0, LIST_LIMIT)),
  );

  workspace.get("/*", async (c) => {
    const base = frontOf(c);
    if (base === undefined) return c.notFound();
    const all = await store.list();
    const channels = [...new Set(all.map(({ channel }) => channel))].toSorted();
    const channel = c.req.query("channel") ?? all.at(-1)?.channel ?? "alerts";
    const channelNames = new Map(
      (await workspaces.list()).flatMap((one) => one.channels).map(({ id, name }) => [id, name]),
    );
    const names = await readNames();
    const messages = all
      .filter((message) => message.channel === channel)
      .slice(-PAGE_LIMIT)
      .map((message) => withNames(message, names));
    return htmlResponse(
      c,
      channelPage({
        channels,
        channel,
        messages,
        base,
        nameOf: (id) => channelNames.get(id) ?? directName(id, names),
        users: caller === undefined ? new Map() : names,
        as: c.req.query("as") ?? names.keys().next().value ?? "",
      }),
    );
  });

  return workspace;
}

const isForAll = ({ onlyFor }: SlackMessage): boolean => onlyFor === undefined;
