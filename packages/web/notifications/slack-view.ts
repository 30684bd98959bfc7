import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { notificationsPath, slackPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment } from "../page/moments.ts";
import { rich } from "../page/rich.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import type { SlackPage } from "./slack-page.ts";

interface Sent {
  readonly refused?: RefusedForm | undefined;
  /** The address at Slack on which the app is added to a workspace. */
  readonly address?: string | undefined;
}

/** The tenant's Slack workspace: what is connected, how to connect one, and where alerts go. */
export function slackView(page: SlackPage, words: PageWords, { refused, address }: Sent = {}): Html {
  const { say } = words;
  const { tenant, installation } = page;
  return layout({
    title: "Slack",
    crumbs: [{ name: say("place.messages"), path: notificationsPath(tenant.tenantId) }],
    main: html`<h1>Slack</h1>
      ${statusView(page, words)} ${refusedView(refused)}
      ${
        address === undefined
          ? ""
          : html`<p role="status">
              ${rich(words, "slackPage.chooseNote", {
                link: html`<a href="${address}" rel="noreferrer">${say("slackPage.choose")}</a>`,
              })}
            </p>`
      }
      ${connectView(page, words)} ${installation === undefined ? "" : channelsView(page, words, filledIn(refused))}`,
  });
}

function statusView({ tenant, installation, installedBy }: SlackPage, words: PageWords): Html {
  const firm = html`<bdi>${tenant.name}</bdi>`;
  if (installation === undefined) return html`<p class="lead">${rich(words, "slackPage.notConnected", { firm })}</p>`;
  const { workspaceName, workspaceId, installedAt } = installation;
  const values = {
    firm,
    name: html`<bdi>${workspaceName}</bdi>`,
    code: html`<bdi>${workspaceId}</bdi>`,
    date: moment({ at: installedAt, text: words.moment(installedAt, tenant.timeZone) }),
  };
  return html`<p class="lead">
    ${
      installedBy === undefined
        ? rich(words, "slackPage.connected", values)
        : rich(words, "slackPage.connectedBy", { ...values, user: html`<bdi>${installedBy}</bdi>` })
    }
  </p>`;
}

const connectView = ({ tenant, hasApp, installation }: SlackPage, { say }: PageWords): Html =>
  html`${hasApp ? "" : html`<p>${say("slackPage.noApp")}</p>`}
    <form class="review" method="post" action="${slackPath(tenant.tenantId)}">
      ${
        hasApp
          ? html`<button class="button" name="do" value="connect">
              ${say(installation === undefined ? "slackPage.connect" : "slackPage.again")}
            </button>`
          : ""
      }
      ${installation === undefined ? "" : html`<button class="button" name="do" value="disconnect">${say("slackPage.disconnect")}</button>`}
    </form>`;

const channelsView = ({ tenant, targets }: SlackPage, { say }: PageWords, fields: RefusedForm["fields"]): Html =>
  html`<section class="card" aria-labelledby="channels">
    <h2 id="channels">${say("slackPage.where")}</h2>
    <p>${say("slackPage.order")}</p>
    <ul>
      ${targets
        .filter(({ channel }) => channel !== undefined)
        .map(
          ({ who, channel }) =>
            html`<li><bdi>${who}</bdi>: <bdi>#${channel?.name}</bdi> <span class="soft">${channel?.id}</span></li>`,
        )}
    </ul>
    <form class="review" method="post" action="${slackPath(tenant.tenantId)}#channels">
      <label>
        ${say("slackPage.alertsOf")}
        <select name="target">
          ${targets.map(
            ({ id, who }) =>
              html`<option value="${id}" ${id === fields["target"] ? html`selected` : ""}>${who}</option>`,
          )}
        </select>
      </label>
      <label>
        ${say("slackPage.goTo")}
        <input
          name="channel"
          value="${fields["channel"] ?? ""}"
          maxlength="31"
          placeholder="C0123ABCD"
          aria-describedby="channel-id"
        />
      </label>
      <button class="button" name="do" value="channel">${say("common.save")}</button>
      <span class="soft" id="channel-id">${say("slackPage.channelId")}</span>
    </form>
  </section>`;
