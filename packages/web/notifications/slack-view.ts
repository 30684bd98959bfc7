import { html } from "hono/html";
import { notificationsPath, slackPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment, momentText } from "../page/moments.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import type { SlackPage } from "./slack-page.ts";

interface Sent {
  readonly refused?: RefusedForm | undefined;
  /** The address at Slack on which the app is added to a workspace. */
  readonly address?: string | undefined;
}

/** The tenant's Slack workspace: what is connected, how to connect one, and where alerts go. */
export function slackView(page: SlackPage, { refused, address }: Sent = {}): Html {
  const { tenant, installation } = page;
  return layout({
    title: "Slack",
    crumbs: [{ name: "Messages", path: notificationsPath(tenant.tenantId) }],
    main: html`<h1>Slack</h1>
      ${statusView(page)} ${refusedView(refused)}
      ${
        address === undefined
          ? ""
          : html`<p role="status">
              <a href="${address}" rel="noreferrer">Choose the workspace at Slack</a>: this way holds once, for 15
              minutes.
            </p>`
      }
      ${connectView(page)} ${installation === undefined ? "" : channelsView(page, filledIn(refused))}`,
  });
}

function statusView({ tenant, installation, installedBy }: SlackPage): Html {
  if (installation === undefined)
    return html`<p class="lead"><bdi>${tenant.name}</bdi> is not connected: alerts go by e-mail.</p>`;
  const { workspaceName, workspaceId, installedAt } = installation;
  return html`<p class="lead">
    <bdi>${tenant.name}</bdi> is connected with <bdi>${workspaceName}</bdi> (<bdi>${workspaceId}</bdi>) since
    ${moment(momentText(tenant, installedAt))}${installedBy === undefined ? "" : html`, by <bdi>${installedBy}</bdi>`}.
  </p>`;
}

const connectView = ({ tenant, hasApp, installation }: SlackPage): Html =>
  html`${hasApp ? "" : html`<p>This system has no Slack app: its operator adds one.</p>`}
    <form class="review" method="post" action="${slackPath(tenant.tenantId)}">
      ${
        hasApp
          ? html`<button class="button" name="do" value="connect">
              ${installation === undefined ? "Connect a workspace" : "Connect again, or another workspace"}
            </button>`
          : ""
      }
      ${installation === undefined ? "" : html`<button class="button" name="do" value="disconnect">Disconnect</button>`}
    </form>`;

const channelsView = ({ tenant, targets }: SlackPage, fields: RefusedForm["fields"]): Html =>
  html`<section class="card" aria-labelledby="channels">
    <h2 id="channels">Where alerts go</h2>
    <p>
      The channel of the rep, else of their team, else of everybody; then the rep’s direct messages, then e-mail. Only
      channels of this workspace to which Regulars was invited can be set.
    </p>
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
        Alerts of
        <select name="target">
          ${targets.map(
            ({ id, who }) =>
              html`<option value="${id}" ${id === fields["target"] ? html`selected` : ""}>${who}</option>`,
          )}
        </select>
      </label>
      <label>
        go to the channel
        <input
          name="channel"
          value="${fields["channel"] ?? ""}"
          maxlength="31"
          placeholder="C0123ABCD"
          aria-describedby="channel-id"
        />
      </label>
      <button class="button" name="do" value="channel">Save</button>
      <span class="soft" id="channel-id">Its id, at the end of “About” in Slack; an empty field takes it away.</span>
    </form>
  </section>`;
