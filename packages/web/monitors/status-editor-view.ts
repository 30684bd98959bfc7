import { activityTypes } from "@regulars/core/customers/activity";
import { levels } from "@regulars/core/insights/finding";
import { ops, units } from "@regulars/core/monitors/criteria";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { presetNames } from "@regulars/core/monitors/presets";
import { html } from "hono/html";
import { statusEditorPath, statusesPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { JOINS } from "./leaf-form.ts";
import { conflictView, triedView } from "./status-editor-parts.ts";
import type { StatusEditor } from "./status-editor.ts";
import { BOX_NAMES, FIELD_NAMES, FOLLOW_UP_MODES, MOST_WORDS } from "./status-form.ts";

/** The form of a status: what it is, its criteria, and a comparison to add to them; then what it would do. */
export function statusEditorView(editor: StatusEditor, refused?: RefusedForm): Html {
  const { tenant, saved } = editor;
  const title = saved === undefined ? "A new status" : saved.name;
  return layout({
    title: `${title} at ${tenant.name}`,
    crumbs: [{ name: "Statuses", path: statusesPath(tenant.tenantId) }],
    main: html`<h1><bdi>${title}</bdi></h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · who has the status: all who meet its criteria, from the day they do.
      </p>
      ${refusedView(refused)} ${saved === undefined ? beginView(editor) : ""} ${conflictView(editor)}
      ${formView(editor)} ${triedView(editor)} ${saved === undefined ? "" : endView(editor)}`,
  });
}

/** Presets to begin with, and deleted statuses to bring back. */
const beginView = ({ tenant: { tenantId }, deleted }: StatusEditor): Html =>
  html`<p>
      Begin with
      ${presetNames.map((name, i) => html`${i === 0 ? "" : ", "}<a href="${statusEditorPath(tenantId)}?preset=${name}">${name.replaceAll("-", " ")}</a>`)}.
    </p>
    ${
      deleted.length === 0
        ? ""
        : html`<p>
            Deleted:
            ${deleted.map(({ statusId, name }, i) => html`${i === 0 ? "" : ", "}<a href="${statusEditorPath(tenantId, statusId)}"><bdi>${name}</bdi></a>`)}.
          </p>`
    }`;

function formView(editor: StatusEditor): Html {
  const { tenant, saved, statusId, form } = editor;
  const path = statusEditorPath(tenant.tenantId, saved?.statusId);
  const of = (name: string): string => form[name] ?? "";
  const text = (name: string, label: string, most: number): Html =>
    html`<label>${label} <input name="${name}" maxlength="${most}" value="${of(name)}" /></label>`;
  const choice = (name: string, label: string, options: Readonly<Record<string, string>>): Html =>
    html`<label
      >${label}
      <select name="${name}">
        ${Object.entries(options).map(([id, shown]) => html`<option value="${id}" ${id === of(name) ? "selected" : ""}>${shown}</option>`)}
      </select></label
    >`;
  const box = (name: string, label: string): Html =>
    html`<label><input type="checkbox" name="${name}" ${of(name) === "on" ? "checked" : ""} /> ${label}</label>`;
  return html`<form class="status-form" id="editor" method="post" action="${path}#tried">
    <input type="hidden" name="statusId" value="${statusId}" />
    ${saved === undefined ? "" : html`<input type="hidden" name="version" value="${of("version")}" />`}
    <section class="card" aria-labelledby="who">
      <h2 id="who">Who has it</h2>
      <div class="settings">
        ${text("name", FIELD_NAMES.name, 100)}
        ${saved === undefined ? choice("ownerType", "A status of a", choices(ownerTypes)) : html`<p>A status of a ${saved.ownerType}.</p>`}
      </div>
      <div class="review">
        <label
          >Criteria, in words; empty: a draft, which nobody has
          <textarea name="criteria" rows="4" maxlength="${MOST_WORDS}" aria-describedby="criteria-how">
${of("criteria")}</textarea>
        </label>
        <p class="soft" id="criteria-how">
          Like <code>category = Customer AND sale.sold.last olderThan 2 months</code>, with AND, OR, NOT and brackets.
          Or choose a comparison here: it is added when you look at what the status would do.
        </p>
      </div>
      <fieldset class="settings">
        <legend>A comparison to add</legend>
        ${choice("leafHow", "Joined with", JOINS)}
        <label
          >Field
          <input name="leafField" list="fields" maxlength="100" value="${of("leafField")}" autocomplete="off" />
          <datalist id="fields">${editor.fields.map((name) => html`<option value="${name}"></option>`)}</datalist>
        </label>
        ${choice("leafOp", "Is", choices(["", ...ops]))} ${text("leafValue", "Value; several with commas", 500)}
        ${choice("leafUnit", "Unit, for ages", choices(["", ...units]))}
        <div class="days">
          ${box("leafNot", "not")} ${box("leafOrNever", "or never")} ${box("leafAutomatic", "including automatic")}
        </div>
      </fieldset>
      <p class="review"><button class="button" name="do" value="preview">Show what it would do</button></p>
    </section>
    <section class="card" aria-labelledby="what">
      <h2 id="what">What it says and does</h2>
      <div class="review">
        <label
          >Text, with variables like &lt;name&gt;, &lt;cont&gt;, &lt;cpho&gt;
          <textarea name="description" rows="3" maxlength="2000">${of("description")}</textarea>
        </label>
      </div>
      <div class="settings">
        ${choice("level", FIELD_NAMES.level, choices(levels))} ${text("rank", "Rank: the lowest is shown first", 4)}
        ${choice("followUpType", FIELD_NAMES.followUpType, { "": "none", ...choices(activityTypes) })}
        ${text("followUpText", FIELD_NAMES.followUpText, 500)}
        ${choice("followUpMode", FIELD_NAMES.followUpMode, FOLLOW_UP_MODES)}
        ${text("quietDays", FIELD_NAMES.quietDays, 3)}
        <div class="days">${BOX_NAMES.map((name) => box(name, FIELD_NAMES[name]))}</div>
      </div>
    </section>
  </form>`;
}

const choices = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, name === "" ? "choose" : name]));

const endView = ({ tenant, saved }: StatusEditor): Html =>
  html`<form class="review" method="post" action="${statusEditorPath(tenant.tenantId, saved?.statusId)}">
    ${
      saved?.deletedAt === undefined
        ? html`<button class="button" name="do" value="delete">Delete the status</button>
            <span class="soft">It can be restored.</span>`
        : html`<span>The status is deleted: nobody has it.</span>
            <button class="button" name="do" value="restore">Restore it</button>`
    }
  </form>`;
