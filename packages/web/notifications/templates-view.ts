import { languages } from "@regulars/core/platform/languages";
import type { TemplatePlace } from "@regulars/render/notifications/template-preview";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { notificationsPath, templatesPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment, momentText } from "../page/moments.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { languageNames } from "../page/language.ts";
import { WAS_FIELD, bothView } from "../page/stale-form.ts";
import type { ShownPreview, TemplatesPage } from "./templates-page.ts";

interface Sent {
  readonly refused?: RefusedForm | undefined;
  readonly preview?: ShownPreview | undefined;
  /** What was filled in. */
  readonly fields?: RefusedForm["fields"] | undefined;
  /** Set where somebody else has changed the text: the words of a page that shows both versions. */
  readonly both?: PageWords | undefined;
}

/** The texts of messages in one language, or one of them with its form, its preview and its versions. */
export function templatesView(page: TemplatesPage, sent: Sent = {}): Html {
  const { tenant, language, opened } = page;
  const { tenantId } = tenant;
  const all = { name: "Texts of messages", path: templatesPath(tenantId, language) };
  return layout({
    title: opened === undefined ? all.name : `${opened.textId} in ${languageNames[language]}`,
    crumbs: [{ name: "Messages", path: notificationsPath(tenantId) }, ...(opened === undefined ? [] : [all])],
    isWide: opened === undefined,
    main: html`<h1>${opened === undefined ? all.name : html`<bdi>${opened.textId}</bdi>`}</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> ·
        ${languages.map((one, index) => [
          index === 0 ? "" : " · ",
          one === language
            ? html`<strong>${languageNames[one]}</strong>`
            : html`<a href="${templatesPath(tenantId, one, opened?.textId)}">${languageNames[one]}</a>`,
        ])}
      </p>
      ${refusedView(sent.refused)} ${opened === undefined ? listView(page) : editorView(page, opened, sent)}`,
  });
}

const listView = ({ tenant, language, templates }: TemplatesPage): Html =>
  html`<div class="scroll" role="region" aria-label="Texts" tabindex="0">
    <table>
      <thead>
        <tr>
          <th scope="col">Text</th>
          <th scope="col">Whose words</th>
          <th scope="col" class="long">Words</th>
          <th scope="col">Changed</th>
        </tr>
      </thead>
      <tbody>
        ${templates.map(
          ({ textId, isOwn, words, last }) =>
            html`<tr>
              <th scope="row"><a href="${templatesPath(tenant.tenantId, language, textId)}">${textId}</a></th>
              <td>${isOwn ? "yours" : "as usual"}</td>
              <td><bdi>${words}</bdi></td>
              <td>${last === undefined ? "" : html`${moment(momentText(tenant, last.at))}, <bdi>${last.by}</bdi>`}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;

type Opened = NonNullable<TemplatesPage["opened"]>;

function editorView(page: TemplatesPage, opened: Opened, { preview, fields, both }: Sent): Html {
  const { variables, mayBeEmpty, most, isOneLine, isOwn, usual, textId } = opened;
  const { tenant, language } = page;
  const words = fields?.["words"] ?? opened.words;
  const was = both === undefined ? (fields?.[WAS_FIELD] ?? opened.was) : opened.was;
  return html`${both === undefined ? "" : bothView([{ name: textId, now: opened.words, yours: words }], both)}
    <form class="review" method="post" action="${templatesPath(tenant.tenantId)}/edit">
      <input type="hidden" name="language" value="${language}" />
      <input type="hidden" name="text" value="${textId}" />
      <input type="hidden" name="${WAS_FIELD}" value="${was}" />
      <label>
        Words
        <textarea name="words" rows="${isOneLine ? 2 : 10}" aria-describedby="allowed" required>${words}</textarea>
      </label>
      <p class="soft" id="allowed">
        ${isOneLine ? "One line" : "Lines"}, at most ${most} characters.
        ${
          variables.length === 0
            ? "This text has no variables."
            : html`Variables: ${variables.map((name) => html`<code>&lt;${name}&gt;</code> `)}`
        }
        ${
          mayBeEmpty.length === 0
            ? ""
            : html`With a fallback, because they may be empty:
              ${mayBeEmpty.map((name) => html`<code>&lt;${name}|…&gt;</code> `)}`
        }
      </p>
      <label>
        Preview with customer
        <input
          name="customer"
          value="${fields?.["customer"] ?? ""}"
          maxlength="200"
          placeholder="the first it is about"
        />
      </label>
      <p>
        <button class="button" name="do" value="preview">Preview</button>
        <button class="button" name="do" value="save">Save</button>
        ${isOwn ? html`<button class="button" name="do" value="usual" formnovalidate>Back to the usual words</button>` : ""}
      </p>
    </form>
    ${preview === undefined ? "" : previewView(preview)}
    <section class="card" aria-labelledby="usual">
      <h2 id="usual">The usual words</h2>
      <p class="follow-up"><bdi>${usual}</bdi></p>
    </section>
    ${versionsView(page, opened)}`;
}

const PLACES: Readonly<Record<TemplatePlace, string>> = {
  subject: "As a mail’s subject",
  text: "In a mail, as text",
  html: "In a mail, as HTML: signs are escaped",
  slack: "In Slack: signs are escaped",
};

const previewView = ({ customerId, customerName, places }: ShownPreview): Html =>
  html`<section class="card" aria-labelledby="preview" role="status">
    <h2 id="preview">To <bdi>${customerName}</bdi> (<bdi>${customerId}</bdi>), not saved</h2>
    ${places.map(
      ({ place, written }) =>
        html`<h3>${PLACES[place]}</h3>
          <pre tabindex="0">${written}</pre>`,
    )}
  </section>`;

const versionsView = ({ tenant, language }: TemplatesPage, { textId, versions }: Opened): Html =>
  html`<section class="card" aria-labelledby="versions">
    <h2 id="versions">Who changed it</h2>
    ${
      versions.length === 0
        ? html`<p class="empty">Nobody has changed this text yet.</p>`
        : html`<div class="scroll" role="region" aria-label="Versions" tabindex="0">
            <table>
              <thead>
                <tr>
                  <th scope="col">Version</th>
                  <th scope="col">When</th>
                  <th scope="col">Who</th>
                  <th scope="col" class="long">Words</th>
                  <th scope="col">Take</th>
                </tr>
              </thead>
              <tbody>
                ${versions.map(
                  ({ version, at, by, words }) =>
                    html`<tr>
                      <th scope="row">${version}</th>
                      <td>${moment(momentText(tenant, at))}</td>
                      <td><bdi>${by}</bdi></td>
                      <td><bdi>${words ?? "the usual words"}</bdi></td>
                      <td>
                        ${
                          words === null
                            ? ""
                            : html`<form method="post" action="${templatesPath(tenant.tenantId)}/edit">
                                <input type="hidden" name="language" value="${language}" />
                                <input type="hidden" name="text" value="${textId}" />
                                <input type="hidden" name="words" value="${words}" />
                                <button
                                  class="button"
                                  name="do"
                                  value="preview"
                                  aria-label="Preview version ${version}"
                                >
                                  Preview
                                </button>
                              </form>`
                        }
                      </td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
