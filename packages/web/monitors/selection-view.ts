import { activityTypes } from "@regulars/core/customers/activity";
import type { LeftOutReason } from "@regulars/core/monitors/mailing";
import type { ActionPreview } from "@regulars/flows/monitors/preview-action";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { selectionPath, selectionsPath } from "../page/addresses.ts";
import { customerLink } from "../page/customer-links.ts";
import { foldedForm } from "../page/folded-form.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { rich } from "../page/rich.ts";
import { actionNames } from "./selection-actions-page.ts";
import type { SelectionMember, SelectionPage, ShownAction } from "./selections-page.ts";

/** One selection: who is in it, and what is done for them, counted and shown before it starts. */
export function selectionView(page: SelectionPage, words: PageWords, form: RefusedForm, isRefused: boolean): Html {
  const { say } = words;
  const { tenant, selection, asOf, total, members, sentence, mayManage } = page;
  const path = selectionPath(tenant.tenantId, selection.selectionId);
  return layout({
    title: say("common.at", { what: selection.name, firm: tenant.name }),
    crumbs: [{ name: say("statuses.selections"), path: selectionsPath(tenant.tenantId) }],
    main: html`<h1><bdi>${selection.name}</bdi></h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> ·
        ${say("selection.lead", { kind: say(`selections.${selection.kind}`), date: words.formats.day(asOf), numb: total })}
        ${sentence === undefined ? "" : html`<bdi>${sentence}</bdi>`}
      </p>
      ${isRefused ? refusedView(form) : ""} ${page.action === undefined ? "" : actionView(page.action, words, path)}
      ${page.preview === undefined ? "" : previewView(page.preview, words, form, path)}
      <section class="card" aria-labelledby="members">
        <div class="part-head">
          <h2 id="members">${say("selection.members")}</h2>
          <a href="${path}/call-list.csv">${say("selection.csv")}</a>
        </div>
        ${members.length === 0 ? html`<p class="empty">${say("selection.nobody")}</p>` : membersView(page, words, path)}
        ${total > members.length ? html`<p class="soft">${say("selection.first", { numb: members.length })}</p>` : ""}
      </section>
      ${mayManage ? html`${actionForm(path, words, form)} ${changeForms(page, words, path, form)}` : ""}`,
  });
}

const membersView = ({ tenant, members, selection, mayManage }: SelectionPage, words: PageWords, path: string): Html =>
  html`<ul class="reps">
    ${members.map((member) => html`<li>${memberText(tenant, member)} ${mayManage && selection.kind === "static" ? removeForm(member, words, path) : ""}</li>`)}
  </ul>`;

const memberText = (
  tenant: SelectionPage["tenant"],
  { name, customerId, customerName, ownerId }: SelectionMember,
): Html =>
  html`${name === customerName ? "" : html`<bdi>${name}</bdi>, `}${customerLink(tenant, customerId, customerName)}
    <span class="soft"><bdi>${ownerId}</bdi></span>`;

const removeForm = ({ ownerId, name }: SelectionMember, { say }: PageWords, path: string): Html =>
  html`<form class="review" method="post" action="${path}">
    <input type="hidden" name="do" value="remove" /><input type="hidden" name="ids" value="${ownerId}" />
    <button class="button" aria-label="${say("selection.takeOutOf", { name })}">${say("selection.takeOut")}</button>
  </form>`;

/** The form of an action: it is shown what it would do first. */
function actionForm(path: string, words: PageWords, { fields }: RefusedForm): Html {
  const { say } = words;
  const { action = "follow-up", type = "call", subject = "", text = "" } = fields;
  return html`<section class="card" aria-labelledby="act">
    <h2 id="act">${say("selection.act")}</h2>
    <form class="review" method="post" action="${path}">
      <input type="hidden" name="do" value="preview" />
      <label
        >${say("selection.what")}
        <select name="action">
          ${actionNames.map((id) => html`<option value="${id}" ${id === action ? "selected" : ""}>${say(`selection.action.${id}`)}</option>`)}
        </select></label
      >
      <label
        >${say("selection.as")}
        <select name="type">
          ${activityTypes.map((one) => html`<option value="${one}" ${one === type ? "selected" : ""}>${say(`activity.${one}`)}</option>`)}
        </select></label
      >
      <label>${say("selection.subject")} <input name="subject" maxlength="200" value="${subject}" /></label>
      <label
        >${say("selection.text", { vars: "<name>, <cont>, <cpho>" })}
        <textarea name="text" rows="5" maxlength="5000" required>${text}</textarea>
      </label>
      <button class="button main">${say("selection.preview")}</button>
    </form>
  </section>`;
}

