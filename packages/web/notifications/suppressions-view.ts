import { html } from "hono/html";
import { deliveriesPath, notificationsPath, suppressionsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment, momentText } from "../page/moments.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import type { SuppressionsPage } from "./suppressions-page.ts";

/** The addresses that get no mail, with the reason, and a button that lifts it. */
export function suppressionsView({ tenant, rows, next }: SuppressionsPage, refused?: RefusedForm): Html {
  const { tenantId } = tenant;
  const path = suppressionsPath(tenantId);
  return layout({
    title: "Addresses that get no mail",
    crumbs: [
      { name: "Messages", path: notificationsPath(tenantId) },
      { name: "Log of messages", path: deliveriesPath(tenantId) },
    ],
    isWide: true,
    main: html`<h1>Addresses that get no mail</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · because mails came back or were called spam. Once lifted, what was reported before
        counts no more.
      </p>
      ${refusedView(refused)}
      ${
        rows.length === 0
          ? html`<p class="empty">Mail goes to every address.</p>`
          : html`<div class="scroll" role="region" aria-label="Addresses" tabindex="0">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Address</th>
                    <th scope="col">Whose</th>
                    <th scope="col">Since</th>
                    <th scope="col" class="long">Why</th>
                    <th scope="col">Lift</th>
                  </tr>
                </thead>
                <tbody>
                  ${rows.map(
                    ({ address, users, at, why }) =>
                      html`<tr>
                        <th scope="row"><bdi>${address}</bdi></th>
                        <td><bdi>${users.join(", ")}</bdi></td>
                        <td>${moment(momentText(tenant, at))}</td>
                        <td><bdi>${why}</bdi></td>
                        <td>
                          <form method="post" action="${path}">
                            <input type="hidden" name="address" value="${address}" />
                            <button class="button" aria-label="Send to ${address} again">Send again</button>
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
          : html`<p><a href="${path}?${new URLSearchParams({ after: next })}">Further addresses</a></p>`
      }`,
  });
}
