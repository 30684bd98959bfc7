import type { Assignment } from "@regulars/core/assignment/assignment";
import { html } from "hono/html";
import { offeredReasons } from "@regulars/core/sales-plans/refusal";
import { planPath } from "../page/addresses.ts";
import { dot } from "../sales-plans/status-dot.ts";
import { assignmentReason } from "@regulars/render/deals/assignment-reason";
import type { DealView } from "./deal-page.ts";
import { mailLink, phoneView } from "../page/contacts-view.ts";
import { customerLink } from "../page/customer-links.ts";
import { type Html, layout } from "../page/layout.ts";
import { ruleText } from "../assignment/rule-text.ts";
import { moment } from "../page/moments.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { rich } from "../page/rich.ts";

/** A deal: status, contact, actions, why it has this manager, and its log. */
export function dealView(deal: DealView, refused?: RefusedForm): Html {
  const page = { ...deal, refused };
  return dealPageView(page);
}

/** A deal's page with the form that was refused, if any. */
interface Shown extends DealView {
  readonly refused: RefusedForm | undefined;
}

function dealPageView(page: Shown): Html {
  const { tenant, plan, deal, assignment } = page;
  return layout({
    title: deal.title,
    crumbs: [{ name: plan.name, path: planPath(tenant.tenantId, plan.planId) }],
    main: html`<p class="kind">${statusView(page)}</p>
      <h1><bdi>${deal.title}</bdi></h1>
      ${figuresView(page)}
      <div class="columns">${personView(page)} ${formsView(page)}</div>
      ${assignment === undefined ? "" : assignmentView(assignment, page)}
      <section class="card" aria-labelledby="log">
        <h2 id="log">${page.words.say("deal.log")}</h2>
        <ol class="log">
          ${page.log.map(
            ({ at, who, what, detail }) =>
              html`<li>
                <p><bdi>${what}</bdi>${detail === undefined ? "" : html` – <bdi>${detail}</bdi>`}</p>
                <p class="soft">${moment(at)} · <bdi>${who}</bdi></p>
              </li>`,
          )}
        </ol>
      </section>`,
  });
}

function statusView({ words, deal, status }: DealView): Html {
  if (deal.removedAt !== undefined) return html`${words.say("deal.removed")}`;
  return html`${status === undefined ? "" : dot(status.colour)} <bdi>${status?.name ?? deal.statusId}</bdi>`;
}

const figuresView = ({ words: { say }, deal, amount, created, nameOf }: DealView): Html =>
  html`<dl class="figures">
    <div>
      <dt>${say("deal.amount")}</dt>
      <dd>${amount}</dd>
    </div>
    <div>
      <dt>${say("deal.manager")}</dt>
      <dd><bdi>${deal.managerId === undefined ? say("deal.nobody") : nameOf(deal.managerId)}</bdi></dd>
    </div>
    <div>
      <dt>${say("deal.since")}</dt>
      <dd>${moment(created)}</dd>
    </div>
    <div>
      <dt>${say("deal.deal")}</dt>
      <dd><code>${deal.dealId}</code></dd>
    </div>
  </dl>`;

function personView({ tenant, words, person, customer, deal }: DealView): Html {
  const { name, email, phone, externalId } = person ?? {};
  const integration = deal.source?.tunnelId;
  return html`<section class="card" aria-labelledby="person">
    <h2 id="person">${words.say("deal.person")}</h2>
    <p>
      <strong><bdi>${name ?? words.say("deal.noName")}</bdi></strong>
    </p>
    <p class="review">
      ${phone === undefined ? "" : phoneView(phone, name ?? words.say("deal.noName"), words)}
      ${email === undefined ? "" : html`<a class="button" href="${mailLink(email)}"><bdi>${email}</bdi></a>`}
    </p>
    ${customer === undefined ? "" : html`<p>${rich(words, "deal.worksAt", { name: customer.isSeen ? customerLink(tenant, customer.customerId, customer.name) : html`<bdi>${customer.name}</bdi>` })}</p>`}
    ${externalId === undefined ? "" : html`<p class="soft">${rich(words, "deal.externalId", { code: html`<code>${externalId}</code>` })}</p>`}
    ${integration === undefined ? "" : html`<p class="soft">${rich(words, "deal.cameFrom", { name: html`<bdi>${integration}</bdi>` })}</p>`}
  </section>`;
}

function formsView(page: Shown): Html {
  const { deal } = page;
  const move = deal.closing === undefined && page.mayEdit ? moveForm(page) : html``;
  const cancel = deal.closing !== undefined && page.mayOverrule ? cancelForm(page) : html``;
  if (deal.removedAt !== undefined || !(page.mayEdit || page.mayOverrule)) return html``;
  return html`<section class="card" aria-labelledby="do">
    <h2 id="do">${page.words.say("deal.do")}</h2>
    ${refusedView(page.refused, choicesOf(page))} ${move} ${cancel} ${page.mayOverrule ? transferForm(page) : ""}
  </section>`;
}

