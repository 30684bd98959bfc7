import type { Member } from "@regulars/core/sales-plans/member";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { planMemberPath } from "../page/addresses.ts";
import { ROWS_FIELD, enterButton, rowsIn } from "../page/form-rows.ts";
import type { FormTexts } from "../page/form.ts";
import type { Html } from "../page/layout.ts";
import { bothView } from "../page/stale-form.ts";
import { availabilityIn, availabilityView } from "./member-rows.ts";
import { MEMBERS, bothOfMembers } from "./members-form.ts";
import { type PlanForms, filledOf, planForm } from "./plan-form-view.ts";
import type { PlanSettingsPage } from "./plan-settings-page.ts";
import { option } from "../page/option.ts";

/** All members in one form, so that shares which go together are saved, and tried, together. */
export function membersView(forms: PlanForms): Html {
  const { page, words, isStale } = forms;
  const { plan, nameOf } = page;
  const { say } = words;
  const others = page.users.filter(({ userId }) => !plan.members.some((member) => member.userId === userId));
  const tried = forms.tried["action"] === "members" ? forms.tried : {};
  const refused = filledOf(forms, "members");
  const sent = { ...tried, ...refused };
  // With a row more or less, and when it is tried, it is still the form of the version that it was drawn with.
  const { version = plan.version } = forms.refused?.message === "" ? refused : tried;
  return html`<section class="card" aria-labelledby="members">
    <h2 id="members">${say("plans.members")}</h2>
    ${isStale && refused["version"] !== undefined ? bothView(bothOfMembers(plan, refused, { nameOf, words }), words) : ""}
    ${
      plan.members.length === 0
        ? ""
        : html`<form method="post" action="${page.path}">
            <input type="hidden" name="action" value="members" /><input
              type="hidden"
              name="version"
              value="${version}"
            /><input type="hidden" name="${MEMBERS}.rows" value="" />
            ${enterButton("do", "save")}
            <ul class="members">
              ${plan.members.map((member, i) => html`<li>${memberView(forms, member, i, sent)}</li>`)}
            </ul>
            <p class="review">
              <button class="button" name="do" value="save">${say("common.save")}</button>
              <button class="button" name="do" value="try">${say("plans.try")}</button>
            </p>
          </form>`
    }
    ${tried["action"] === undefined ? "" : triedView(page, words)}
    ${
      others.length === 0
        ? ""
        : planForm(
            forms,
            "add-member",
            html`<label
                >${say("plans.addMember")}
                <select name="userId">
                  ${others.map(({ userId, name }) => option(userId, name, false))}
                </select></label
              >
              <button class="button">${say("plans.add")}</button>`,
          )
    }
  </section>`;
}

/** Rows of members who have come since the form was drawn: their numbers are none of its own. */
const SINCE = 500;

/** A member's fields, filled with what is stored, or with a form that was sent. */
function memberView({ page, words }: PlanForms, member: Member, index: number, sent: FormTexts): Html {
  const { say } = words;
  const name = page.nameOf(member.userId);
  const rows = rowsIn(sent, MEMBERS);
  const row = rows?.find(({ texts }) => texts["userId"] === member.userId);
  const of = String(row?.number ?? (rows === undefined ? index : SINCE + index));
  const field = (part: string): string => `${MEMBERS}.${of}.${part}`;
  const stored = { weight: String(member.weight), cap: String(member.cap ?? "") };
  const { weight, cap } = { ...stored, ...row?.texts };
  const isPaused = row === undefined ? member.isPaused : row.texts["isPaused"] !== undefined;
  const { hours = member.hours, vacations = member.vacations } = row === undefined ? {} : availabilityIn(sent, of);
  return html`<div class="review" role="group" aria-label="${name}">
    <strong class="whole"><bdi>${name}</bdi></strong>
    <input type="hidden" name="${field("userId")}" value="${member.userId}" />
    <label
      >${say("plans.weight")} <input type="number" name="${field("weight")}" min="1" max="100" value="${weight}"
    /></label>
    <label
      >${say("plans.cap")} <input type="number" name="${field("cap")}" min="0" max="100000" value="${cap}"
    /></label>
    <label
      ><input type="checkbox" name="${field("isPaused")}" ${isPaused ? html`checked` : ""} />
      ${say("plans.paused")}</label
    >
    <details class="whole" ${hours.length + vacations.length > 0 || isAsked(sent, of) ? html`open` : ""}>
      <summary>${say("plans.available")}</summary>
      <p class="soft">${say("plans.hoursHint")}</p>
      ${availabilityView(member, row === undefined ? {} : sent, words, of)}
    </details>
    <a
      class="button"
      href="${planMemberPath(page.tenant.tenantId, page.plan.planId, member.userId)}"
      aria-label="${say("plans.dropOf", { name })}"
      >${say("common.remove")}</a
    >
  </div>`;
}

/** Whether a button of these rows was pressed. */
const isAsked = (sent: FormTexts, of: string): boolean =>
  ["hours", "vacations"].some((list) => /^\w+ ([^.]+)/.exec(sent[ROWS_FIELD] ?? "")?.[1] === `${list}${of}`);

/** Who would get the next leads by what was tried. */
export const triedView = ({ tried = [], nameOf }: PlanSettingsPage, { say }: PageWords): Html =>
  html`<div role="status">
    <h3>${say("plans.tried", { numb: tried.length })}</h3>
    <ol class="numbered">
      ${tried.map(
        ({ managerId, why }) =>
          html`<li>
            <strong><bdi>${managerId === undefined ? say("plans.nobody") : nameOf(managerId)}</bdi></strong>
            <span class="soft"><bdi>${why}</bdi></span>
          </li>`,
      )}
    </ol>
  </div>`;
