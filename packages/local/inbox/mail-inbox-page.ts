import { html } from "hono/html";
import type { InboxMail, MailSummary } from "./mail-inbox-store.ts";

/** The views of a message. */
export const mailViews = ["message", "phone", "text", "source"] as const;
export type MailView = (typeof mailViews)[number];

type Html = ReturnType<typeof html>;

const titles: Readonly<Record<MailView, string>> = {
  message: "Message",
  phone: "On a phone",
  text: "Plain text",
  source: "Source",
};

/** The list of messages, newest first. `base` is the mount path without a trailing slash. */
export function inboxPage(mails: readonly MailSummary[], base: string): Html {
  const list =
    mails.length === 0
      ? emptyList()
      : html`<ol class="list">
          ${mails.map((mail) => row(mail, base))}
        </ol>`;
  const home = base === "" ? "" : html`<p><a href="/">‹ Regulars</a></p>`;
  const heading = html`${home}
    <h1>Mail inbox</h1>
    <p class="soft">E-mail that would have left this machine. Nothing in here was sent to anybody.</p>`;
  return layout({
    title: "Mail inbox",
    base,
    live: true,
    body: html`<header>${heading}</header>
      <main>${list}</main>`,
  });
}

const emptyList = () => html`<p class="empty">No message yet. Messages appear here by themselves.</p>`;

const row = ({ id, from, to, subject, at }: MailSummary, base: string) =>
  html`<li>
    <a href="${base}/messages/${id}">
      <span class="people"
        ><bdi>${to.join(", ")}</bdi><span class="soft from">from <bdi>${from}</bdi></span></span
      >
      <span class="subject"><bdi>${subject}</bdi></span>
      ${time(at)}
    </a>
  </li>`;

const time = (at: string) =>
  html`<time class="soft" datetime="${at}">${at.slice(0, 10)} <span>${at.slice(11, 19)} UTC</span></time>`;

/** One message in one of its views. */
export function mailPage(mail: InboxMail, view: MailView, base: string): Html {
  const key =
    mail.key === undefined
      ? ""
      : html`<dt>Delivery</dt>
          <dd><code>${mail.key}</code></dd>`;
  const body = html`<header>
      <p><a href="${base}/">‹ All messages</a></p>
      <h1><bdi>${mail.subject}</bdi></h1>
      <dl>
        <dt>From</dt>
        <dd><bdi>${mail.from}</bdi></dd>
        <dt>To</dt>
        <dd><bdi>${mail.to.join(", ")}</bdi></dd>
        <dt>Time</dt>
        <dd>${time(mail.at)}</dd>
        ${key}
      </dl>
      ${mail.oneClick === undefined ? "" : oneClick(mail.oneClick)}
      <nav aria-label="Views">${mailViews.map((one) => tab(one, view, `${base}/messages/${mail.id}`))}</nav>
    </header>
    <main class="mail">${content(mail, view, base)}</main>`;
  return layout({ title: mail.subject, base, live: false, body });
}

/** What mail programs show beside the sender: the request that they send, to the page of the link. */
const oneClick = (path: string): Html =>
  html`<form method="post" action="${path}">
    <input type="hidden" name="List-Unsubscribe" value="One-Click" />
    <button>Unsubscribe with one click</button>
  </form>`;

const tab = (one: MailView, view: MailView, path: string) =>
  html`<a href="${path}?view=${one}" ${one === view ? html` aria-current="page"` : ""}>${titles[one]}</a>`;

function content(mail: InboxMail, view: MailView, base: string): Html {
  if (view === "source") return html`<pre>${mail.source}</pre>`;
  if (view === "text") return html`<pre class="text">${mail.text}</pre>`;
  if (mail.html === undefined) return html`<p class="empty">This message has no HTML part.</p>`;
  const frame = `${base}/messages/${mail.id}/html`;
  return html`<iframe
    class="${view}"
    src="${frame}"
    title="The message's HTML part"
    sandbox="allow-popups allow-popups-to-escape-sandbox"
  ></iframe>`;
}

interface Layout {
  readonly title: string;
  readonly base: string;
  /** Whether the page reloads itself on changes. */
  readonly live: boolean;
  readonly body: Html;
}

const layout = ({ title, base, live, body }: Layout) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="stylesheet" href="${base}/style.css" />
        ${live ? html`<script type="module" src="${base}/refresh.js"></script>` : ""}
      </head>
      <body>
        ${body}
      </body>
    </html>`;
