import { html, raw } from "hono/html";
import { type SlackBlock, type SlackButton, type SlackText, blocksOf } from "./slack-workspace-blocks.ts";
import { decode, renderMrkdwn } from "./slack-workspace-mrkdwn.ts";
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
}

/** One channel with its messages, the newest at the bottom and in sight. */
export const channelPage = ({ channels, channel, messages, base, nameOf }: ChannelView): Html =>
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
          </header>
          <div class="scroll" tabindex="0">
            ${messages.toReversed().map(messageView)}${messages.length === 0 ? empty() : ""}
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

function messageView({ ts, text, blocks, edited }: SlackMessage): Html {
  const drawn = blocksOf(blocks) ?? [];
  const content = drawn.length === 0 ? html`<div class="section">${renderMrkdwn(text)}</div>` : drawn.map(blockView);
  const at = new Date(Number(ts) * 1000).toISOString();
  return html`<article id="m${ts}">
    <span class="avatar" aria-hidden="true">R</span>
    <div class="message">
      <p class="sender">
        <strong>Regulars</strong> <span class="app">APP</span>
        <time datetime="${at}">${at.slice(0, 10)} ${at.slice(11, 16)} UTC</time>
        ${edited ? html`<span class="edited">(edited)</span>` : ""}
      </p>
      ${content}
    </div>
  </article>`;
}

function blockView(block: SlackBlock): Html {
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
      return html`<div class="actions">${block.buttons.map(buttonView)}</div>`;
    case "divider":
      return html`<hr />`;
  }
}

const sectionView = ({ text, fields }: Extract<SlackBlock, { type: "section" }>): Html =>
  html`${text === undefined ? "" : html`<div class="section">${textView(text)}</div>`}
  ${fields.length === 0 ? "" : html`<div class="fields">${fields.map((field) => html`<div>${textView(field)}</div>`)}</div>`}`;

const textView = ({ type, text }: SlackText) =>
  type === "mrkdwn" ? renderMrkdwn(text) : html`<span class="plain">${decode(text)}</span>`;

function buttonView({ text, url, style }: SlackButton): Html {
  const label = decode(text);
  if (url === undefined || !/^https?:/i.test(url)) return html`<button type="button" disabled>${label}</button>`;
  return html`<a class="button ${style ?? ""}" href="${url}" target="_blank" rel="noreferrer">${label}</a>`;
}
