import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { newPlanPath, planPath, planSettingsPath, reasonsPath, refusalsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import type { PlansPage } from "./reasons-page.ts";

/** All sales plans of a tenant. */
export const plansView = ({ tenant, plans, mayManage }: PlansPage, { say }: PageWords): Html =>
  layout({
    title: say("home.plans"),
    main: html`<div class="part-head">
        <h1>${say("home.plans")}</h1>
        ${mayManage ? html`<a class="button main" href="${newPlanPath(tenant.tenantId)}">${say("plans.newPlan")}</a>` : ""}
      </div>
      <p class="lead"><bdi>${tenant.name}</bdi></p>
      ${
        plans.length === 0
          ? html`<p class="empty">${say(mayManage ? "plans.noPlans" : "plans.noPlansOfYours")}</p>`
          : html`<div class="card scroll" role="group" aria-label="${say("home.plans")}" tabindex="0">
              <table>
                <thead>
                  <tr>
                    <th scope="col">${say("plans.name")}</th>
                    <th scope="col" class="roomy">${say("plans.label")}</th>
                    <th scope="col" class="number">${say("plans.members")}</th>
                    <th scope="col" class="roomy">${say("plans.statuses")}</th>
                    ${mayManage ? html`<th scope="col">${say("common.settings")}</th>` : ""}
                  </tr>
                </thead>
                <tbody>
                  ${plans.map(
                    ({ planId, name, label, members, statuses, isArchived }) =>
                      html`<tr>
                        <th scope="row">
                          <a href="${planPath(tenant.tenantId, planId)}"><bdi>${name}</bdi></a>
                          ${isArchived ? html`<span class="mark state">${say("plans.archived")}</span>` : ""}
                        </th>
                        <td class="roomy"><bdi>${label}</bdi></td>
                        <td class="number">${members.length}</td>
                        <td class="roomy"><bdi>${statuses.map((status) => status.name).join(" · ")}</bdi></td>
                        ${
                          mayManage
                            ? html`<td>
                                <a href="${planSettingsPath(tenant.tenantId, planId)}"
                                  >${say("plans.settingsOf", { name })}</a
                                >
                              </td>`
                            : ""
                        }
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
      }
      <p>
        <a href="${refusalsPath(tenant.tenantId)}">${say("place.lost")}</a>
        ${mayManage ? html` · <a href="${reasonsPath(tenant.tenantId)}">${say("plans.reasons")}</a>` : ""}
      </p>`,
  });
