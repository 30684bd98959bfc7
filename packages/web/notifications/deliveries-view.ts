import { type Notification, notificationStates } from "@regulars/core/notifications/notification";
import { html } from "hono/html";
import { deliveriesPath, notificationsPath, suppressionsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment, momentText } from "../page/moments.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import type { DeliveriesPage, ShownDelivery } from "./deliveries-page.ts";

/** The log of messages: what was sent to whom, why, and what became of it. */
export function deliveriesView(page: DeliveriesPage, refused?: RefusedForm): Html {
  const { tenant, state, rows, next } = page;
  const path = deliveriesPath(tenant.tenantId);
  const ofState = state === undefined ? "" : `state=${state}`;
  return layout({
    title: "Log of messages",
    crumbs: [{ name: "Messages", path: notificationsPath(tenant.tenantId) }],
    isWide: true,
    main: html`<h1>Log of messages</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · kept for ${tenant.keepDays} days after they were due; times of ${tenant.timeZone} ·
        <a href="${path}.csv${ofState === "" ? "" : `?${ofState}`}">As CSV</a> ·
        <a href="${suppressionsPath(tenant.tenantId)}">Addresses that get no mail</a>
      </p>
      ${refusedView(refused)}
      <form class="review" method="get" action="${path}">
        <label>
          State
          <select name="state">
            <option value="">all</option>
            ${notificationStates.map(
              (one) => html`<option value="${one}" ${one === state ? html`selected` : ""}>${wordOf(one)}</option>`,
            )}
          </select>
        </label>
        <button class="button">Show</button>
      </form>
      ${state === "failed" || state === "suppressed" ? redriveView(path) : ""}
      ${rows.length === 0 ? html`<p class="empty">No message is there.</p>` : tableView(page)}
      ${
        next === undefined
          ? ""
          : html`<p>
              <a href="${path}?${new URLSearchParams({ ...(state === undefined ? {} : { state }), before: next })}"
                >Earlier messages</a
              >
            </p>`
      }`,
  });
}

const redriveView = (path: string): Html =>
  html`<form class="review" method="post" action="${path}">
    <button class="button" name="do" value="retry">Send all that has failed again</button>
  </form>`;

const wordOf = (state: Notification["state"]): string => state.replaceAll("-", " ");

const tableView = ({ tenant, state, rows }: DeliveriesPage): Html =>
  html`<div class="scroll" role="region" aria-label="Messages" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">State</th>
          <th scope="col">To</th>
          <th scope="col" class="long">What</th>
          <th scope="col" class="long">Why now</th>
          <th scope="col">Attempts</th>
          <th scope="col" class="long">What became of it</th>
          <th scope="col">Again</th>
        </tr>
      </thead>
      <tbody>
        ${rows.map((row) => rowView(tenant, state, row))}
      </tbody>
    </table>
  </div>`;

function rowView(tenant: DeliveriesPage["tenant"], state: DeliveriesPage["state"], row: ShownDelivery): Html {
  const { notification, channel, reader, subject, why, canResend } = row;
  const { id, sentAt, dueAt, attempts } = notification;
  return html`<tr>
    <td>${moment(momentText(tenant, sentAt ?? dueAt))}</td>
    <td>${wordOf(notification.state)}${notification.maybeDuplicate === true ? html` (maybe twice)` : ""}</td>
    <th scope="row">${channel === "slack" ? "Slack" : "mail"}: <bdi>${reader}</bdi></th>
    <td><bdi>${subject}</bdi></td>
    <td><bdi>${why}</bdi></td>
    <td>${attempts}</td>
    <td>${fatesView(tenant, notification)}</td>
    <td>
      ${
        canResend
          ? html`<form method="post" action="${deliveriesPath(tenant.tenantId)}">
              <input type="hidden" name="id" value="${id}" />
              ${state === undefined ? "" : html`<input type="hidden" name="state" value="${state}" />`}
              <button class="button" name="do" value="resend" aria-label="Send again: ${subject}">Send again</button>
            </form>`
          : ""
      }
    </td>
  </tr>`;
}

const FATES = ["delivered", "delayed", "bounced", "complained", "rejected", "clicked"] as const;
const FATE_WORDS: Readonly<Record<(typeof FATES)[number], string>> = {
  delivered: "delivered",
  delayed: "delayed",
  bounced: "came back",
  complained: "called spam",
  rejected: "rejected",
  clicked: "clicked in Slack",
};

/** What its provider and its readers told of it, its errors, and the provider's id. */
function fatesView(tenant: DeliveriesPage["tenant"], notification: Notification): Html {
  const { providerId, lastError, note } = notification;
  const fates = FATES.flatMap((fate) => {
    const told = notification[fate];
    if (told === undefined) return [];
    const detail = told.detail === undefined ? "" : html` (<bdi>${told.detail}</bdi>)`;
    return [html`<div>${FATE_WORDS[fate]} ${moment(momentText(tenant, told.at))}${detail}</div>`];
  });
  return html`${fates} ${lastError === undefined ? "" : html`<div><bdi>${lastError}</bdi></div>`}
  ${note === undefined ? "" : html`<div><bdi>${note}</bdi></div>`}
  ${providerId === undefined ? "" : html`<div class="soft"><bdi>${providerId}</bdi></div>`}`;
}
