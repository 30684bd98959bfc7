import { type Status, statusKinds } from "@regulars/core/sales-plans/status";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { dot } from "../sales-plans/status-dot.ts";
import type { Html } from "../page/layout.ts";
import { type Both, bothView } from "../page/stale-form.ts";
import { type PlanForms, filledOf, planForm } from "./plan-form-view.ts";
import { option } from "../page/option.ts";

/** The columns of a plan in their order: dragged, or moved by buttons. */
export function statusesView(forms: PlanForms): Html {
  const { page, words } = forms;
  const { say } = words;
  const { statuses } = page.plan;
  const filled = filledOf(forms, "add-status");
  return html`<section class="card" aria-labelledby="statuses">
    <h2 id="statuses">${say("plans.statuses")}</h2>
    ${orderForm(
      forms,
      "order-statuses",
      html`<input type="hidden" name="action" value="order" />`,
      statuses.map(({ statusId }) => statusId),
    )}
    <ol class="ordered" data-order="order-statuses">
      ${statuses.map((status) => statusView(forms, status))}
    </ol>
    <h3>${say("plans.newStatus")}</h3>
    ${planForm(
      forms,
      "add-status",
      html`<label
          >${say("plans.name")} <input name="name" maxlength="100" value="${filled["name"] ?? ""}" required
        /></label>
        <label
          >${say("plans.kind")}
          <select name="kind">
            ${statusKinds.map((kind) => option(kind, say(`plans.kind.${kind}`), kind === filled["kind"]))}
          </select></label
        >
        <button class="button">${say("plans.add")}</button>`,
    )}
  </section>`;
}

/** The form that the buttons and the grips of a list send: its order, and what moves in it. */
const orderForm = ({ page: { path, plan } }: PlanForms, id: string, fields: Html, ids: readonly string[]): Html =>
  html`<form id="${id}" method="post" action="${path}">
    ${fields}<input type="hidden" name="version" value="${plan.version}" /><input
      type="hidden"
      name="order"
      value="${ids.join(",")}"
    />
  </form>`;

/** Buttons that move an entry of a list; the grip is for who has a script. */
function orderButtons(
  { words: { say } }: PlanForms,
  form: string,
  id: string,
  name: string,
  at: { readonly first: boolean; readonly last: boolean },
): Html {
  return html`<span class="order-of">
    <button type="button" class="grip" hidden aria-label="${say("plans.drag", { name })}"></button>
    <button
      class="button"
      form="${form}"
      name="up"
      value="${id}"
      aria-label="${say("plans.up", { name })}"
      ${at.first ? html`disabled` : ""}
    >
      ↑
    </button>
    <button
      class="button"
      form="${form}"
      name="down"
      value="${id}"
      aria-label="${say("plans.down", { name })}"
      ${at.last ? html`disabled` : ""}
    >
      ↓
    </button>
  </span>`;
}

function statusView(forms: PlanForms, status: Status): Html {
  const { page, words } = forms;
  const { say } = words;
  const { statusId, name, colour, kind } = status;
  const { statuses } = page.plan;
  const heirs = statuses.filter((one) => one.kind === kind && one.statusId !== statusId);
  const filled = { name, colour, ...filledOf(forms, "status", statusId) };
  const gone = filledOf(forms, "delete-status", statusId);
  const at = { first: statuses[0] === status, last: statuses.at(-1) === status };
  return html`<li data-id="${statusId}">
    <p>
      ${orderButtons(forms, "order-statuses", statusId, name, at)} ${dot(colour)} <strong><bdi>${name}</bdi></strong>
      <span class="soft">${say(`plans.kind.${kind}`)}</span>
    </p>
    <details
      ${gone["moveTo"] === undefined && filledOf(forms, "status", statusId)["name"] === undefined ? "" : html`open`}
    >
      <summary>${say("plans.changeOf", { name })}</summary>
      ${forms.isStale && filledOf(forms, "status", statusId)["version"] !== undefined ? bothView(bothOf(status, filled, words), words) : ""}
      ${planForm(
        forms,
        "status",
        html`<input type="hidden" name="statusId" value="${statusId}" />
          <label>${say("plans.name")} <input name="name" maxlength="100" value="${filled.name}" required /></label>
          <label>${say("plans.colour")} <input type="color" name="colour" value="${filled.colour}" /></label>
          <button class="button">${say("common.save")}</button>`,
      )}
      ${kind === "lost" ? reasonsOf(forms, status) : ""}
      ${
        heirs.length === 0
          ? ""
          : planForm(
              forms,
              "delete-status",
              html`<input type="hidden" name="statusId" value="${statusId}" />
                <label
                  >${say("plans.moveTo")}
                  <select name="moveTo">
                    ${heirs.map((heir) => option(heir.statusId, heir.name, heir.statusId === gone["moveTo"]))}
                  </select></label
                >
                <button class="button">${say("plans.deleteOf", { name })}</button>`,
            )
      }
    </details>
  </li>`;
}

/** A status as it is stored, and as a form has it. */
const bothOf = (
  now: Pick<Status, "name" | "colour">,
  yours: Pick<Status, "name" | "colour">,
  { say }: PageWords,
): readonly Both[] =>
  (["name", "colour"] as const).map((part) => ({ name: say(`plans.${part}`), now: now[part], yours: yours[part] }));

/** The reasons that a status offers, in the order in which they are offered. */
function reasonsOf(forms: PlanForms, { statusId, refusal }: Status): Html {
  const { page, words } = forms;
  const { say } = words;
  const offered = refusal?.reasonIds ?? [];
  const form = `reasons-${statusId}`;
  const nameOf = (id: string): string => page.reasons.find(({ reasonId }) => reasonId === id)?.name ?? id;
  const others = page.reasons.filter(({ reasonId, isArchived }) => !isArchived && !offered.includes(reasonId));
  const action = html`<input type="hidden" name="action" value="reasons" /><input
      type="hidden"
      name="statusId"
      value="${statusId}"
    />`;
  return html`<h3>${say("plans.offered")}</h3>
    ${orderForm(forms, form, action, offered)}
    <ol class="ordered" data-order="${form}">
      ${offered.map((id, i) => {
        const at = { first: i === 0, last: i === offered.length - 1 };
        return html`<li data-id="${id}">
          ${orderButtons(forms, form, id, nameOf(id), at)} <bdi>${nameOf(id)}</bdi>
          <button
            class="button"
            form="${form}"
            name="drop"
            value="${id}"
            aria-label="${say("plans.dropOf", { name: nameOf(id) })}"
          >
            ${say("common.remove")}
          </button>
        </li>`;
      })}
    </ol>
    <p class="review">
      <label
        ><input type="checkbox" name="isRequired" form="${form}" ${refusal?.isRequired === true ? html`checked` : ""} />
        ${say("plans.required")}</label
      >
      <label
        >${say("plans.addReason")}
        <select name="add" form="${form}">
          <option value="">${say("plans.none")}</option>
          ${others.map(({ reasonId, name }) => option(reasonId, name, false))}
        </select></label
      >
      <button class="button" form="${form}">${say("common.save")}</button>
    </p>`;
}
