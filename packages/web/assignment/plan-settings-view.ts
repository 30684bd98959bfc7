import { minorText } from "@regulars/core/platform/money";
import { absences, loadScopes, ruleName } from "@regulars/core/sales-plans/distribution";
import type { Member } from "@regulars/core/sales-plans/member";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { planMemberPath, planPath, plansPath, reasonsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type PlanForms, filledOf, option, planForm } from "./plan-form-view.ts";
import { enterButton } from "../page/form-rows.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { availabilityView } from "./member-rows.ts";
import { ORDER_SCRIPT } from "./order-script.ts";
import type { PlanSettingsPage } from "./plan-settings-page.ts";
import { detailsOf, rules } from "./plan-form.ts";
import { ruleText } from "./rule-text.ts";
import { statusesView } from "./plan-statuses-view.ts";

/** The settings of a sales plan: who gets its leads, and its columns. */
export function planSettingsView(
  page: PlanSettingsPage,
  words: PageWords,
  refused?: RefusedForm,
  tried: Readonly<Record<string, string>> = {},
): Html {
  const { say } = words;
  const { tenant, plan } = page;
  const forms = { page, words, refused };
  return layout({
    title: say("plans.settingsOf", { name: plan.name }),
    script: ORDER_SCRIPT,
    crumbs: [
      { name: say("home.plans"), path: plansPath(tenant.tenantId) },
      { name: plan.name, path: planPath(tenant.tenantId, plan.planId) },
    ],
    main: html`<h1>
        ${say("plans.settingsOf", { name: plan.name })}
        ${plan.isArchived ? html`<span class="mark state">${say("plans.archived")}</span>` : ""}
      </h1>
      ${refusedView(refused)} ${rulesView(forms, tried)} ${membersView(forms)} ${statusesView(forms)}
      <p><a href="${reasonsPath(tenant.tenantId)}">${say("plans.reasons")}</a></p>
      <section class="card">${archiveView(forms)}</section>`,
  });
}

function rulesView(forms: PlanForms, tried: Readonly<Record<string, string>>): Html {
  const { page, words } = forms;
  const { plan } = page;
  const { say } = words;
  const refused = { ...filledOf(forms, "rules"), ...filledOf(forms, "try") };
  const { ownerAway, loadScope } = detailsOf(plan.distribution);
  const averageAmount = minorText(plan.averageMinor, plan.currency);
  const stored = { name: plan.name, label: plan.label, averageAmount, ownerAway, loadScope };
  const filled = { ...stored, ...tried, ...refused };
  const { distribution: rule = ruleName(plan.distribution) } = { ...tried, ...refused };
  // What was only tried is still of the version that it was drawn with.
  const { version = plan.version } = tried["action"] === "try" ? tried : {};
  return html`<section class="card" aria-labelledby="rules">
    <h2 id="rules">${say("plans.rules")}</h2>
    <form class="settings" method="post" action="${page.path}">
      <input type="hidden" name="version" value="${version}" />
      <label>${say("plans.name")} <input name="name" maxlength="100" value="${filled.name}" required /></label>
      <label>${say("plans.label")} <input name="label" maxlength="40" value="${filled.label}" /></label>
      <label
        >${say("plans.averageIn", { code: plan.currency })}
        <input name="averageAmount" inputmode="decimal" maxlength="64" value="${filled.averageAmount}" />
        <span class="soft">${say("plans.averageHint")}</span></label
      >
      <label class="double"
        >${say("plans.distribution")}
        <select name="distribution">
          ${rules.map((one) => option(one, ruleText(words, one), one === rule))}
        </select></label
      >
      <label
        >${say("plans.ownerAway")}
        <select name="ownerAway">
          ${absences.map((one) => option(one, say(`plans.ownerAway.${one}`), one === filled.ownerAway))}
        </select></label
      >
      <label
        >${say("plans.loadScope")}
        <select name="loadScope">
          ${loadScopes.map((one) => option(one, say(`plans.loadScope.${one}`), one === filled.loadScope))}
        </select></label
      >
      <p class="review">
        <button class="button main" name="action" value="rules">${say("common.save")}</button>
        <button class="button" name="action" value="try">${say("plans.try")}</button>
      </p>
    </form>
    ${page.tried === undefined ? "" : triedView(page, words)}
  </section>`;
}

const triedView = ({ tried = [], nameOf }: PlanSettingsPage, { say }: PageWords): Html =>
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

function membersView(forms: PlanForms): Html {
  const { page, words } = forms;
  const { say } = words;
  const others = page.users.filter(({ userId }) => !page.plan.members.some((member) => member.userId === userId));
  return html`<section class="card" aria-labelledby="members">
    <h2 id="members">${say("plans.members")}</h2>
    <ul class="members">
      ${page.plan.members.map((member) => html`<li>${memberView(forms, member)}</li>`)}
    </ul>
    ${
      others.length === 0
        ? ""
        : planForm(
            forms,
            "member",
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

/** A button that says what archiving the plan, or restoring it, would do; and then the one that does it. */
const archiveView = (forms: PlanForms): Html => {
  const { page, words } = forms;
  const { say } = words;
  const { isArchived } = page.plan;
  const act = say(isArchived ? "plans.restore" : "plans.archive");
  const asked = html`<input type="hidden" name="isArchived" value="${String(!isArchived)}" />`;
  if (page.staying === undefined)
    return planForm(forms, "archive", html`${asked}<button class="button">${act}</button>`);
  const what = isArchived ? say("plans.restores") : say("plans.archives", { numb: page.staying });
  return planForm(
    forms,
    "archive",
    html`${asked}
      <div class="unused" role="status">
        <strong>${say("settings.tried")}</strong>
        <p>${what}</p>
        <button class="button" name="do" value="save">${act}</button>
      </div>`,
  );
};

function memberView(forms: PlanForms, member: Member): Html {
  const { page, words } = forms;
  const { say } = words;
  const sent = filledOf(forms, "member", member.userId);
  const filled = {
    weight: String(member.weight),
    cap: member.cap === undefined ? "" : String(member.cap),
    ...sent,
  };
  const isSent = sent["userId"] !== undefined;
  const isPaused = isSent ? sent["isPaused"] !== undefined : member.isPaused;
  // With a row more or less it is still the form of the version that it was drawn with.
  const version = forms.refused?.message === "" ? sent["version"] : undefined;
  const isUsual = member.hours.length === 0 && member.vacations.length === 0;
  return planForm(
    forms,
    "member",
    html`${enterButton("action", "member")}<strong class="whole"><bdi>${page.nameOf(member.userId)}</bdi></strong>
      <input type="hidden" name="userId" value="${member.userId}" />
      <label
        >${say("plans.weight")} <input type="number" name="weight" min="1" max="100" value="${filled.weight}"
      /></label>
      <label>${say("plans.cap")} <input type="number" name="cap" min="0" max="100000" value="${filled.cap}" /></label>
      <label><input type="checkbox" name="isPaused" ${isPaused ? html`checked` : ""} /> ${say("plans.paused")}</label>
      <details class="whole" ${isUsual && !isSent ? "" : html`open`}>
        <summary>${say("plans.available")}</summary>
        <p class="soft">${say("plans.hoursHint")}</p>
        ${availabilityView(member, sent, words)}
      </details>
      <button class="button" name="action" value="member">${say("common.save")}</button>
      <a
        class="button"
        href="${planMemberPath(page.tenant.tenantId, page.plan.planId, member.userId)}"
        aria-label="${say("plans.dropOf", { name: page.nameOf(member.userId) })}"
        >${say("common.remove")}</a
      >`,
    version,
  );
}
