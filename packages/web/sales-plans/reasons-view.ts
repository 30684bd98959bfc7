import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { plansPath, reasonsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { type Both, WAS_FIELD, bothView, formStamp } from "../page/stale-form.ts";
import type { PlansPage } from "./reasons-page.ts";

/** A form of the page that was not taken. */
interface Sent {
  readonly refused?: RefusedForm | undefined;
  /** It was drawn before somebody else's change. */
  readonly isStale?: boolean;
}

/** Why deals are lost: the reasons that statuses offer, to change them. */
export const reasonsView = (page: PlansPage, words: PageWords, sent: Sent = {}): Html =>
  layout({
    title: words.say("plans.reasons"),
    crumbs: [{ name: words.say("home.plans"), path: plansPath(page.tenant.tenantId) }],
    main: html`<h1>${words.say("plans.reasons")}</h1>
      <p class="lead">${words.say("plans.reasonsLead")}</p>
      ${refusedView(sent.refused)}
      <ul class="card others">
        ${page.reasons.map((reason) => html`<li>${reasonForm(page, words, sent, reason)}</li>`)}
        <li>${reasonForm(page, words, sent)}</li>
      </ul>`,
  });

const LABELS = {
  name: "plans.name",
  needsClarification: "plans.clarify",
  isArchived: "plans.archived",
} as const satisfies Partial<Record<keyof RefusalReason, string>>;

/** A reason as a form has it. */
const asWritten = (fields: RefusedForm["fields"]) => ({
  name: fields["name"] ?? "",
  needsClarification: fields["needsClarification"] !== undefined,
  isArchived: fields["isArchived"] !== undefined,
});

function reasonForm({ tenant }: PlansPage, words: PageWords, sent: Sent, reason?: RefusalReason): Html {
  const { say } = words;
  const { refused, isStale = false } = sent;
  const isRefused = refused !== undefined && refused.fields["reasonId"] === reason?.reasonId;
  const stored = reason ?? { name: "", needsClarification: false, isArchived: false };
  const shown = isRefused ? asWritten(refused.fields) : stored;
  return html`${isRefused && isStale ? bothView(bothOf(stored, shown, words), words) : ""}
    <form class="review" method="post" action="${reasonsPath(tenant.tenantId)}">
      ${
        reason === undefined
          ? ""
          : html`<input type="hidden" name="reasonId" value="${reason.reasonId}" />
              <input type="hidden" name="${WAS_FIELD}" value="${formStamp(reason)}" />`
      }
      <label
        >${say(reason === undefined ? "plans.newReason" : LABELS.name)}
        <input name="name" size="32" maxlength="100" value="${shown.name}" required
      /></label>
      ${box("needsClarification", shown, words)} ${reason === undefined ? "" : box("isArchived", shown, words)}
      <button class="button">${say(reason === undefined ? "plans.add" : "common.save")}</button>
    </form>`;
}

type Written = ReturnType<typeof asWritten>;

/** A reason as it is stored, and as the form has it. */
function bothOf(now: Written, yours: Written, { say }: PageWords): readonly Both[] {
  const yesNo = (is: boolean): string => say(is ? "common.yes" : "common.no");
  return [
    { name: say(LABELS.name), now: now.name, yours: yours.name },
    ...(["needsClarification", "isArchived"] as const).map((part) => ({
      name: say(LABELS[part]),
      now: yesNo(now[part]),
      yours: yesNo(yours[part]),
    })),
  ];
}

const box = (field: "needsClarification" | "isArchived", shown: Written, { say }: PageWords): Html =>
  html`<label
    ><input type="checkbox" name="${field}" ${shown[field] ? html`checked` : ""} /> ${say(LABELS[field])}</label
  >`;
