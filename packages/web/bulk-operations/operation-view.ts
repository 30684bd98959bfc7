import { counted } from "@regulars/core/platform/counted";
import { html } from "hono/html";
import { type Html, layout } from "../page/layout.ts";
import type { OperationPage } from "./operation-page.ts";

const DONE = { move: "moved", cancel: "opened again", transfer: "transferred" };

/** What became of chosen deals. */
export const operationView = ({ plan, boardAddress, operation, action, failed }: OperationPage): Html =>
  layout({
    title: `${plan.name}: chosen deals`,
    crumbs: [{ name: plan.name, path: boardAddress }],
    main: html`<h1>${operation.state === "done" ? "Done" : "Still working"}</h1>
      <p class="lead" role="status">
        Of ${counted(operation.total, "deal")}, ${operation.changed} were ${DONE[action]}, ${operation.same} were so
        already, and ${operation.failed} could not be changed.
        ${operation.state === "done" ? "" : html`${operation.total - operation.next} are still to come: load this page again in a moment.`}
      </p>
      ${
        failed.length === 0
          ? ""
          : html`<div class="card scroll" role="group" aria-label="Deals that were not changed" tabindex="0">
              <table>
                <thead>
                  <tr>
                    <th scope="col">Deal</th>
                    <th scope="col">Why it was not changed</th>
                  </tr>
                </thead>
                <tbody>
                  ${failed.map(
                    ({ title, path, why }) =>
                      html`<tr>
                        <th scope="row">
                          <a href="${path}"><bdi>${title}</bdi></a>
                        </th>
                        <td>${why}</td>
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
      }
      <p><a class="button" href="${boardAddress}">Back to the board</a></p>`,
  });
