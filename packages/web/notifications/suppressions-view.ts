import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { deliveriesPath, notificationsPath, suppressionsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment } from "../page/moments.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import type { SuppressionsPage } from "./suppressions-page.ts";

/** The addresses that get no mail, with the reason, and a button that lifts it. */
export function suppressionsView(
  { tenant, rows, next }: SuppressionsPage,
  words: PageWords,
  refused?: RefusedForm,
): Html {
  const { say } = words;
  const { tenantId } = tenant;
  const path = suppressionsPath(tenantId);
  return layout({
    title: say("suppressed.title"),
    crumbs: [
      { name: say("place.messages"), path: notificationsPath(tenantId) },
      { name: say("suppressed.log"), path: deliveriesPath(tenantId) },
    ],
    isWide: true,
    main: html`<h1>${say("suppressed.title")}</h1>
      <p class="lead"><bdi>${tenant.name}</bdi> · ${say("suppressed.lead")}</p>
      ${refusedView(refused)}
      ${
        rows.length === 0
          ? html`<p class="empty">${say("suppressed.none")}</p>`
          : html`<div class="scroll" role="region" aria-label="${say("suppressed.addresses")}" tabindex="0">
              <table>
                <thead>
                  <tr>
                    <th scope="col">${say("suppressed.address")}</th>
                    <th scope="col">${say("suppressed.whose")}</th>
                    <th scope="col">${say("suppressed.since")}</th>
                    <th scope="col" class="long">${say("suppressed.why")}</th>
                    <th scope="col">${say("suppressed.lift")}</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map(
                    ({ address, users, at, why }) =>
                      html`<tr>
                        <th scope="row"><bdi>${address}</bdi></th>
                        <td><bdi>${users.join(", ")}</bdi></td>
                        <td>${moment({ at, text: words.moment(at, tenant.timeZone) })}</td>
                        <td><bdi>${why}</bdi></td>
                        <td>
                          <form method="post" action="${path}">
                            <input type="hidden" name="address" value="${address}" />
                            <button class="button" aria-label="${say("suppressed.againTo", { addr: address })}">
                              ${say("suppressed.again")}
                            </button>
                          </form>
                        </td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
      }
      ${
        next === undefined
          ? ""
          : html`<p><a href="${path}?${new URLSearchParams({ after: next })}">${say("suppressed.further")}</a></p>`
      }`,
  });
}
