import { html, raw } from "hono/html";
import { type SlackBlock, type SlackButton, type SlackText, blocksOf } from "./slack-workspace-blocks.ts";
import { decode, renderMrkdwn } from "./slack-workspace-mrkdwn.ts";
import type { UserNames } from "./slack-workspace-names.ts";
import type { SlackMessage } from "./slack-workspace-store.ts";

type Html = ReturnType<typeof html>;

interface ChannelView {
  readonly channels: readonly string[];
  readonly channel: string;
  /** The channel's messages, oldest first. */
  readonly messages: readonly SlackMessage[];
  /** The mount path, without a trailing slash. */
  readonly base: string;
  /** What people call a channel. */
  readonly nameOf: (channel: string) => string;
  /** Who can be, with their names; empty: buttons do nothing. */
  readonly users: UserNames;
  /** Who clicks and writes. */
  readonly as: string;
}

/** What a drawn message needs besides itself. */
interface Drawing extends Pick<ChannelView, "base" | "users" | "as"> {
  readonly channel: string;
  readonly ts: string;
}

/** One channel with its messages, the newest at the bottom and in sight. */
export const channelPage = ({ channels, channel, messages, base, nameOf, users, as }: ChannelView): Html =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${name(nameOf(channel))} – Slack</title>
        <link rel="stylesheet" href="${base}/style.css" />
        <script type="module" src="${base}/refresh.js"></script>
      </head>
      <body>
        <nav aria-label="Channels">
          <strong>${base === "" ? "Regulars" : html`<a href="/">Regulars</a>`}</strong>
          <ul>
            ${channels.map((one) => channelLink(one, nameOf(one), one === channel, base))}
          </ul>
        </nav>
        <main>
          <header>
            <h1>${name(nameOf(channel))}</h1>
            <p>Messages that would have left this machine. Nothing in here was sent to anybody.</p>
            ${whoView({ channel, base, users, as })}
          </header>
          <div class="scroll" tabindex="0">
            ${messages.toReversed().map((message) => messageView(message, { base, users, as }))}${messages.length === 0 ? empty() : ""}
          </div>
        </main>
      </body>
    </html>`;

const empty = () => html`<p class="empty">No message yet. Messages appear here by themselves.</p>`;

const name = (channel: string): string => (channel.startsWith("@") ? channel : `# ${channel.replace(/^#/, "")}`);

const channelLink = (channel: string, called: string, current: boolean, base: string) =>
  html`<li>
    <a href="${base}/?channel=${encodeURIComponent(channel)}" ${current ? raw(' aria-current="page"') : ""}
      >${name(called)}</a
    >
  </li>`;

/** Who one is on this page, and the slash command. */
function whoView({ channel, base, users, as }: Omit<Drawing, "ts">): Html | "" {
  if (users.size === 0) return "";
  const address = (user: string) => `${base}/?${new URLSearchParams({ channel, as: user }).toString()}`;
  const command = (text: string) =>
    html`<form method="post" action="${base}/command">
      <input type="hidden" name="as" value="${as}" /><input type="hidden" name="channel" value="${channel}" />
      <input type="hidden" name="text" value="${text}" /><button>/regulars ${text}</button>
    </form>`;
  return html`<div class="who">
    <span>You are</span>
    ${[...users].map(
      ([id, called]) => html`<a href="${address(id)}" ${id === as ? raw(' aria-current="true"') : ""}>${called}</a>`,
    )}
    ${command("")}${command("help")}
  </div>`;
}

function messageView(
  { ts, channel, text, blocks, edited, onlyFor }: SlackMessage,
  view: Omit<Drawing, "channel" | "ts">,
): Html {
  const drawn = blocksOf(blocks) ?? [];
  const content =
    drawn.length === 0
      ? html`<div class="section">${renderMrkdwn(text)}</div>`
      : drawn.map((block) => blockView(block, { ...view, channel, ts }));
  const at = new Date(Number(ts) * 1000).toISOString();
  return html`<article id="m${ts}">
    <span class="avatar" aria-hidden="true">R</span>
    <div class="message">
      <p class="sender">
        <strong>Regulars</strong> <span class="app">APP</span>
        <time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)} UTC</time>
        ${edited ? html`<span class="edited">(edited)</span>` : ""}
        ${onlyFor === undefined ? "" : html`<span class="edited">Only visible to ${view.users.get(onlyFor) ?? onlyFor}</span>`}
      </p>
      ${content}
    </div>
  </article>`;
}

function blockView(block: SlackBlock, drawing: Drawing): Html {
  switch (block.type) {
    case "header":
      return html`<h2><bdi>${decode(block.text)}</bdi></h2>`;
    case "section":
      return sectionView(block);
    case "context":
      return html`<div class="context">
        ${block.elements.map((element) => html`<span>${textView(element)}</span>`)}
      </div>`;
    case "actions":
      return html`<div class="actions">${block.buttons.map((button) => buttonView(button, drawing))}</div>`;
    case "divider":
      return html`<hr />`;
  }
}

const sectionView = ({ text, fields }: Extract<SlackBlock, { type: "section" }>): Html =>
  html`${text === undefined ? "" : html`<div class="section">${textView(text)}</div>`}
  ${fields.length === 0 ? "" : html`<div class="fields">${fields.map((field) => html`<div>${textView(field)}</div>`)}</div>`}`;

const textView = ({ type, text }: SlackText) =>
  type === "mrkdwn" ? renderMrkdwn(text) : html`<span class="plain">${decode(text)}</span>`;

function buttonView({ text, url, style, actionId, value }: SlackButton, drawing: Drawing): Html {
  const label = decode(text);
  const { base, channel, ts, users, as } = drawing;
  if (url === undefined && actionId !== "" && users.size > 0)
    return html`<form method="post" action="${base}/click">
      <input type="hidden" name="as" value="${as}" /><input type="hidden" name="channel" value="${channel}" />
      <input type="hidden" name="ts" value="${ts}" /><input type="hidden" name="action" value="${actionId}" />
      <input type="hidden" name="value" value="${value}" /><button>${label}</button>
    </form>`;
  if (url === undefined || !/^https?:/i.test(url)) return html`<button type="button" disabled>${label}</button>`;
  return html`<a class="button ${style ?? ""}" href="${url}" target="_blank" rel="noreferrer">${label}</a>`;
}
