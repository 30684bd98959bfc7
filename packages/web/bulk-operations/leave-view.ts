import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { planMemberPath, planPath, planSettingsPath, plansPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import { rich } from "../page/rich.ts";
import { firstDeals } from "../sales-plans/open-deals-view.ts";
import { MEMBER } from "./leave-form.ts";
import type { LeavePage, Leaving } from "./leave-page.ts";
import { sharesView } from "./shares-view.ts";

/** What it would do that a member leaves a sales plan, and the form that has them leave. */
export function leaveView(page: LeavePage, words: PageWords, refused?: RefusedForm): Html {
  const { tenant, plan, name, leaving } = page;
  const { tenantId } = tenant;
  const title = words.say("plans.leaveTitle", { name, plan: plan.name });
  const settings = planSettingsPath(tenantId, plan.planId);
  return layout({
    title,
    crumbs: [
      { name: words.say("home.plans"), path: plansPath(tenantId) },
      { name: plan.name, path: planPath(tenantId, plan.planId) },
      { name: words.say("plans.settingsOf", { name: plan.name }), path: settings },
    ],
    main: html`<h1>${title}</h1>
      ${refusedView(refused)}
      ${leaving === undefined ? html`<p>${words.say("plans.leftAlready", { name, plan: plan.name })}</p>` : leavingView(page, leaving, words, filledIn(refused)["transferTo"])}
      <p><a href="${settings}">${words.say("plans.settingsOf", { name: plan.name })}</a></p>`,
  });
}

function leavingView(page: LeavePage, leaving: Leaving, words: PageWords, chosen: string | undefined): Html {
  const { tenant, plan, userId, requestId } = page;
  const { leads, deals } = leaving;
  const [name, planName] = [html`<bdi>${page.name}</bdi>`, html`<bdi>${plan.name}</bdi>`];
  return html`<section class="card" aria-labelledby="would">
    <h2 id="would">${words.say("plans.leaveWould")}</h2>
    <p>${rich(words, leads === "stay" ? "plans.leaves" : "plans.leavesLeads", { name })}</p>
    ${leads === "wait" ? html`<p>${rich(words, "users.leadsUnassigned", { plan: planName })}</p>` : ""}
    <p>
      ${rich(words, "plans.leaveDeals", { numb: deals.count, name })}
      ${deals.plans.map((one) => firstDeals(tenant, one, words))}
    </p>
    <form class="review" method="post" action="${planMemberPath(tenant.tenantId, plan.planId, userId)}">
      <input type="hidden" name="version" value="${plan.version}" />
      <input type="hidden" name="request" value="${requestId}" />
      ${deals.count === 0 ? html`<input type="hidden" name="transferTo" value="keep" />` : choiceView(page, leaving, words, chosen)}
      <button class="button">${words.say("common.remove")}</button>
    </form>
  </section>`;
}

/** Who gets the deals, and what each choice would do. */
function choiceView(page: LeavePage, { deals, heirs, shares }: Leaving, words: PageWords, chosen = "keep"): Html {
  const { say } = words;
  const name = html`<bdi>${page.name}</bdi>`;
  const option = (value: string, text: string): Html =>
    html`<option value="${value}" ${value === chosen ? html`selected` : ""}>${text}</option>`;
  const [given, left] = [(shares ?? []).filter((one) => one.name !== undefined), (shares ?? []).at(-1)];
  return html`<label
      >${say("plans.leaveTo")}
      <select name="transferTo">
        ${option("keep", say("plans.leaveKeep"))}
        ${given.length === 0 ? "" : option("distribute", say("plans.leaveDistribute"))}
        ${
          heirs.length === 0
            ? ""
            : html`<optgroup label="${say("plans.leaveAllTo", { numb: deals.count })}">
                ${heirs.map((heir) => option(`${MEMBER}${heir.userId}`, heir.name))}
              </optgroup>`
        }
      </select></label
    >
    <ul class="whole soft">
      <li>${rich(words, "plans.leaveKept", { numb: deals.count, name })}</li>
      ${given.length === 0 ? "" : html`<li>${rich(words, "plans.leaveShares", { list: sharesView(given, words) })}</li>`}
      ${
        left === undefined || left.name !== undefined
          ? ""
          : html`<li>${rich(words, "plans.leaveNobody", { numb: left.count, name })}</li>`
      }
      ${shares === undefined ? html`<li>${say("plans.leaveByHand")}</li>` : ""}
    </ul>`;
}
