import { counted } from "@regulars/core/platform/counted";
import type { Owner } from "@regulars/core/monitors/owner";
import { html } from "hono/html";
import { statusEditorPath } from "../page/addresses.ts";
import type { Html } from "../page/layout.ts";
import type { StatusEditor } from "./status-editor.ts";
import { FIELD_NAMES, type StatusForm, formOf } from "./status-form.ts";
import type { TriedCriteria, TriedLeaf } from "./try-criteria.ts";

/** What the status would do, with the button that saves exactly that. */
export function triedView(editor: StatusEditor): Html {
  const { tenant, saved, form, tried, isTried = false } = editor;
  if (!isTried) return html``;
  return html`<section class="card" aria-labelledby="tried">
    <h2 id="tried">What it would do</h2>
    ${tried === undefined ? html`<p role="status">A draft without criteria: nobody has it.</p>` : criteriaView(tried)}
    <form class="review" method="post" action="${statusEditorPath(tenant.tenantId, saved?.statusId)}">
      ${hidden({ ...form, do: "save" })}
      <button class="button">Save it so</button>
    </form>
  </section>`;
}

const criteriaView = ({ sentence, preview, leaves, nameOf }: TriedCriteria): Html =>
  html`<p role="status">
      <strong><bdi>${sentence}</bdi></strong>
    </p>
    <p>
      On ${preview.asOf} ${preview.matches} of ${preview.owners} would have it:
      ${namesView(preview.matches, preview.examples, nameOf)}.
    </p>
    <ul>
      <li>${counted(preview.enter, "enters", "enter")}: ${namesView(preview.enter, preview.entering, nameOf)}</li>
      <li>${counted(preview.leave, "leaves", "leave")}: ${namesView(preview.leave, preview.leaving, nameOf)}</li>
    </ul>
    <h3>Each comparison alone</h3>
    <ul>
      ${leaves.map(leafView)}
    </ul>`;

const leafView = ({ path, sentence, excludes, unknown, isStrict }: TriedLeaf): Html =>
  html`<li>
    <bdi>${sentence}</bdi>
    <span class="soft">It leaves out ${excludes}.</span>
    <button class="button" form="editor" name="do" value="take-out ${path}" aria-label="Take out: ${sentence}">
      Take out
    </button>
    ${
      unknown > 0 && isStrict
        ? html`<p>
            ${unknown} ${unknown === 1 ? "has" : "have"} no such value yet.
            <button
              class="button"
              form="editor"
              name="do"
              value="or-never ${path}"
              aria-label="Count them in: ${sentence}"
            >
              Count them in
            </button>
          </p>`
        : ""
    }
  </li>`;

function namesView(count: number, first: readonly Owner[], nameOf: (owner: Owner) => string): Html {
  if (count === 0) return html`nobody`;
  return html`${first.map((owner, i) => html`${i === 0 ? "" : ", "}<bdi>${nameOf(owner)}</bdi>`)}${count > first.length ? ` and ${count - first.length} more` : ""}`;
}

const hidden = (form: StatusForm): readonly Html[] =>
  Object.entries(form).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);

/** What somebody else has saved since the form was opened, beside what the form has. */
export function conflictView({ tenant, saved, form }: StatusEditor): Html {
  if (saved === undefined || form["version"] === String(saved.version)) return html``;
  const theirs = formOf(saved);
  const rows = Object.entries(theirs).filter(([name, value]) => name !== "ownerType" && (form[name] ?? "") !== value);
  return html`<section class="card" aria-labelledby="conflict">
    <h2 id="conflict">Somebody else has saved this status meanwhile</h2>
    <p>
      It has version ${saved.version} now; your form is of version ${form["version"] ?? ""}.
      ${rows.length === 0 ? "What they saved is what you wrote." : "Where they differ:"}
    </p>
    ${
      rows.length === 0
        ? ""
        : html`<div class="scroll" tabindex="0" role="region" aria-labelledby="conflict">
            <table>
              <thead>
                <tr>
                  <th scope="col">Field</th>
                  <th scope="col">Saved now</th>
                  <th scope="col">In your form</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  ([name, value]) =>
                    html`<tr>
                      <th scope="row">${nameOfField(name)}</th>
                      <td><bdi>${shown(value)}</bdi></td>
                      <td><bdi>${shown(form[name] ?? "")}</bdi></td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    <form class="review" method="post" action="${statusEditorPath(tenant.tenantId, saved.statusId)}#tried">
      ${hidden({ ...form, do: "preview", version: String(saved.version) })}
      <a href="${statusEditorPath(tenant.tenantId, saved.statusId)}">Begin again with what is saved</a>
      <button class="button">Go on with mine</button>
    </form>
  </section>`;
}

const nameOfField = (field: string): string =>
  Object.entries(FIELD_NAMES).find(([name]) => name === field)?.[1] ?? field;

const shown = (value: string): string => (value === "" ? "–" : value === "on" ? "yes" : value);
