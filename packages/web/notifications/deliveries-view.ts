import { notificationStates } from "@regulars/core/notifications/notification";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { deliveriesPath, notificationsPath, suppressionsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment, momentIn } from "../page/moments.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { rich } from "../page/rich.ts";
import type { DeliveriesPage, ShownDelivery } from "./deliveries-page.ts";

/** The log of messages: what was sent to whom, why, and what became of it. */
export function deliveriesView(page: DeliveriesPage, refused?: RefusedForm): Html {
  const { words, tenant, state, rows, next } = page;
  const { say } = words;
  const path = deliveriesPath(tenant.tenantId);
  const ofState = state === undefined ? "" : `state=${state}`;
  return layout({
    title: say("deliveries.title"),
    crumbs: [{ name: say("place.messages"), path: notificationsPath(tenant.tenantId) }],
    isWide: true,
    main: html`<h1>${say("deliveries.title")}</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · ${say("deliveries.kept", { days: tenant.keepDays, zone: tenant.timeZone })} ·
        <a href="${path}.csv${ofState === "" ? "" : `?${ofState}`}">${say("deliveries.csv")}</a> ·
        <a href="${suppressionsPath(tenant.tenantId)}">${say("deliveries.suppressed")}</a>
      </p>
      ${refusedView(refused)}
      <form class="review" method="get" action="${path}">
        <label>
          ${say("deliveries.state")}
          <select name="state">
            <option value="">${say("deliveries.all")}</option>
            ${notificationStates.map(
              (one) =>
                html`<option value="${one}" ${one === state ? html`selected` : ""}>
                  ${say(`deliveryState.${one}`)}
                </option>`,
            )}
          </select>
        </label>
        <button class="button">${say("common.show")}</button>
      </form>
      ${state === "failed" || state === "suppressed" ? redriveView(path, words) : ""}
      ${rows.length === 0 ? html`<p class="empty">${say("deliveries.none")}</p>` : tableView(page)}
      ${
        next === undefined
          ? ""
          : html`<p>
              <a href="${path}?${new URLSearchParams({ ...(state === undefined ? {} : { state }), before: next })}"
                >${say("deliveries.earlier")}</a
              >
            </p>`
      }`,
  });
}

const redriveView = (path: string, { say }: PageWords): Html =>
  html`<form class="review" method="post" action="${path}">
    <button class="button" name="do" value="retry">${say("deliveries.retry")}</button>
  </form>`;

const tableView = (page: DeliveriesPage): Html => {
  const { say } = page.words;
  return html`<div class="scroll stack" role="region" aria-label="${say("deliveries.region")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${say("deliveries.when")}</th>
          <th scope="col">${say("deliveries.state")}</th>
          <th scope="col">${say("deliveries.to")}</th>
          <th scope="col" class="long">${say("deliveries.what")}</th>
          <th scope="col">${say("deliveries.why")}</th>
          <th scope="col">${say("deliveries.attempts")}</th>
          <th scope="col">${say("deliveries.became")}</th>
          <th scope="col">${say("deliveries.again")}</th>
        </tr>
      </thead>
      <tbody>
        ${page.rows.map((row) => rowView(page, row))}
      </tbody>
    </table>
  </div>`;
};

function rowView({ words, tenant, state, requestId }: DeliveriesPage, row: ShownDelivery): Html {
  const { say } = words;
  const { notification, channel, reader, about, parts, why, canResend } = row;
  const stateText = say(`deliveryState.${notification.state}`);
  const { id, sentAt, dueAt, attempts } = notification;
  return html`<tr>
    <td data-of="${say("deliveries.when")}">${moment(momentIn(words, tenant, sentAt ?? dueAt))}</td>
    <td data-of="${say("deliveries.state")}">
      ${notification.maybeDuplicate === true ? say("deliveries.maybeTwice", { text: stateText }) : stateText}
    </td>
    <th scope="row">
      ${rich(words, channel === "slack" ? "deliveries.slackTo" : "deliveries.mailTo", { name: html`<bdi>${reader}</bdi>` })}
    </th>
    <td class="long" data-of="${say("deliveries.what")}">${aboutView(about, parts)}</td>
    <td class="short" data-of="${say("deliveries.why")}"><bdi>${why}</bdi></td>
    <td data-of="${say("deliveries.attempts")}">${attempts}</td>
    <td data-of="${say("deliveries.became")}">${fatesView(words, tenant, row)}</td>
    <td data-of="${say("deliveries.again")}">
      ${
        canResend
          ? html`<form method="post" action="${deliveriesPath(tenant.tenantId)}">
              <input type="hidden" name="id" value="${id}" />
              <input type="hidden" name="request" value="${requestId}" />
              ${state === undefined ? "" : html`<input type="hidden" name="state" value="${state}" />`}
              <button
                class="button"
                name="do"
                value="resend"
                aria-label="${say("deliveries.resendOf", { name: about })}"
              >
                ${say("deliveries.resend")}
              </button>
            </form>`
          : ""
      }
    </td>
  </tr>`;
}

/** What a message is about; what is in a digest is folded, so that its row stays low. */
const aboutView = (about: string, parts: readonly string[]): Html =>
  parts.length === 0
    ? html`<bdi>${about}</bdi>`
    : html`<details>
        <summary><bdi>${about}</bdi></summary>
        <bdi>${parts.join(", ")}</bdi>
      </details>`;

const FATES = ["delivered", "delayed", "bounced", "complained", "rejected", "clicked"] as const;

/** What its provider and its readers told of it, its errors, and the provider's id. */
function fatesView(words: PageWords, tenant: DeliveriesPage["tenant"], { notification, note }: ShownDelivery): Html {
  const { providerId, lastError } = notification;
  const fates = FATES.flatMap((fate) => {
    const told = notification[fate];
    if (told === undefined) return [];
    const detail = told.detail === undefined ? "" : html` (<bdi>${told.detail}</bdi>)`;
    const date = moment(momentIn(words, tenant, told.at));
    return [html`<div>${rich(words, `fate.${fate}`, { date })}${detail}</div>`];
  });
  return html`${fates} ${lastError === undefined ? "" : html`<div><bdi>${words.refused(lastError)}</bdi></div>`}
  ${note === undefined ? "" : html`<div><bdi>${note}</bdi></div>`}
  ${providerId === undefined ? "" : html`<div class="soft cut" title="${words.say("deliveries.providerId")} ${providerId}"><span class="hidden">${words.say("deliveries.providerId")}</span> <bdi>${providerId}</bdi></div>`}`;
}
