import { activityTypes } from "@regulars/core/customers/activity";
import { levels } from "@regulars/core/insights/finding";
import { ops, units } from "@regulars/core/monitors/criteria";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { presetNames } from "@regulars/core/monitors/presets";
import { isTextId } from "@regulars/render/texts/languages";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { statusEditorPath, statusesPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { rich } from "../page/rich.ts";
import { withCommas } from "../page/with-commas.ts";
import { JOINS } from "./leaf-form.ts";
import { conflictView, triedView } from "./status-editor-parts.ts";
import type { StatusEditor } from "./status-editor.ts";
import { pictureForm } from "./status-picture.ts";
import {
  BOX_NAMES,
  EXAMPLE_CRITERIA,
  FIELD_NAMES,
  FOLLOW_UP_MODES,
  MOST_WORDS,
  type StatusForm,
} from "./status-form.ts";
import { unreadableView } from "./statuses-view.ts";

/** The form of a status: what it is, its criteria, and a comparison to add to them; then what it would do. */
export function statusEditorView(editor: StatusEditor, refused?: RefusedForm): Html {
  const { words, tenant, saved } = editor;
  const { say } = words;
  const title = saved === undefined ? say("editor.new") : saved.name;
  return layout({
    title: say("editor.at", { name: title, firm: tenant.name }),
    crumbs: [{ name: say("place.statuses"), path: statusesPath(tenant.tenantId) }],
    main: html`<h1><bdi>${title}</bdi></h1>
      <p class="lead"><bdi>${tenant.name}</bdi> · ${say("editor.lead")}</p>
      ${saved?.unreadable === undefined ? "" : unreadableView(saved, words)} ${refusedView(refused)}
      ${saved === undefined ? beginView(editor) : ""} ${conflictView(editor)} ${formView(editor)} ${triedView(editor)}
      ${pictureForm(editor)} ${saved === undefined ? "" : endView(editor)}`,
  });
}

/** Presets to begin with, and deleted statuses to bring back. */
const beginView = ({ words, tenant: { tenantId }, deleted }: StatusEditor): Html =>
  html`<p>
      ${rich(words, "editor.begin", {
        list: withCommas(
          presetNames.map(
            (name) => html`<a href="${statusEditorPath(tenantId)}?preset=${name}">${presetText(name, words)}</a>`,
          ),
        ),
      })}
    </p>
    ${
      deleted.length === 0
        ? ""
        : html`<p>
            ${rich(words, "editor.deleted", {
              list: withCommas(
                deleted.map(
                  ({ statusId, name }) =>
                    html`<a href="${statusEditorPath(tenantId, statusId)}"><bdi>${name}</bdi></a>`,
                ),
              ),
            })}
          </p>`
    }`;

function presetText(name: string, words: PageWords): string {
  const id = `editor.preset.${name}`;
  return words.find(id) ?? name.replaceAll("-", " ");
}

/** Draws the fields of a form, filled with its texts. */
function fieldsOf(form: StatusForm) {
  const of = (name: string): string => form[name] ?? "";
  return {
    of,
    text: (name: string, label: string, most: number): Html =>
      html`<label>${label} <input name="${name}" maxlength="${most}" value="${of(name)}" /></label>`,
    choice: (name: string, label: string, options: Readonly<Record<string, string>>): Html =>
      html`<label
        >${label}
        <select name="${name}">
          ${Object.entries(options).map(([id, shown]) => html`<option value="${id}" ${id === of(name) ? "selected" : ""}>${shown}</option>`)}
        </select></label
      >`,
    box: (name: string, label: string): Html =>
      html`<label><input type="checkbox" name="${name}" ${of(name) === "on" ? "checked" : ""} /> ${label}</label>`,
  };
}

function formView(editor: StatusEditor): Html {
  const { words, tenant, saved, statusId, form } = editor;
  const { say } = words;
  const path = statusEditorPath(tenant.tenantId, saved?.statusId);
  const { of, text, choice, box } = fieldsOf(form);
  return html`<form class="status-form" id="editor" method="post" action="${path}#tried">
    <input type="hidden" name="statusId" value="${statusId}" />
    ${saved === undefined ? "" : html`<input type="hidden" name="version" value="${of("version")}" />`}
    <section class="card" aria-labelledby="who">
      <h2 id="who">${say("editor.who")}</h2>
      <div class="settings">
        ${text("name", say(FIELD_NAMES.name), 100)}
        ${
          saved === undefined
            ? choice(
                "ownerType",
                say("editor.whose"),
                named(ownerTypes, (type) => say(`editor.owner.${type}`)),
              )
            : html`<p>${say(`editor.of.${saved.ownerType}`)}</p>`
        }
      </div>
      <div class="review">
        <label
          >${say("editor.criteriaIn")}
          <textarea name="criteria" rows="4" maxlength="${MOST_WORDS}" aria-describedby="criteria-how">
${of("criteria")}</textarea>
        </label>
        <p class="soft" id="criteria-how">
          ${rich(words, "editor.how", {
            code: html`<code>${EXAMPLE_CRITERIA}</code>`,
          })}
        </p>
      </div>
      ${comparisonView(editor)}
      <p class="review"><button class="button" name="do" value="preview">${say("editor.try")}</button></p>
    </section>
    <section class="card" aria-labelledby="what">
      <h2 id="what">${say("editor.what")}</h2>
      <div class="review">
        <label
          >${say("editor.text", { code: "<name>, <cont>, <cpho>" })}
          <textarea name="description" rows="3" maxlength="2000">${of("description")}</textarea>
        </label>
      </div>
      <div class="settings">
        ${choice(
          "level",
          say(FIELD_NAMES.level),
          named(levels, (level) => words.messages.say(`level.${level}`)),
        )}
        ${text("rank", say("editor.rank"), 4)}
        ${choice("followUpType", say(FIELD_NAMES.followUpType), { "": say("editor.none"), ...named(activityTypes, (type) => say(`activity.${type}`)) })}
        ${text("followUpText", say(FIELD_NAMES.followUpText), 500)}
        ${choice(
          "followUpMode",
          say(FIELD_NAMES.followUpMode),
          named(FOLLOW_UP_MODES, (mode) => say(`editor.followUpMode.${mode}`)),
        )}
        ${text("quietDays", say(FIELD_NAMES.quietDays), 3)}
        <div class="days">${BOX_NAMES.map((name) => box(name, say(FIELD_NAMES[name])))}</div>
      </div>
      <p class="review"><button class="button main" name="do" value="preview">${say("editor.try")}</button></p>
    </section>
  </form>`;
}

/** A comparison that is added to the criteria. */
function comparisonView({ words, form, fields }: StatusEditor): Html {
  const { say } = words;
  const { of, text, choice, box } = fieldsOf(form);
  return html`<fieldset class="settings">
    <legend>${say("editor.toAdd")}</legend>
    ${choice(
      "leafHow",
      say("editor.joined"),
      named(JOINS, (how) => say(`editor.join.${how}`)),
    )}
    <label
      >${say("editor.field")}
      <input name="leafField" list="fields" maxlength="100" value="${of("leafField")}" autocomplete="off" />
      <datalist id="fields">
        ${fields.map((name) => html`<option value="${name}" ${labelOf(name, words)}></option>`)}
      </datalist>
    </label>
    ${choice("leafOp", say("editor.op"), { "": say("editor.choose"), ...named(ops, (op) => say(`editor.op.${op}`)) })}
    ${text("leafValue", say("editor.value"), 500)}
    ${choice("leafUnit", say("editor.unit"), { "": say("editor.choose"), ...named(units, (unit) => say(`editor.unit.${unit}`)) })}
    <div class="days">
      ${box("leafNot", say("editor.not"))} ${box("leafOrNever", say("editor.orNever"))}
      ${box("leafAutomatic", say("editor.automatic"))}
    </div>
  </fieldset>`;
}

/** What a field is called, where it has a name of its own; counters are told from their names. */
function labelOf(name: string, { messages }: PageWords): Html {
  const id = `criteria.field.${name}`;
  return isTextId(id) ? html`label="${messages.text(id)}"` : html``;
}

/** The options of a choice: each value with its text. */
const named = <Value extends string>(values: readonly Value[], textOf: (value: Value) => string) =>
  Object.fromEntries(values.map((value) => [value, textOf(value)]));

const endView = ({ words: { say }, tenant, saved }: StatusEditor): Html =>
  html`<form class="review" method="post" action="${statusEditorPath(tenant.tenantId, saved?.statusId)}">
    ${
      saved?.deletedAt === undefined
        ? html`<button class="button" name="do" value="delete">${say("editor.delete")}</button>
            <span class="soft">${say("editor.canRestore")}</span>`
        : html`<span>${say("editor.isDeleted")}</span>
            <button class="button" name="do" value="restore">${say("editor.restore")}</button>`
    }
  </form>`;