/** The reasons that the chosen status offers, if a move to it was refused. */
function choicesOf({ words: { say }, refused, plan, reasons }: Shown): string | undefined {
  if (refused?.fields["action"] !== "move") return undefined;
  const status = plan.statuses.find(({ statusId }) => statusId === refused.fields["statusId"]);
  if (status?.kind !== "lost") return undefined;
  const offered = offeredReasons(status, reasons);
  if (offered.length === 0) return undefined;
  const texts = offered.map(({ name, needsClarification }) =>
    needsClarification ? say("deal.withClarification", { name }) : name,
  );
  return say("deal.reasons", { list: texts.join(", ") });
}

/** What was filled into a field of the refused form. */
const filled = ({ refused }: Shown, action: string, field: string): string | undefined =>
  refused?.fields["action"] === action ? refused.fields[field] : undefined;

const chosen = (isIt: boolean): Html => (isIt ? html`selected` : html``);

/**
 * A form with one action on the version of the deal that the page shows; it is refused if the deal has changed since.
 */
const dealForm = (page: Shown, action: string, fields: Html, button: string): Html =>
  html`<form class="review" method="post" action="${page.path}">
    <input type="hidden" name="action" value="${action}" />
    <input type="hidden" name="version" value="${page.deal.version}" />
    ${fields}
    <button class="button">${button}</button>
  </form>`;

const moveForm = (page: Shown): Html =>
  dealForm(
    page,
    "move",
    html`<label
        >${page.words.say("deal.moveTo")}
        <select name="statusId">
          ${page.plan.statuses
            .filter(({ statusId }) => statusId !== page.status?.statusId)
            .map(
              ({ statusId, name }) =>
                html`<option value="${statusId}" ${chosen(statusId === filled(page, "move", "statusId"))}>
                  ${name}
                </option>`,
            )}
        </select></label
      >
      <label
        >${page.words.say("deal.reasonWhenLost")}
        <select name="reasonId">
          <option value="">${page.words.say("deal.noReason")}</option>
          ${page.reasons.map(
            ({ reasonId, name }) =>
              html`<option value="${reasonId}" ${chosen(reasonId === filled(page, "move", "reasonId"))}>
                ${name}
              </option>`,
          )}
        </select></label
      >
      <label
        >${page.words.say("deal.clarification")}
        <input
          type="text"
          name="clarification"
          maxlength="500"
          autocomplete="off"
          value="${filled(page, "move", "clarification") ?? ""}"
      /></label>`,
    page.words.say("deal.move"),
  );

const cancelForm = (page: Shown): Html =>
  dealForm(
    page,
    "cancel",
    html`<label
      >${page.words.say("deal.comment")}
      <input
        type="text"
        name="comment"
        maxlength="500"
        autocomplete="off"
        value="${filled(page, "cancel", "comment") ?? ""}"
    /></label>`,
    page.words.say("deal.reopen"),
  );

const transferForm = (page: Shown): Html =>
  dealForm(
    page,
    "transfer",
    html`<label
      >${page.words.say("deal.transferTo")}
      <select name="to">
        ${page.plan.members
          .filter(({ userId }) => userId !== page.deal.managerId)
          .map(
            ({ userId }) =>
              html`<option value="${userId}" ${chosen(userId === filled(page, "transfer", "to"))}>
                ${page.nameOf(userId)}
              </option>`,
          )}
      </select></label
    >`,
    page.words.say("deal.transfer"),
  );

function assignmentView(assignment: Assignment, { words, nameOf }: DealView): Html {
  const { rule, candidates, skipped } = assignment;
  const { say } = words;
  return html`<section class="card" aria-labelledby="why">
    <h2 id="why">${say("assigned.title")}</h2>
    <p>
      <bdi>${assignmentReason(assignment, nameOf, words)}</bdi>
      <span class="soft">${say("assigned.rule", { text: ruleText(words, rule) })}</span>
    </p>
    ${
      candidates.length === 0
        ? ""
        : html`<div class="scroll" role="group" aria-label="${say("assigned.candidates")}" tabindex="0">
            <table>
              <thead>
                <tr>
                  <th scope="col">${say("assigned.candidate")}</th>
                  <th scope="col" class="number">${say("assigned.load")}</th>
                  <th scope="col" class="number">${say("assigned.weight")}</th>
                </tr>
              </thead>
              <tbody>
                ${candidates.map(
                  ({ userId, load, weight }) =>
                    html`<tr>
                      <th scope="row"><bdi>${nameOf(userId)}</bdi></th>
                      <td class="number">${load}</td>
                      <td class="number">${weight}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    ${skipped.map(
      ({ userId, reason }) =>
        html`<p class="soft">
          ${rich(words, "assigned.skipped", { name: html`<bdi>${nameOf(userId)}</bdi>`, text: say(`assigned.skip.${reason}`) })}
        </p>`,
    )}
  </section>`;
}
