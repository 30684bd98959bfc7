import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { TenantId } from "@regulars/core/platform/values";
import {
  apiKeysPath,
  codeRedSettingsPath,
  dataQualityPath,
  nightsPath,
  settingsPath,
  tenantNotificationsPath,
  usersPath,
  webhooksPath,
} from "../page/addresses.ts";
import { choiceText, groupTitle, nameText } from "./setting-name.ts";
import { changesView } from "./changes-view.ts";
import { type CodeKind, codeList, codeSelect, codeText } from "../page/code-choices.ts";
import { enterButton } from "../page/form-rows.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { OFF, type SettingsGroup, type ShownSetting, givenText, shownValues } from "./settings-groups.ts";
import type { SettingsPage } from "./settings-page.ts";
import { type Both, WAS_FIELD, bothView, formStamp } from "../page/stale-form.ts";
import { listSetting } from "./setting-rows.ts";
import { valueText } from "./setting-value.ts";
import { type NamedPreview, previewView } from "./settings-preview-view.ts";
import { option } from "../page/option.ts";

/** What became of a form of the page that was sent just now. */
interface Sent {
  readonly fields: RefusedForm["fields"];
  readonly preview?: NamedPreview | undefined;
  readonly isStale?: boolean;
  readonly refused?: RefusedForm | undefined;
}

/** All settings of a tenant, a form for each group, and who changed what when. */
export function settingsView(page: SettingsPage, words: PageWords, sent: Sent = { fields: {} }): Html {
  const { tenant, groups } = page;
  const { say } = words;
  return layout({
    title: say("settings.of", { name: tenant.name }),
    main: html`<h1>${say("settings.title")}</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · ${say("settings.lead", { name: tenant.edition, zone: tenant.timeZone })}
      </p>
      <ul class="choices">
        ${pagesOf(tenant.tenantId).map(([path, id]) => html`<li><a href="${path}">${say(id)}</a></li>`)}
      </ul>
      ${refusedView(sent.refused)}
      ${groups.map((group) => groupView(page, group, words, sent.fields["group"] === group.id ? sent : { fields: {} }))}
      <section class="card" aria-labelledby="changes">
        <h2 id="changes">${say("settings.who")}</h2>
        ${changesView(page, tenant, words)}
      </section>`,
  });
}

/** Settings with a page of their own. */
const pagesOf = (tenantId: TenantId) =>
  [
    [codeRedSettingsPath(tenantId), "place.codeRed"],
    [tenantNotificationsPath(tenantId), "settings.notifications"],
    [usersPath(tenantId), "settings.users"],
    [apiKeysPath(tenantId), "settings.keys"],
    [webhooksPath(tenantId), "settings.webhooks"],
    [nightsPath(tenantId), "settings.nights"],
    [dataQualityPath(tenantId), "settings.quality"],
  ] as const;

const bothOf = ({ id, settings }: SettingsGroup, fields: RefusedForm["fields"], words: PageWords): readonly Both[] =>
  settings.map(({ name, text }) => {
    const yours = givenText(name, fields) ?? text;
    // A list is told in words where it can be read.
    const told = (one: string): string =>
      one === "" || listSetting(name) === undefined ? one : valueText(pathOf(id, name), listIn(one), words);
    return { name: nameText(name, words), now: told(text), yours: told(yours) };
  });

const pathOf = (id: string, name: string): string => (id === "company" ? name : `${id}.${name}`);

function listIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const groupView = (
  { tenant, kinds, year }: SettingsPage,
  group: SettingsGroup,
  words: PageWords,
  { fields, preview, isStale = false }: Sent,
): Html => {
  const now = formStamp(shownValues(group));
  // Only who was shown both versions goes on from the stored one.
  const stamp = isStale ? now : (fields[WAS_FIELD] ?? now);
  return html`<section class="card" aria-labelledby="${group.id}">
    <h2 id="${group.id}">${groupTitle(group.id, group.title, words)}</h2>
    ${isStale ? bothView(bothOf(group, fields, words), words) : ""}
    ${preview === undefined ? "" : previewView(preview, kinds, words)}
    <form class="settings" method="post" action="${settingsPath(tenant.tenantId)}#${group.id}">
      <input type="hidden" name="group" value="${group.id}" />
      <input type="hidden" name="${WAS_FIELD}" value="${stamp}" />
      ${enterButton("do", "preview")} ${group.settings.map((setting) => field(setting, fields, year, words))}
      <p class="review">
        <button class="button" name="do" value="preview">${words.say("settings.try")}</button>
        <button class="button" name="do" value="save">${words.say("settings.save")}</button>
      </p>
    </form>
  </section>`;
};

const field = (setting: ShownSetting, fields: RefusedForm["fields"], year: number, words: PageWords): Html => {
  const { name, text, usual, choices, maxLength, code } = setting;
  const list = listSetting(name);
  // A text that was once written into one field is kept there, to be mended.
  if (list !== undefined && fields[name] === undefined)
    return list.view(text === "" ? undefined : listIn(text), nameText(name, words), fields, year, words);
  const value = fields[name] ?? text;
  if (code !== undefined && code !== "language")
    return html`<label
      >${nameText(name, words)}
      ${codeSelect({ name, kind: code, value, usual: usual && codeUsual(usual, code, words) }, words)}</label
    >`;
  if (choices !== undefined)
    return html`<label
      >${nameText(name, words)}
      <select name="${name}">
        ${usual === undefined ? "" : option("", words.say("common.usual", { text: choiceText(usual, words) }), value === "")}
        ${[...new Set([...choices, ...(value === "" ? [] : [value])])].map((choice) =>
          option(choice, choiceText(choice, words), choice === value),
        )}
      </select>
    </label>`;
  return html`<label
    >${nameText(name, words)}
    <input
      name="${name}"
      value="${value}"
      ${usual === undefined ? "" : html`placeholder="${usual === OFF ? words.say("setting.is.off") : usual}"`}
      ${maxLength === undefined ? "" : html`maxlength="${maxLength}"`}
      ${code === undefined ? "" : html`list="${name}-list"`}
    />
    ${code === undefined ? "" : codeList(`${name}-list`, code, words)}
  </label>`;
};

const codeUsual = (usual: string, kind: CodeKind, words: PageWords): string =>
  usual === OFF ? choiceText(OFF, words) : codeText(usual, kind, words);
