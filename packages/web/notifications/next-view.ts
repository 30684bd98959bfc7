import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Upcoming } from "@regulars/flows/notifications/preview";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { notificationsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment } from "../page/moments.ts";
import { rich } from "../page/rich.ts";

export interface NextMessages {
  readonly tenant: Tenant;
  /** Whether the messages of everybody are shown, or the viewer's own. */
  readonly isOfAll: boolean;
  readonly messages: readonly (Upcoming & { readonly reader: string; readonly about: readonly string[] })[];
}

/** What would be sent to whom in the next 24 hours, and why. */
export const nextView = ({ tenant, isOfAll, messages }: NextMessages, words: PageWords): Html => {
  const { say } = words;
  return layout({
    title: say("next.title"),
    crumbs: [{ name: say("place.messages"), path: notificationsPath(tenant.tenantId) }],
    isWide: true,
    main: html`<h1>${say("next.title")}</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · ${say(isOfAll ? "next.leadAll" : "next.leadOwn", { zone: tenant.timeZone })}
      </p>
      ${messages.length === 0 ? html`<p class="empty">${say("next.none")}</p>` : tableView(tenant, words, messages)}`,
  });
};

const tableView = (tenant: Tenant, words: PageWords, messages: NextMessages["messages"]): Html =>
  html`<div class="scroll stack" role="region" aria-label="${words.say("place.messages")}" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">${words.say("next.when")}</th>
          <th scope="col">${words.say("next.to")}</th>
          <th scope="col">${words.say("next.what")}</th>
          <th scope="col">${words.say("next.by")}</th>
          <th scope="col">${words.say("next.sent")}</th>
          <th scope="col" class="long">${words.say("next.why")}</th>
        </tr>
      </thead>
      <tbody>
        ${messages.map(
          ({ at, reader, type, about, channel, send, why, notificationId }) =>
            html`<tr>
              <td data-of="${words.say("next.when")}">${moment({ at, text: words.moment(at, tenant.timeZone) })}</td>
              <th scope="row"><bdi>${reader}</bdi></th>
              <td data-of="${words.say("next.what")}">${aboutText(words, type, about)}</td>
              <td data-of="${words.say("next.by")}">${words.say(`prefValue.${channel}`)}</td>
              <td data-of="${words.say("next.sent")}">
                ${words.say(send === "drop" ? "next.no" : notificationId === null ? "next.ifAny" : "next.yes")}
              </td>
              <td class="long" data-of="${words.say("next.why")}"><bdi>${why}</bdi></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

const aboutText = (words: PageWords, type: Upcoming["type"], about: readonly string[]): Html | string =>
  about.length === 0
    ? words.say(`messageType.${type}`)
    : rich(words, "next.about", {
        type: words.say(`messageType.${type}`),
        what: html`<bdi>${about.join(", ")}</bdi>`,
      });
