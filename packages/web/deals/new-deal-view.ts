import type { Deal } from "@regulars/core/deals/deal";
import { duplicateChoices } from "@regulars/core/leads/lead-payload";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { option } from "../page/option.ts";
import { distributionText } from "../assignment/rule-text.ts";
import { dealPath, newDealPath, planPath } from "../page/addresses.ts";
import { codeSelect } from "../page/code-choices.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import { rich } from "../page/rich.ts";
import type { NewDealPage } from "./new-deal-page.ts";

interface Drawn {
  readonly page: NewDealPage;
  readonly words: PageWords;
  /** What was filled in. */
  readonly filled: Readonly<Record<string, string>>;
}

/** The form of a new deal: a refused one as it was filled. */
export function newDealView(page: NewDealPage, words: PageWords, refused?: RefusedForm): Html {
  const { say } = words;
  const { plan, tenant } = page;
  const drawn = { page, words, filled: filledIn(refused) };
  return framed(
    drawn,
    say("newDeal.title"),
    html`<p class="lead">${say("newDeal.lead")}</p>
      ${refusedView(refused)}
      <form class="status-form" method="post" action="${newDealPath(tenant.tenantId, plan.planId)}">
        <input type="hidden" name="key" value="${drawn.filled["key"] ?? page.requestId}" />
        ${whoView(drawn)} ${termsView(drawn)}
        <p class="review"><button class="button main">${say("newDeal.add")}</button></p>
      </form>`,
  );
}

const framed = ({ page: { tenant, plan } }: Pick<Drawn, "page">, title: string, body: Html): Html =>
  layout({
    title,
    crumbs: [{ name: plan.name, path: planPath(tenant.tenantId, plan.planId) }],
    main: html`<h1>${title}</h1>
      ${body}`,
  });

function whoView({ filled, words: { say } }: Drawn): Html {
  return html`<section class="card" aria-labelledby="who">
    <h2 id="who">${say("newDeal.who")}</h2>
    <p class="soft">${say("newDeal.whoHint")}</p>
    <div class="settings">
      <label
        >${say("users.name")} <input name="name" maxlength="200" autocomplete="off" value="${filled["name"] ?? ""}"
      /></label>
      <label
        >${say("users.email")}
        <input type="email" name="email" maxlength="254" autocomplete="off" value="${filled["email"] ?? ""}"
      /></label>
      <label
        >${say("users.phone")}
        <input type="tel" name="phone" maxlength="40" autocomplete="off" value="${filled["phone"] ?? ""}"
      /></label>
      <label
        >${say("newDeal.externalId")}
        <input name="externalId" maxlength="200" autocomplete="off" value="${filled["externalId"] ?? ""}" />
        <span class="soft">${say("newDeal.externalIdHint")}</span></label
      >
    </div>
  </section>`;
}

function termsView({ page, filled, words }: Drawn): Html {
  const { say } = words;
  const { plan, managers, reasons } = page;
  const usual = words.formats.money(plan.averageMinor, plan.currency);
  const first = plan.statuses.find(({ kind }) => kind === "intermediate")?.statusId;
  return html`<section class="card" aria-labelledby="terms">
    <h2 id="terms">${say("deal.deal")}</h2>
    <div class="settings">
      <label
        >${say("newDeal.dealTitle")}
        <input name="title" maxlength="200" autocomplete="off" value="${filled["title"] ?? ""}" />
        <span class="soft">${say("newDeal.titleHint")}</span></label
      >
      <label
        >${say("deal.amount")}
        <input name="amount" inputmode="decimal" maxlength="64" autocomplete="off" value="${filled["amount"] ?? ""}" />
        <span class="soft">${say("newDeal.amountHint", { amnt: usual })}</span></label
      >
      <label
        >${say("plans.currency")}
        ${codeSelect({ name: "currency", kind: "currency", value: filled["currency"] ?? plan.currency }, words)}</label
      >
      <label
        >${say("deals.status")}
        <select name="statusId">
          ${plan.statuses.map(({ statusId, name }) => option(statusId, name, statusId === (filled["statusId"] ?? first)))}
        </select></label
      >
      <label
        >${say("deal.reasonWhenLost")}
        <select name="reasonId">
          ${option("", say("deal.noReason"), false)}
          ${reasons.map(({ reasonId, name }) => option(reasonId, name, reasonId === filled["reasonId"]))}
        </select></label
      >
      <label
        >${say("deal.clarification")}
        <input name="clarification" maxlength="500" autocomplete="off" value="${filled["clarification"] ?? ""}"
      /></label>
      <label
        >${say("deal.manager")}
        <select name="managerId">
          ${option("", say("newDeal.byPlan"), false)}
          ${managers.map(({ userId, name }) => option(userId, name, userId === filled["managerId"]))}
        </select>
        <span class="soft">${say("board.newLeads", { rule: distributionText(words, plan.distribution) })}</span></label
      >
      <label
        >${say("newDeal.again")}
        <select name="onDuplicate">
          ${duplicateChoices.map((one) => option(one, say(`newDeal.again.${one}`), one === filled["onDuplicate"]))}
        </select></label
      >
    </div>
  </section>`;
}

/** What a form came to when its deal is no new card on the viewer's board. */
export type NewDealOutcome =
  | { readonly type: "waits" | "notYours" | "hidden" }
  | { readonly type: "there" | "updated"; readonly deal: Pick<Deal, "dealId" | "title"> };

export function newDealOutcomeView(page: NewDealPage, words: PageWords, came: NewDealOutcome): Html {
  const { say } = words;
  const { tenantId } = page.tenant;
  const { planId } = page.plan;
  const isNew = came.type === "waits" || came.type === "notYours";
  const said =
    "deal" in came
      ? rich(words, `newDeal.${came.type}`, {
          link: html`<a href="${dealPath(tenantId, planId, came.deal.dealId)}"><bdi>${came.deal.title}</bdi></a>`,
        })
      : html`${say(`newDeal.${came.type}`)}`;
  return framed(
    { page },
    say(isNew ? "newDeal.added" : "newDeal.thereTitle"),
    html`<p role="status">${said}</p>
      <p>
        <a href="${planPath(tenantId, planId)}">${say("many.back")}</a> ·
        <a href="${newDealPath(tenantId, planId)}">${say("newDeal.another")}</a>
      </p>`,
  );
}
