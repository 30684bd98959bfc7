import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Moved, SettingsPreview } from "@regulars/flows/code-red/preview-settings";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { type SettingsChanges, changesView } from "../tenants/changes-view.ts";
import { codeRedPath, codeRedSettingsPath } from "../page/addresses.ts";
import { type SettingField, choiceText, settingFields, usualText } from "@regulars/render/code-red/setting-fields";
import { settingText } from "./code-red-settings-form.ts";
import { type Html, layout } from "../page/layout.ts";
import { type Both, WAS_FIELD, bothView, formStamp } from "../page/stale-form.ts";
import { rich } from "../page/rich.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { withCommas } from "../page/with-commas.ts";

interface CodeRedSettingsPage extends SettingsChanges {
  readonly tenant: Tenant;
}

/** The settings of Code Red in a form that previews or saves them, and what was changed of the tenant's settings. */
export function codeRedSettingsView(
  page: CodeRedSettingsPage,
  words: PageWords,
  filled?: RefusedForm["fields"],
  outcome?: {
    readonly refused?: RefusedForm | undefined;
    readonly preview?: SettingsPreview | undefined;
    readonly isStale?: boolean;
  },
): Html {
  const { say } = words;
  const { tenant } = page;
  const callList = html`<a href="${codeRedPath(tenant.tenantId)}">${say("codeRedSettings.callList")}</a>`;
  return layout({
    title: say("common.at", { what: say("codeRedSettings.title"), firm: tenant.name }),
    isWide: true,
    main: html`<h1>${say("codeRedSettings.title")}</h1>
      <p class="lead"><bdi>${tenant.name}</bdi> · ${rich(words, "codeRedSettings.lead", { link: callList })}</p>
      ${refusedView(outcome?.refused)}
      ${outcome?.isStale === true && filled !== undefined ? bothView(bothOf(tenant, words, filled), words) : ""}
      ${outcome?.preview === undefined ? "" : previewView(tenant, words, outcome.preview)}
      <section class="card" aria-labelledby="settings">
        <h2 id="settings">${say("common.settings")}</h2>
        <form class="settings" method="post" action="${codeRedSettingsPath(tenant.tenantId)}">
          <input type="hidden" name="${WAS_FIELD}" value="${formStamp(tenant.codeRed)}" />
          ${settingFields.map((field) => fieldView(words, field, filled?.[field.name] ?? settingText(tenant, field)))}
          <p class="review">
            <button class="button" name="do" value="preview">${say("common.preview")}</button>
            <button class="button" name="do" value="save">${say("common.save")}</button>
          </p>
        </form>
      </section>
      <section class="card" aria-labelledby="changes">
        <h2 id="changes">${say("changes.title")}</h2>
        ${changesView(page, tenant, words)}
      </section>`,
  });
}

const bothOf = (tenant: Tenant, { say }: PageWords, filled: RefusedForm["fields"]): readonly Both[] =>
  settingFields.map((field) => {
    const now = settingText(tenant, field);
    return { name: say(`codeRedSettings.${field.name}`), now, yours: filled[field.name]?.trim() ?? now };
  });

function fieldView(words: PageWords, field: SettingField, value: string): Html {
  const { say } = words;
  const { name, unit, range, choices } = field;
  const label = say(`codeRedSettings.${name}`);
  const usual = usualText(words, field);
  if (choices !== undefined)
    return html`<label
      >${label}
      <select name="${name}">
        <option value="" ${value === "" ? html`selected` : ""}>${say("common.usual", { text: usual })}</option>
        ${choices.map(([own, text]) => html`<option value="${own}" ${own === value ? html`selected` : ""}>${choiceText(words, text)}</option>`)}
      </select></label
    >`;
  return html`<label
    >${label}
    <span class="unit"
      ><input
        type="number"
        name="${name}"
        min="${range?.least ?? 0}"
        max="${range?.most ?? ""}"
        placeholder="${usual === "" ? say("common.off") : usual}"
        value="${value}"
      />
      ${unit === undefined ? "" : say(unit)}</span
    ></label
  >`;
}

const previewView = (tenant: Tenant, words: PageWords, { asOf, before, after, added, gone }: SettingsPreview): Html =>
  html`<section class="card" aria-labelledby="preview">
    <h2 id="preview">${words.say("codeRedSettings.previewAsOf", { date: words.formats.day(asOf) })}</h2>
    <p>
      ${words.say("codeRedSettings.unsaved", {
        numb: after.red,
        befo: before.red,
        conf: after.confirmed,
        cwas: before.confirmed,
      })}
    </p>
    <ul>
      <li>${rich(words, "codeRedSettings.added", { name: movedView(tenant, words, added) })}</li>
      <li>${rich(words, "codeRedSettings.gone", { name: movedView(tenant, words, gone) })}</li>
    </ul>
  </section>`;

function movedView(tenant: Tenant, { say, formats }: PageWords, { count, first }: Moved): Html {
  if (count === 0) return html`${say("codeRedSettings.nobody")}`;
  const names = first.map(
    ({ customerId, name }) =>
      html`<a href="${codeRedPath(tenant.tenantId, customerId)}"><bdi>${name ?? customerId}</bdi></a>`,
  );
  return html`${formats.number(count)}: ${withCommas(names)}${count > first.length ? ", …" : ""}`;
}
