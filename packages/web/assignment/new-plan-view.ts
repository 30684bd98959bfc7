import { statusKinds } from "@regulars/core/sales-plans/status";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { newPlanPath, plansPath, reasonsPath } from "../page/addresses.ts";
import { codeSelect } from "../page/code-choices.ts";
import { enterButton, rowsIn, rowsOf, rowsView } from "../page/form-rows.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import { hoursView } from "./member-rows.ts";
import { reasonField } from "./new-plan-form.ts";
import type { NewPlanPage } from "./new-plan-page.ts";
import { option } from "../page/option.ts";
import { type Fields, rules } from "./plan-form.ts";
import { ruleText } from "./rule-text.ts";

/** The form of a new sales plan: a refused one as it was filled. */
export function newPlanView(page: NewPlanPage, words: PageWords, refused?: RefusedForm): Html {
  const { say } = words;
  const { tenantId } = page.tenant;
  const filled = filledIn(refused);
  return layout({
    title: say("plans.newPlan"),
    crumbs: [{ name: say("home.plans"), path: plansPath(tenantId) }],
    main: html`<h1>${say("plans.newPlan")}</h1>
      <p class="lead">${say("plans.newPlanLead")}</p>
      ${refusedView(refused)}
      <form class="status-form" method="post" action="${newPlanPath(tenantId)}">
        ${enterButton("do", "save")}
        <input type="hidden" name="planId" value="${filled["planId"] ?? page.planId}" />
        ${planView(page, filled, words)} ${statusesView(page, filled, words)} ${membersView(page, filled, words)}
        <p class="review"><button class="button" name="do" value="save">${say("plans.create")}</button></p>
      </form>`,
  });
}

function planView({ tenant }: NewPlanPage, filled: Fields, words: PageWords): Html {
  const { say } = words;
  return html`<section class="card" aria-labelledby="plan">
    <h2 id="plan">${say("plans.plan")}</h2>
    <div class="settings">
      <label>${say("plans.name")} <input name="name" maxlength="100" value="${filled["name"] ?? ""}" required /></label>
      <label
        >${say("plans.label")} <input name="label" maxlength="40" value="${filled["label"] ?? ""}" />
        <span class="soft">${say("plans.labelHint")}</span></label
      >
      <label
        >${say("plans.average")}
        <input name="averageAmount" inputmode="decimal" maxlength="64" value="${filled["averageAmount"] ?? ""}" />
        <span class="soft">${say("plans.averageHint")}</span></label
      >
      <label
        >${say("plans.currency")}
        ${codeSelect({ name: "currency", kind: "currency", value: filled["currency"] ?? tenant.currency }, words)}</label
      >
    </div>
  </section>`;
}

/** The columns of the board, from left to right: usual ones to begin with. */
function statusesView({ tenant, reasons }: NewPlanPage, filled: Fields, words: PageWords): Html {
  const { say } = words;
  const usual = [
    { name: say("plans.usual.new"), kind: "intermediate" },
    { name: say("plans.usual.contacted"), kind: "intermediate" },
    { name: say("plans.usual.offer"), kind: "intermediate" },
    { name: say("plans.usual.won"), kind: "won" },
    { name: say("plans.usual.lost"), kind: "lost" },
  ];
  return html`<section class="card" aria-labelledby="columns">
    <h2 id="columns">${say("plans.columns")}</h2>
    <p class="soft">${say("plans.columnsHint")}</p>
    ${rowsView(
      {
        name: "statuses",
        title: say("plans.statuses"),
        rows: rowsIn(filled, "statuses") ?? usual.map((texts, number) => ({ number, texts })),
        isOrdered: true,
        draw: (texts, nameOf) =>
          html`<label
              >${say("plans.name")} <input name="${nameOf("name")}" maxlength="100" value="${texts["name"] ?? ""}"
            /></label>
            <label
              >${say("plans.kind")}
              <select name="${nameOf("kind")}">
                ${statusKinds.map((kind) => option(kind, say(`plans.kind.${kind}`), kind === texts["kind"]))}
              </select></label
            >`,
      },
      words,
    )}
    <fieldset class="row-list">
      <legend>${say("plans.offeredWhenLost")}</legend>
      ${
        reasons.length === 0
          ? html`<p><a href="${reasonsPath(tenant.tenantId)}">${say("plans.reasons")}</a></p>`
          : html`<div role="group">
              ${reasons.map(({ reasonId, name }) => box(reasonField(reasonId), html`<bdi>${name}</bdi>`, filled))}
            </div>`
      }
      <div role="group">${box("isRequired", say("plans.required"), filled)}</div>
    </fieldset>
  </section>`;
}

function membersView({ users }: NewPlanPage, filled: Fields, words: PageWords): Html {
  const { say } = words;
  return html`<section class="card" aria-labelledby="who">
    <h2 id="who">${say("plans.rules")}</h2>
    <p class="review">
      <label
        >${say("plans.distribution")}
        <select name="distribution">
          ${rules.map((one) => option(one, ruleText(words, one), one === filled["distribution"]))}
        </select></label
      >
    </p>
    ${rowsView(
      {
        name: "members",
        title: say("plans.members"),
        rows: rowsIn(filled, "members") ?? rowsOf([]),
        draw: (texts, nameOf) =>
          html`<label
              >${say("form.member")}
              <select name="${nameOf("userId")}">
                ${option("", say("plans.nobody"), (texts["userId"] ?? "") === "")}
                ${users.map(({ userId, name }) => option(userId, name, userId === texts["userId"]))}
              </select></label
            >
            <label
              >${say("plans.weight")}
              <input type="number" name="${nameOf("weight")}" min="1" max="100" value="${texts["weight"] ?? "1"}"
            /></label>
            <label
              >${say("plans.cap")}
              <input type="number" name="${nameOf("cap")}" min="0" max="100000" value="${texts["cap"] ?? ""}"
            /></label>`,
      },
      words,
    )}
    <p class="soft">${say("plans.hoursHint")}</p>
    ${hoursView([], filled, words)}
    <p class="soft">${say("plans.membersLater")}</p>
  </section>`;
}

const box = (field: string, text: Html | string, filled: Fields): Html =>
  html`<label
    ><input type="checkbox" name="${field}" ${filled[field] === undefined ? "" : html`checked`} /> ${text}</label
  >`;
