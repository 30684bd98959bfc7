import type { Tenant } from "@regulars/core/tenants/tenant";
import type { OpenDeals } from "@regulars/flows/assignment/open-deals-of";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { dealPath, planPath } from "../page/addresses.ts";
import type { Html } from "../page/layout.ts";
import { rich } from "../page/rich.ts";

/** Open deals that would have nobody who works on them, by plan; the first of them lead to their pages. */
export const openDealsView = (
  { tenantId }: Pick<Tenant, "tenantId">,
  name: string,
  { count, plans }: OpenDeals,
  words: PageWords,
): Html =>
  html`<p>${rich(words, "users.deals", { numb: count, name: html`<bdi>${name}</bdi>` })}</p>
    <ul>
      ${plans.map(({ plan, count: inPlan, first }) => {
        const more = inPlan - first.length;
        return html`<li>
          <a href="${planPath(tenantId, plan.planId)}"><bdi>${plan.name}</bdi></a>
          (${words.formats.number(inPlan)})${first.map(
            (deal, index) =>
              html`${index === 0 ? ": " : ", "}<a href="${dealPath(tenantId, plan.planId, deal.dealId)}"
                  ><bdi>${deal.title}</bdi></a
                >`,
          )}${first.length === 0 || more === 0 ? "" : html`, ${words.say("common.more", { numb: more })}`}
        </li>`;
      })}
    </ul>`;
