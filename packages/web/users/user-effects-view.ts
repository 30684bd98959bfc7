import type { User } from "@regulars/core/access/user";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { GoesTo, UserEffects } from "@regulars/flows/users/preview-user";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { openDealsView } from "../sales-plans/open-deals-view.ts";
import { planPath } from "../page/addresses.ts";
import type { Html } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import { withCommas } from "../page/with-commas.ts";

/** What saving a user would change for deals, leads, customers and messages: items of a list. */
export function userEffectsView(
  tenant: Tenant,
  { name }: Pick<User, "name">,
  { customers, deals, followUps, leads, news, messages, digest }: UserEffects,
  words: PageWords,
): Html {
  const { say } = words;
  const plansView = (id: "users.leadsEnded" | "users.leadsUnassigned" | "users.leadsTried", plans: Plans): Html | "" =>
    plans.length === 0 ? "" : html`<li>${rich(words, id, { plan: namesOf(tenant, plans) })}</li>`;
  return html`<li>${say("users.customers", { numb: customers })}</li>
    ${goingView(news, words, "users.newsTo", "users.newsToNobody")}
    ${deals.count === 0 ? "" : html`<li>${openDealsView(tenant, name, deals, words)}</li>`}
    ${plansView("users.leadsEnded", leads.ended)} ${plansView("users.leadsUnassigned", leads.unassigned)}
    ${plansView("users.leadsTried", leads.tried)}
    ${followUps === 0 ? "" : html`<li>${say("users.followUps", { numb: followUps })}</li>`}
    ${goingView(messages, words, "users.messagesTo", "users.messagesToNobody")}
    ${digest.now && !digest.after ? html`<li>${say("users.digestEnds")}</li>` : ""}
    ${!digest.now && digest.after ? html`<li>${say("users.digestBegins")}</li>` : ""}`;
}

type Plans = readonly SalesPlan[];

const namesOf = ({ tenantId }: Tenant, plans: Plans): Html =>
  withCommas(plans.map(({ planId, name }) => html`<a href="${planPath(tenantId, planId)}"><bdi>${name}</bdi></a>`));

const goingView = (
  going: readonly GoesTo[],
  words: PageWords,
  toSomebody: "users.newsTo" | "users.messagesTo",
  toNobody: "users.newsToNobody" | "users.messagesToNobody",
): readonly Html[] =>
  going.map(
    ({ to, count: numb }) =>
      html`<li>
        ${
          to === undefined
            ? words.say(toNobody, { numb })
            : rich(words, toSomebody, { numb, name: html`<bdi>${to.name}</bdi>` })
        }
      </li>`,
  );
