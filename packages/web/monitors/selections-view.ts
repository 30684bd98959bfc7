import { ownerTypes } from "@regulars/core/monitors/owner";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { selectionPath, selectionsPath, statusesPath } from "../page/addresses.ts";
import { EXAMPLE_CRITERIA } from "./status-form.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import type { SelectionsPage } from "./selections-page.ts";

/** The selections of a tenant, with the form that makes one. */
export function selectionsView(
  { tenant, selections, mayManage }: SelectionsPage,
  words: PageWords,
  refused?: RefusedForm,
): Html {
  const { say } = words;
  const { tenantId } = tenant;
  return layout({
    title: say("selections.titleAt", { firm: tenant.name }),
    crumbs: [{ name: say("place.statuses"), path: statusesPath(tenantId) }],
    main: html`<h1>${say("statuses.selections")}</h1>
      <p class="lead"><bdi>${tenant.name}</bdi> · ${say("selections.lead")}</p>
      ${refusedView(refused)}
      <section class="card" aria-labelledby="list">
        <h2 id="list">${say("statuses.selections")}</h2>
        ${
          selections.length === 0
            ? html`<p class="empty">${say("selections.none")}</p>`
            : html`<ul>
                ${selections.map(
                  ({ selectionId, name, ownerType, kind }) =>
                    html`<li>
                      <a href="${selectionPath(tenantId, selectionId)}"><bdi>${name}</bdi></a>
                      <span class="soft"
                        >${say(`selections.of.${ownerType}`, { kind: say(`selections.${kind}`) })}</span
                      >
                    </li>`,
                )}
              </ul>`
        }
      </section>
      ${mayManage ? createForm(selectionsPath(tenantId), words, refused) : ""}`,
  });
}

function createForm(path: string, { say }: PageWords, refused: RefusedForm | undefined): Html {
  const { name = "", ownerType = "company", criteria = "" } = filledIn(refused);
  return html`<section class="card" aria-labelledby="create">
    <h2 id="create">${say("selections.make")}</h2>
    <form class="review" method="post" action="${path}">
      <label>${say("selections.name")} <input name="name" maxlength="100" value="${name}" required /></label>
      <label
        >${say("selections.ofWhat")}
        <select name="ownerType">
          ${ownerTypes.map((one) => html`<option value="${one}" ${one === ownerType ? "selected" : ""}>${say(`owner.${one}`)}</option>`)}
        </select></label
      >
      <label
        >${say("selections.criteria")}
        <textarea name="criteria" rows="3" placeholder="${EXAMPLE_CRITERIA}">${criteria}</textarea>
      </label>
      <button class="button main">${say("selections.makeIt")}</button>
    </form>
  </section>`;
}