/** What an action would do, with the button that starts it. */
function previewView(
  { total, made, leftOut, examples }: ActionPreview,
  words: PageWords,
  { fields }: RefusedForm,
  path: string,
): Html {
  const { say } = words;
  const isMailing = fields["action"] === "mailing";
  return html`<section class="card" aria-labelledby="preview">
    <h2 id="preview">${say("selection.wouldDo")}</h2>
    <p>
      ${say(isMailing ? "selection.wouldMail" : "selection.wouldFollowUp", { numb: total, made, left: leftOut.length })}
    </p>
    ${
      leftOut.length === 0
        ? ""
        : leftOutView(
            leftOut.map(({ name, address = "", ...why }) => ({ name, address, why })),
            words,
          )
    }
    ${examples.map((example) => exampleView(example, words))} ${made === 0 ? "" : startForm(fields, words, path)}
  </section>`;
}

/** A message as it would be written. Its lines are as they are here: a blank between its parts would be one of them. */
function exampleView({ address, subject, text }: ActionPreview["examples"][number], words: PageWords): Html {
  const parts = [
    ...(address === undefined
      ? []
      : [html`<p class="soft">${rich(words, "selection.to", { addr: html`<bdi>${address}</bdi>` })}</p>`]),
    ...(subject === undefined ? [] : [html`<p>${html`<strong><bdi>${subject}</bdi></strong>`}</p>`]),
    html`<bdi>${text}</bdi>`,
  ];
  return html`<blockquote class="follow-up">${parts}</blockquote>`;
}

const startForm = (fields: RefusedForm["fields"], { say }: PageWords, path: string): Html =>
  html`<form class="review" method="post" action="${path}">
    <input type="hidden" name="do" value="start" />
    ${["action", "type", "subject", "text"].map((name) => html`<input type="hidden" name="${name}" value="${fields[name] ?? ""}" />`)}
    <button class="button main">${say("selection.start")}</button>
  </form>`;

const leftOutView = (
  rows: readonly { readonly name: string; readonly address: string; readonly why: LeftOutReason | undefined }[],
  words: PageWords,
): Html =>
  html`<ul>
    ${rows.map(
      ({ name, address, why }) =>
        html`<li>
          <bdi>${name}</bdi> <span class="soft"><bdi>${address}</bdi></span>
          ${why === undefined ? "" : rich(words, `selection.leftOut.${why.reason}`, { text: html`<bdi>${words.refused(why.detail ?? "")}</bdi>` })}
        </li>`,
    )}
  </ul>`;

/** How far an action is, and who got nothing by it. */
function actionView({ operation, skipped }: ShownAction, words: PageWords, path: string): Html {
  const { say } = words;
  return html`<section class="card" aria-labelledby="progress" role="status">
    <h2 id="progress">${say(operation.state === "done" ? "selection.done" : "selection.inProgress")}</h2>
    <p>
      <progress
        max="${Math.max(1, operation.total)}"
        value="${operation.next}"
        aria-label="${say("selection.membersDone")}"
      ></progress>
      ${say("selection.progress", {
        done: operation.next,
        numb: operation.total,
        made: operation.made,
        left: operation.skipped,
      })}
      ${operation.state === "done" ? "" : html`<a href="${path}?action=${operation.operationId}">${say("selection.lookAgain")}</a>`}
    </p>
    ${skipped.length === 0 ? "" : leftOutView(skipped, words)}
  </section>`;
}

const changeForms = ({ selection }: SelectionPage, { say }: PageWords, path: string, { fields }: RefusedForm): Html =>
  html`<section class="card" aria-labelledby="change">
    <h2 id="change">${say("selection.change")}</h2>
    <form class="review" method="post" action="${path}">
      <input type="hidden" name="do" value="rename" />
      <label
        >${say("selections.name")}
        <input
          name="name"
          maxlength="100"
          value="${fields["do"] === "rename" ? (fields["name"] ?? "") : selection.name}"
          required
      /></label>
      <button class="button">${say("selection.rename")}</button>
    </form>
    ${
      selection.kind === "static"
        ? html`<form class="review" method="post" action="${path}">
            <input type="hidden" name="do" value="add" />
            <label
              >${say("selection.ids")}
              <input
                name="ids"
                maxlength="20000"
                value="${fields["do"] === "add" ? (fields["ids"] ?? "") : ""}"
                required
            /></label>
            <button class="button">${say("selection.add")}</button>
          </form>`
        : html`<form class="review" method="post" action="${path}">
            <input type="hidden" name="do" value="freeze" />
            <label
              >${say("selection.keepAs")}
              <input
                name="name"
                maxlength="100"
                value="${fields["do"] === "freeze" ? (fields["name"] ?? "") : ""}"
                required
            /></label>
            <button class="button">${say("selection.keep")}</button>
          </form>`
    }
    ${foldedForm(
      say("selection.delete"),
      false,
      html`<form method="post" action="${path}">
        <p>${say("selection.deletes")}</p>
        <input type="hidden" name="do" value="delete" />
        <button class="button">${say("selection.deleteForGood")}</button>
      </form>`,
    )}
  </section>`;
