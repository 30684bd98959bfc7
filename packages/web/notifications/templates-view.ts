import { countedWordsOf } from "@regulars/render/notifications/template-preview";
import { languages } from "@regulars/core/platform/languages";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { notificationsPath, templatesPath } from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { moment, momentIn } from "../page/moments.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { rich } from "../page/rich.ts";
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
  const { words, tenant, language, opened } = page;
  const { say } = words;
  const { tenantId } = tenant;
  const all = { name: say("templates.title"), path: templatesPath(tenantId, language) };
  return layout({
    title:
      opened === undefined ? all.name : say("templates.textIn", { name: opened.name, lang: languageNames[language] }),
    crumbs: [
      { name: say("place.messages"), path: notificationsPath(tenantId) },
      ...(opened === undefined ? [] : [all]),
    ],
    isWide: opened === undefined,
    main: html`<h1>${opened === undefined ? all.name : html`<bdi>${opened.name}</bdi>`}</h1>
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

const listView = ({ words: reader, tenant, language, templates, authorOf }: TemplatesPage): Html => {
  const { say } = reader;
  return html`<p class="soft">${say("templates.example", { vars: "<dlst>" })}</p>
    <div class="scroll stack" role="region" aria-label="${say("templates.region")}" tabindex="0">
      <table>
        <thead>
          <tr>
            <th scope="col">${say("templates.text")}</th>
            <th scope="col" class="long">${say("templates.reads")}</th>
            <th scope="col">${say("templates.changed")}</th>
          </tr>
        </thead>
        <tbody>
          ${templates.map(
            ({ textId, name, isOwn, written, last }) =>
              html`<tr>
                <th scope="row">
                  <a href="${templatesPath(tenant.tenantId, language, textId)}">${name}</a>
                  ${isOwn ? html`<span class="mark state">${say("templates.yours")}</span>` : ""}
                </th>
                <td class="long"><bdi>${written}</bdi></td>
                <td data-of="${say("templates.changed")}" ${last === undefined ? html`class="roomy"` : ""}>
                  ${last === undefined ? "–" : rich(reader, "templates.by", { date: moment(momentIn(reader, tenant, last.at)), name: html`<bdi>${authorOf(last.by)}</bdi>` })}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
};

type Opened = NonNullable<TemplatesPage["opened"]>;

function editorView(page: TemplatesPage, opened: Opened, { preview, fields, both }: Sent): Html {
  const { variables, mayBeEmpty, most, isOneLine, isOwn, usual, textId } = opened;
  const { words: reader, tenant, language } = page;
  const { say } = reader;
  const words = fields?.["words"] ?? opened.words;
  const was = both === undefined ? (fields?.[WAS_FIELD] ?? opened.was) : opened.was;
  return html`${both === undefined ? "" : bothView([{ name: opened.name, now: opened.words, yours: words }], both)}
    <form class="review" method="post" action="${templatesPath(tenant.tenantId)}/edit">
      <input type="hidden" name="language" value="${language}" />
      <input type="hidden" name="text" value="${textId}" />
      <input type="hidden" name="${WAS_FIELD}" value="${was}" />
      <label>
        ${say("templates.words")}
        <textarea name="words" rows="${isOneLine ? 2 : 10}" aria-describedby="allowed counted" required>
${words}</textarea>
      </label>
      <p class="soft whole" id="allowed">
        ${say(isOneLine ? "templates.oneLine" : "templates.lines", { numb: most })}
        ${
          variables.length === 0
            ? say("templates.noVariables")
            : rich(reader, "templates.variables", {
                list: html`${variables.map((name) => html`<code>&lt;${name}&gt;</code> `)}`,
              })
        }
        ${
          mayBeEmpty.length === 0
            ? ""
            : rich(reader, "templates.fallbacks", {
                list: html`${mayBeEmpty.map((name) => html`<code>&lt;${name}|…&gt;</code> `)}`,
              })
        }
      </p>
      ${countedHint(page, usual)}
      <label>
        ${say("templates.customer")}
        <input
          name="customer"
          value="${fields?.["customer"] ?? ""}"
          maxlength="200"
          placeholder="${say("templates.firstOne")}"
        />
      </label>
      <button class="button" name="do" value="preview">${say("templates.preview")}</button>
      <button class="button" name="do" value="save">${say("templates.save")}</button>
      ${isOwn ? html`<button class="button" name="do" value="usual" formnovalidate>${say("templates.back")}</button>` : ""}
    </form>
    ${preview === undefined ? "" : previewView(preview, reader)}
    <section class="card" aria-labelledby="usual">
      <h2 id="usual">${say("templates.usualWords")}</h2>
      <p class="follow-up"><bdi>${usual}</bdi></p>
    </section>
    ${versionsView(page, opened)}`;
}

/** How words that follow a number are written, by an example of the text itself. */
function countedHint({ words: reader, tenant, language }: TemplatesPage, usual: string): Html {
  const counted = countedWordsOf(usual, language, tenant);
  if (counted === undefined) return html``;
  const { source, one, many } = counted;
  return html`<p class="soft whole" id="counted">
    ${rich(reader, "templates.counted", { code: html`<code>${source}</code>`, onee: one, many })}
  </p>`;
}

const previewView = ({ customerId, customerName, places }: ShownPreview, reader: PageWords): Html =>
  html`<section class="card" aria-labelledby="preview" role="status">
    <h2 id="preview">
      ${rich(reader, "templates.to", { name: html`<bdi>${customerName}</bdi>`, code: html`<bdi>${customerId}</bdi>` })}
    </h2>
    ${places.map(
      ({ place, written }) =>
        html`<h3>${reader.say(`templates.place.${place}`)}</h3>
          <pre tabindex="0">${written}</pre>`,
    )}
  </section>`;

const versionsView = (
  { words: reader, tenant, language, authorOf }: TemplatesPage,
  { textId, versions }: Opened,
): Html => {
  const { say } = reader;
  return html`<section class="card" aria-labelledby="versions">
    <h2 id="versions">${say("templates.who")}</h2>
    ${
      versions.length === 0
        ? html`<p class="empty">${say("templates.nobody")}</p>`
        : html`<div class="scroll stack" role="region" aria-label="${say("templates.versions")}" tabindex="0">
            <table>
              <thead>
                <tr>
                  <th scope="col">${say("templates.version")}</th>
                  <th scope="col">${say("templates.when")}</th>
                  <th scope="col">${say("templates.whoOf")}</th>
                  <th scope="col" class="long">${say("templates.words")}</th>
                  <th scope="col">${say("templates.take")}</th>
                </tr>
              </thead>
              <tbody>
                ${versions.map(
                  ({ version, at, by, words }) =>
                    html`<tr>
                      <th scope="row">${version}</th>
                      <td data-of="${say("templates.when")}">${moment(momentIn(reader, tenant, at))}</td>
                      <td data-of="${say("templates.whoOf")}"><bdi>${authorOf(by)}</bdi></td>
                      <td class="long" data-of="${say("templates.words")}">
                        <bdi>${words ?? say("templates.theUsual")}</bdi>
                      </td>
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
                                  aria-label="${say("templates.previewOf", { numb: version })}"
                                >
                                  ${say("templates.preview")}
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
};
