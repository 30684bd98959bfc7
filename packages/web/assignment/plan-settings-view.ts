import { minorText } from "@regulars/core/platform/money";
import { absences, loadScopes, ruleName } from "@regulars/core/sales-plans/distribution";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { planPath, plansPath, reasonsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type PlanForms, filledOf, planForm } from "./plan-form-view.ts";
import { refusedView } from "../page/refused-form.ts";
import { type Both, bothView } from "../page/stale-form.ts";
import { membersView, triedView } from "./plan-members-view.ts";
import { ORDER_SCRIPT } from "./order-script.ts";
import type { PlanSettingsPage } from "./plan-settings-page.ts";
import { detailsOf, rules } from "./plan-form.ts";
import { ruleText } from "./rule-text.ts";
import { statusesView } from "./plan-statuses-view.ts";
import { option } from "../page/option.ts";

/** The settings of a sales plan: who gets its leads, and its columns. */
export function planSettingsView(
  page: PlanSettingsPage,
  words: PageWords,
  { refused, tried = {}, isStale = false }: Partial<Pick<PlanForms, "refused" | "tried" | "isStale">> = {},
): Html {
  const { say } = words;
  const { tenant, plan } = page;
  const forms = { page, words, refused, tried, isStale };
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
      ${refusedView(refused)} ${rulesView(forms)} ${membersView(forms)} ${statusesView(forms)}
      <p><a href="${reasonsPath(tenant.tenantId)}">${say("plans.reasons")}</a></p>
      <section class="card">${archiveView(forms)}</section>`,
  });
}

function rulesView(forms: PlanForms): Html {
  const { page, words, isStale } = forms;
  const tried = forms.tried["action"] === "try" ? forms.tried : {};
  const { plan } = page;
  const { say } = words;
  const refused = { ...filledOf(forms, "rules"), ...filledOf(forms, "try") };
  const { ownerAway, loadScope } = detailsOf(plan.distribution);
  const averageAmount = minorText(plan.averageMinor, plan.currency);
  const stored = { name: plan.name, label: plan.label, averageAmount, ownerAway, loadScope };
  const filled = { ...stored, ...tried, ...refused };
  const { distribution: rule = ruleName(plan.distribution) } = { ...tried, ...refused };
  // What was only tried is still of the version that it was drawn with.
  const { version = plan.version } = tried;
  const was = { ...stored, distribution: ruleName(plan.distribution) };
  return html`<section class="card" aria-labelledby="rules">
    <h2 id="rules">${say("plans.rules")}</h2>
    ${isStale && refused["version"] !== undefined ? bothView(bothOfRules(was, { ...was, ...refused }, words), words) : ""}
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
    ${tried["action"] === undefined ? "" : triedView(page, words)}
  </section>`;
}

type Rules = Readonly<Record<"name" | "label" | "averageAmount" | "distribution" | "ownerAway" | "loadScope", string>>;

/** The rules as they are stored, and as a form has them. */
function bothOfRules(now: Rules, yours: Rules, words: PageWords): readonly Both[] {
  const { say } = words;
  const choice = (id: "ownerAway" | "loadScope", value: string): string => words.find(`plans.${id}.${value}`) ?? value;
  const textsOf = ({ name, label, averageAmount, distribution, ownerAway, loadScope }: Rules) => [
    [say("plans.name"), name],
    [say("plans.label"), label],
    [say("plans.average"), averageAmount],
    [say("plans.distribution"), ruleText(words, distribution)],
    [say("plans.ownerAway"), choice("ownerAway", ownerAway)],
    [say("plans.loadScope"), choice("loadScope", loadScope)],
  ];
  const then = textsOf(yours);
  return textsOf(now).map(([name = "", text = ""], i) => ({ name, now: text, yours: then[i]?.[1] ?? "" }));
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
