import type { Owner } from "@regulars/core/monitors/owner";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { statusEditorPath } from "../page/addresses.ts";
import type { Html } from "../page/layout.ts";
import { rich } from "../page/rich.ts";
import { withCommas } from "../page/with-commas.ts";
import type { StatusEditor } from "./status-editor.ts";
import { FIELD_NAMES, type StatusForm, formOf } from "./status-form.ts";
import type { TriedCriteria, TriedLeaf } from "./try-criteria.ts";

/** What the status would do, with the button that saves exactly that. */
export function triedView(editor: StatusEditor): Html {
  const { words, tenant, saved, form, tried, isTried = false } = editor;
  const { say } = words;
  if (!isTried) return html``;
  return html`<section class="card" aria-labelledby="tried">
    <h2 id="tried">${say("tried.title")}</h2>
    ${tried === undefined ? html`<p role="status">${say("tried.draft")}</p>` : criteriaView(tried, words, saved !== undefined)}
    <form class="review" method="post" action="${statusEditorPath(tenant.tenantId, saved?.statusId)}">
      ${hidden({ ...form, do: "save" })}
      <button class="button main">${say("tried.save")}</button>
    </form>
  </section>`;
}

/** Of a new status all enter who would have it. */
const criteriaView = (
  { sentence, preview, leaves, nameOf }: TriedCriteria,
  words: PageWords,
  isCompared: boolean,
): Html => {
  const namesOf = (count: number, first: readonly Owner[]): Html => namesView(count, first, nameOf, words);
  return html`<p role="status">
      <strong><bdi>${sentence}</bdi></strong>
    </p>
    <p>
      ${rich(words, "tried.would", {
        date: words.formats.day(preview.asOf),
        numb: preview.matches,
        totl: preview.owners,
        list: namesOf(preview.matches, preview.examples),
      })}
    </p>
    ${
      isCompared
        ? html`<ul>
            <li>
              ${rich(words, "tried.enter", { numb: preview.enter, list: namesOf(preview.enter, preview.entering) })}
            </li>
            <li>
              ${rich(words, "tried.leave", { numb: preview.leave, list: namesOf(preview.leave, preview.leaving) })}
            </li>
          </ul>`
        : ""
    }
    <h3>${words.say("tried.each")}</h3>
    <ul class="others">
      ${leaves.map((leaf) => leafView(leaf, words))}
    </ul>`;
};

const leafView = ({ path, sentence, excludes, unknown, isStrict }: TriedLeaf, { say }: PageWords): Html =>
  html`<li>
    <bdi>${sentence}</bdi>
    <span class="soft">${say("tried.leavesOut", { numb: excludes })}</span>
    <button
      class="button"
      form="editor"
      name="do"
      value="take-out ${path}"
      aria-label="${say("tried.takeOutOf", { text: sentence })}"
    >
      ${say("tried.takeOut")}
    </button>
    ${
      unknown > 0 && isStrict
        ? html`<p>
            ${say("tried.noValue", { numb: unknown })}
            <button
              class="button"
              form="editor"
              name="do"
              value="or-never ${path}"
              aria-label="${say("tried.countInOf", { text: sentence })}"
            >
              ${say("tried.countIn")}
            </button>
          </p>`
        : ""
    }
  </li>`;

function namesView(count: number, first: readonly Owner[], nameOf: (owner: Owner) => string, words: PageWords): Html {
  if (count === 0) return html`${words.say("tried.nobody")}`;
  const list = withCommas(first.map((owner) => html`<bdi>${nameOf(owner)}</bdi>`));
  return count > first.length ? rich(words, "tried.more", { list, numb: count - first.length }) : list;
}

const hidden = (form: StatusForm): readonly Html[] =>
  Object.entries(form).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`);

/** What somebody else has saved since the form was opened, beside what the form has. */
export function conflictView({ words: { say }, tenant, saved, form }: StatusEditor): Html {
  if (saved === undefined || form["version"] === String(saved.version)) return html``;
  const theirs = formOf(saved);
  const rows = Object.entries(theirs).filter(([name, value]) => name !== "ownerType" && (form[name] ?? "") !== value);
  return html`<section class="card" aria-labelledby="conflict">
    <h2 id="conflict">${say("conflict.title")}</h2>
    <p>
      ${say("conflict.version", { vers: String(saved.version), ownv: form["version"] ?? "" })}
      ${say(rows.length === 0 ? "conflict.same" : "conflict.differ")}
    </p>
    ${
      rows.length === 0
        ? ""
        : html`<div class="scroll" tabindex="0" role="region" aria-labelledby="conflict">
            <table>
              <thead>
                <tr>
                  <th scope="col">${say("editor.field")}</th>
                  <th scope="col">${say("conflict.saved")}</th>
                  <th scope="col">${say("conflict.yours")}</th>
                </tr>
              </thead>
              <tbody>
                ${rows.map(
                  ([name, value]) =>
                    html`<tr>
                      <th scope="row">${nameOfField(name, say)}</th>
                      <td><bdi>${shown(value, say)}</bdi></td>
                      <td><bdi>${shown(form[name] ?? "", say)}</bdi></td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    <form class="review" method="post" action="${statusEditorPath(tenant.tenantId, saved.statusId)}#tried">
      ${hidden({ ...form, do: "preview", version: String(saved.version) })}
      <a href="${statusEditorPath(tenant.tenantId, saved.statusId)}">${say("conflict.again")}</a>
      <button class="button">${say("conflict.mine")}</button>
    </form>
  </section>`;
}

type Say = PageWords["say"];

function nameOfField(field: string, say: Say): string {
  const id = Object.entries(FIELD_NAMES).find(([name]) => name === field)?.[1];
  return id === undefined ? field : say(id);
}

const shown = (value: string, say: Say): string => (value === "" ? "–" : value === "on" ? say("common.yes") : value);
