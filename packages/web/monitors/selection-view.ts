import { activityTypes } from "@regulars/core/customers/activity";
import { counted } from "@regulars/core/platform/counted";
import type { ActionPreview } from "@regulars/flows/monitors/preview-action";
import { html } from "hono/html";
import { selectionPath, selectionsPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { actionNames } from "./selection-actions-page.ts";
import type { SelectionMember, SelectionPage, ShownAction } from "./selections-page.ts";
import { kindText } from "./selections-view.ts";

/** One selection: who is in it, and what is done for them, counted and shown before it starts. */
export function selectionView(page: SelectionPage, form: RefusedForm, isRefused: boolean): Html {
  const { tenant, selection, asOf, total, members, sentence, mayManage } = page;
  const path = selectionPath(tenant.tenantId, selection.selectionId);
  return layout({
    title: `${selection.name} at ${tenant.name}`,
    crumbs: [{ name: "Selections", path: selectionsPath(tenant.tenantId) }],
    main: html`<h1><bdi>${selection.name}</bdi></h1>
      <p class="lead">
        ${kindText(selection.kind)}, ${asOf}: ${counted(total, "member")}.
        ${sentence === undefined ? "" : html`<bdi>${sentence}</bdi>`}
      </p>
      ${isRefused ? refusedView(form) : ""} ${page.action === undefined ? "" : actionView(page.action, path)}
      ${page.preview === undefined ? "" : previewView(page.preview, form, path)}
      <section class="card" aria-labelledby="members">
        <h2 id="members">Members</h2>
        <p><a href="${path}/call-list.csv">Call list as CSV</a></p>
        ${members.length === 0 ? html`<p class="empty">Nobody is in it.</p>` : membersView(page, path)}
        ${total > members.length ? html`<p class="soft">The first ${members.length} are shown.</p>` : ""}
      </section>
      ${mayManage ? html`${actionForm(path, form)} ${changeForms(page, path, form)}` : ""}`,
  });
}

const membersView = ({ members, selection, mayManage }: SelectionPage, path: string): Html =>
  html`<ul>
    ${members.map((member) => html`<li>${memberText(member)} ${mayManage && selection.kind === "static" ? removeForm(member, path) : ""}</li>`)}
  </ul>`;

const memberText = ({ name, customerName, ownerId }: SelectionMember): Html =>
  html`<bdi>${name}</bdi>${name === customerName ? "" : html`, <bdi>${customerName}</bdi>`}
    <span class="soft"><bdi>${ownerId}</bdi></span>`;

const removeForm = ({ ownerId, name }: SelectionMember, path: string): Html =>
  html`<form class="review" method="post" action="${path}">
    <input type="hidden" name="do" value="remove" /><input type="hidden" name="ids" value="${ownerId}" />
    <button class="button" aria-label="Take ${name} out">Take out</button>
  </form>`;

/** The form of an action: it is shown what it would do first. */
function actionForm(path: string, { fields }: RefusedForm): Html {
  const { action = "follow-up", type = "call", subject = "", text = "" } = fields;
  return html`<section class="card" aria-labelledby="act">
    <h2 id="act">Do something for all members</h2>
    <form class="review" method="post" action="${path}">
      <input type="hidden" name="do" value="preview" />
      <label
        >What
        <select name="action">
          ${Object.entries(actionNames).map(([id, name]) => html`<option value="${id}" ${id === action ? "selected" : ""}>${name}</option>`)}
        </select></label
      >
      <label
        >As, for follow-ups
        <select name="type">
          ${activityTypes.map((one) => html`<option value="${one}" ${one === type ? "selected" : ""}>${one}</option>`)}
        </select></label
      >
      <label>Subject, for a mailing <input name="subject" maxlength="200" value="${subject}" /></label>
      <label
        >Text, with variables like &lt;name&gt;, &lt;cont&gt;, &lt;cpho&gt;
        <textarea name="text" rows="5" maxlength="5000" required>${text}</textarea>
      </label>
      <button class="button">Show what it would do</button>
    </form>
  </section>`;
}

/** What an action would do, with the button that starts it. */
function previewView({ total, made, leftOut, examples }: ActionPreview, { fields }: RefusedForm, path: string): Html {
  const isMailing = fields["action"] === "mailing";
  return html`<section class="card" aria-labelledby="preview">
    <h2 id="preview">What it would do</h2>
    <p>
      ${counted(total, "member")}: ${counted(made, isMailing ? "e-mail" : "follow-up")}, ${leftOut.length} left out.
    </p>
    ${leftOut.length === 0 ? "" : leftOutView(leftOut.map(({ name, address = "", reason, detail }) => ({ name, address, reason: detail === undefined ? reason : `${reason}: ${detail}` })))}
    ${examples.map(
      ({ address, subject, text }) =>
        html`<blockquote class="follow-up">
          ${address === undefined ? "" : html`<p class="soft">To <bdi>${address}</bdi></p>`}
          ${
            subject === undefined
              ? ""
              : html`<p>
                  <strong><bdi>${subject}</bdi></strong>
                </p>`
          }
          <bdi>${text}</bdi>
        </blockquote>`,
    )}
    ${made === 0 ? "" : startForm(fields, path)}
  </section>`;
}

const startForm = (fields: RefusedForm["fields"], path: string): Html =>
  html`<form class="review" method="post" action="${path}">
    <input type="hidden" name="do" value="start" />
    ${["action", "type", "subject", "text"].map((name) => html`<input type="hidden" name="${name}" value="${fields[name] ?? ""}" />`)}
    <button class="button">Start it for the members of now</button>
  </form>`;

const leftOutView = (
  rows: readonly { readonly name: string; readonly address: string; readonly reason: string }[],
): Html =>
  html`<ul>
    ${rows.map(
      ({ name, address, reason }) =>
        html`<li>
          <bdi>${name}</bdi> <span class="soft"><bdi>${address}</bdi></span> ${reason}
        </li>`,
    )}
  </ul>`;

/** How far an action is, and who got nothing by it. */
const actionView = ({ operation, skipped }: ShownAction, path: string): Html =>
  html`<section class="card" aria-labelledby="progress" role="status">
    <h2 id="progress">${operation.state === "done" ? "Done" : "In progress"}</h2>
    <p>
      <progress max="${Math.max(1, operation.total)}" value="${operation.next}" aria-label="Members done"></progress>
      ${operation.next} of ${operation.total} members: made ${operation.made}, left out ${operation.skipped}.
      ${operation.state === "done" ? "" : html`<a href="${path}?action=${operation.operationId}">Look again</a>`}
    </p>
    ${skipped.length === 0 ? "" : leftOutView(skipped.map(({ ownerId, ...row }) => ({ name: ownerId, ...row })))}
  </section>`;

const changeForms = ({ selection }: SelectionPage, path: string, { fields }: RefusedForm): Html =>
  html`<section class="card" aria-labelledby="change">
    <h2 id="change">Change the selection</h2>
    ${
      selection.kind === "static"
        ? html`<form class="review" method="post" action="${path}">
            <input type="hidden" name="do" value="add" />
            <label
              >Ids to add
              <input
                name="ids"
                maxlength="20000"
                value="${fields["do"] === "add" ? (fields["ids"] ?? "") : ""}"
                required
            /></label>
            <button class="button">Add</button>
          </form>`
        : html`<form class="review" method="post" action="${path}">
            <input type="hidden" name="do" value="freeze" />
            <label
              >Keep those of now as a list called
              <input
                name="name"
                maxlength="100"
                value="${fields["do"] === "freeze" ? (fields["name"] ?? "") : ""}"
                required
            /></label>
            <button class="button">Keep</button>
          </form>`
    }
    <form class="review" method="post" action="${path}">
      <input type="hidden" name="do" value="delete" />
      <button class="button">Delete the selection</button>
    </form>
  </section>`;
