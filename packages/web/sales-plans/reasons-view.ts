import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { plansPath, reasonsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import type { PlansPage } from "./reasons-page.ts";

/** Why deals are lost: the reasons that statuses offer, to change them. */
export const reasonsView = (page: PlansPage, { say }: PageWords, refused?: RefusedForm): Html =>
  layout({
    title: say("plans.reasons"),
    crumbs: [{ name: say("home.plans"), path: plansPath(page.tenant.tenantId) }],
    main: html`<h1>${say("plans.reasons")}</h1>
      <p class="lead">${say("plans.reasonsLead")}</p>
      ${refusedView(refused)}
      <ul class="card others">
        ${page.reasons.map((reason) => html`<li>${reasonForm(page, { say }, refused, reason)}</li>`)}
        <li>${reasonForm(page, { say }, refused)}</li>
      </ul>`,
  });

function reasonForm(
  { tenant }: PlansPage,
  { say }: Pick<PageWords, "say">,
  refused: RefusedForm | undefined,
  reason?: RefusalReason,
): Html {
  const isRefused = refused !== undefined && refused.fields["reasonId"] === reason?.reasonId;
  const { name = reason?.name ?? "" } = isRefused ? filledIn(refused) : {};
  return html`<form class="review" method="post" action="${reasonsPath(tenant.tenantId)}">
    ${reason === undefined ? "" : html`<input type="hidden" name="reasonId" value="${reason.reasonId}" />`}
    <label
      >${say(reason === undefined ? "plans.newReason" : "plans.name")}
      <input name="name" size="32" maxlength="100" value="${name}" required
    /></label>
    ${box("needsClarification", say("plans.clarify"), reason?.needsClarification)}
    ${reason === undefined ? "" : box("isArchived", say("plans.archived"), reason.isArchived)}
    <button class="button">${say(reason === undefined ? "plans.add" : "common.save")}</button>
  </form>`;
}

const box = (field: string, text: string, isChecked: boolean | undefined): Html =>
  html`<label><input type="checkbox" name="${field}" ${isChecked === true ? html`checked` : ""} /> ${text}</label>`;
