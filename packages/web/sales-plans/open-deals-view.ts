import type { Tenant } from "@regulars/core/tenants/tenant";
import type { OpenDeals } from "@regulars/flows/assignment/open-deals-of";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { dealPath, planPath } from "../page/addresses.ts";
import type { Html } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import { withCommas } from "../page/with-commas.ts";

type Of = Pick<Tenant, "tenantId">;

/** Open deals that would have nobody who works on them, by plan; the first of them lead to their pages. */
export const openDealsView = (tenant: Of, name: string, { count, plans }: OpenDeals, words: PageWords): Html =>
  html`<p>${rich(words, "users.deals", { numb: count, name: html`<bdi>${name}</bdi>` })}</p>
    <ul>
      ${plans.map(
        (inPlan) =>
          html`<li>
            <a href="${planPath(tenant.tenantId, inPlan.plan.planId)}"><bdi>${inPlan.plan.name}</bdi></a>
            (${words.formats.number(inPlan.count)})${inPlan.first.length === 0 ? "" : html`: ${firstDeals(tenant, inPlan, words)}`}
          </li>`,
      )}
    </ul>`;

/** The first open deals of a plan, with how many more there are. */
export function firstDeals(
  { tenantId }: Of,
  { plan, count, first }: OpenDeals["plans"][number],
  words: PageWords,
): Html {
  const more = count - first.length;
  return html`${withCommas(
    first.map(
      ({ dealId, title }) => html`<a href="${dealPath(tenantId, plan.planId, dealId)}"><bdi>${title}</bdi></a>`,
    ),
  )}${more === 0 ? "" : html`, ${words.say("common.more", { numb: more })}`}`;
}
