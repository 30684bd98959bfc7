import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { type Html, layout, reloading } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import type { OperationPage } from "./operation-page.ts";
import { sharesView } from "./shares-view.ts";

/** What became of chosen deals. While it is worked on, the page reloads by itself. */
export const operationView = (
  { plan, boardAddress, operation, failed, given }: OperationPage,
  words: PageWords,
): Html => {
  const { say } = words;
  return layout({
    title: say("many.title", { name: plan.name }),
    crumbs: [{ name: plan.name, path: boardAddress }],
    main: html`<h1>${say(operation.state === "done" ? "many.done" : "many.working")}</h1>
      <p class="lead" role="status">
        ${say("many.result", { totl: operation.total, chan: operation.changed, same: operation.same, fail: operation.failed })}
        ${operation.state === "done" ? "" : say("many.left", { numb: operation.total - operation.next })}
      </p>
      ${given.length === 0 ? "" : html`<p>${rich(words, "many.given", { list: sharesView(given, words) })}</p>`}
      ${
        failed.length === 0
          ? ""
          : html`<div class="card scroll" role="group" aria-label="${say("many.region")}" tabindex="0">
              <table>
                <thead>
                  <tr>
                    <th scope="col">${say("deals.deal")}</th>
                    <th scope="col">${say("many.why")}</th>
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
      <p><a class="button" href="${boardAddress}">${say("many.back")}</a></p>
      ${operation.state === "done" ? "" : reloading}`,
  });
};
