import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Upcoming } from "@regulars/flows/notifications/preview";
import { html } from "hono/html";
import { notificationsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment, momentText } from "../page/moments.ts";

export interface NextMessages {
  readonly tenant: Tenant;
  /** Whether the messages of everybody are shown, or the viewer's own. */
  readonly isOfAll: boolean;
  readonly messages: readonly (Upcoming & { readonly reader: string; readonly about: readonly string[] })[];
}

/** What would be sent to whom in the next 24 hours, and why. */
export const nextView = ({ tenant, isOfAll, messages }: NextMessages): Html =>
  layout({
    title: "What would be sent next",
    crumbs: [{ name: "Messages", path: notificationsPath(tenant.tenantId) }],
    isWide: true,
    main: html`<h1>What would be sent next</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · ${isOfAll ? "to everybody" : "to you"} in the next 24 hours, if nothing changed
        until then; times of ${tenant.timeZone}
      </p>
      ${
        messages.length === 0
          ? html`<p class="empty">Nothing would be sent in the next 24 hours.</p>`
          : tableView(tenant, messages)
      }`,
  });

const tableView = (tenant: Tenant, messages: NextMessages["messages"]): Html =>
  html`<div class="scroll" role="region" aria-label="Messages" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">To</th>
          <th scope="col">What</th>
          <th scope="col">By</th>
          <th scope="col">Sent</th>
          <th scope="col" class="long">Why</th>
        </tr>
      </thead>
      <tbody>
        ${messages.map(
          ({ at, reader, type, about, channel, send, why, notificationId }) =>
            html`<tr>
              <td>${moment(momentText(tenant, at))}</td>
              <th scope="row"><bdi>${reader}</bdi></th>
              <td>${type}${about.length === 0 ? "" : html`: <bdi>${about.join(", ")}</bdi>`}</td>
              <td>${channel.replaceAll("-", " ")}</td>
              <td>${send === "drop" ? "no" : notificationId === null ? "if there is something to tell" : "yes"}</td>
              <td><bdi>${why}</bdi></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
