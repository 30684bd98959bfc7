import { ownerTypes } from "@regulars/core/monitors/owner";
import { html } from "hono/html";
import { selectionPath, selectionsPath, statusesPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import type { SelectionsPage } from "./selections-page.ts";

export const kindText = (kind: "static" | "dynamic"): string =>
  kind === "static" ? "a kept list" : "whoever meets criteria";

/** The selections of a tenant, with the form that makes one. */
export function selectionsView({ tenant, selections, mayManage }: SelectionsPage, refused?: RefusedForm): Html {
  const { tenantId } = tenant;
  return layout({
    title: `Selections at ${tenant.name}`,
    crumbs: [{ name: "Statuses", path: statusesPath(tenantId) }],
    main: html`<h1>Selections</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · lists of companies, persons or projects: to call, to follow up, to write to.
      </p>
      ${refusedView(refused)}
      <section class="card" aria-labelledby="list">
        <h2 id="list">Selections</h2>
        ${
          selections.length === 0
            ? html`<p class="empty">There are no selections yet.</p>`
            : html`<ul>
                ${selections.map(
                  ({ selectionId, name, ownerType, kind }) =>
                    html`<li>
                      <a href="${selectionPath(tenantId, selectionId)}"><bdi>${name}</bdi></a>
                      <span class="soft">${kindText(kind)}, of a ${ownerType} each</span>
                    </li>`,
                )}
              </ul>`
        }
      </section>
      ${mayManage ? createForm(selectionsPath(tenantId), refused) : ""}`,
  });
}

function createForm(path: string, refused: RefusedForm | undefined): Html {
  const { name = "", ownerType = "company", criteria = "" } = filledIn(refused);
  return html`<section class="card" aria-labelledby="create">
    <h2 id="create">Make a selection</h2>
    <form class="review" method="post" action="${path}">
      <label>Name <input name="name" maxlength="100" value="${name}" required /></label>
      <label
        >Of
        <select name="ownerType">
          ${ownerTypes.map((one) => html`<option value="${one}" ${one === ownerType ? "selected" : ""}>${one}</option>`)}
        </select></label
      >
      <label
        >Criteria, for whoever meets them; empty: a list that you keep
        <textarea name="criteria" rows="3" placeholder="category = Customer AND sale.sold.last olderThan 2 months">
${criteria}</textarea>
      </label>
      <button class="button">Make it</button>
    </form>
  </section>`;
}
