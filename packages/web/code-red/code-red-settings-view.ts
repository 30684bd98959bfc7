import { counted } from "@regulars/core/platform/counted";
import type { SettingsEntry } from "@regulars/core/tenants/settings-log";
import type { Tenant } from "@regulars/core/tenants/tenant";
import type { Moved, SettingsPreview } from "@regulars/flows/code-red/preview-settings";
import { html } from "hono/html";
import { changesView } from "../tenants/changes-view.ts";
import { codeRedPath, codeRedSettingsPath } from "../page/addresses.ts";
import { type SettingField, settingFields, usualText } from "./code-red-settings-fields.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";

export interface CodeRedSettingsPage {
  readonly tenant: Tenant;
  readonly changes: readonly SettingsEntry[];
}

/** The settings of Code Red in a form that previews or saves them, and what was changed of the tenant's settings. */
export function codeRedSettingsView(
  { tenant, changes }: CodeRedSettingsPage,
  filled?: RefusedForm["fields"],
  outcome?: { readonly refused?: RefusedForm | undefined; readonly preview?: SettingsPreview | undefined },
): Html {
  return layout({
    title: `Settings of Code Red at ${tenant.name}`,
    isWide: true,
    main: html`<h1>Settings of Code Red</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · how the <a href="${codeRedPath(tenant.tenantId)}">call list</a> compares. An empty
        field has the usual value.
      </p>
      ${refusedView(outcome?.refused)} ${outcome?.preview === undefined ? "" : previewView(tenant, outcome.preview)}
      <section class="card" aria-labelledby="settings">
        <h2 id="settings">Settings</h2>
        <form class="review" method="post" action="${codeRedSettingsPath(tenant.tenantId)}">
          ${settingFields.map((field) => fieldView(field, filled?.[field.name] ?? settingText(tenant, field)))}
          <button class="button" name="do" value="preview">Preview</button>
          <button class="button" name="do" value="save">Save</button>
        </form>
      </section>
      <section class="card" aria-labelledby="changes">
        <h2 id="changes">Who changed what</h2>
        ${changesView(changes)}
      </section>`,
  });
}

/** What the tenant has set; nothing for the usual value. */
function settingText({ codeRed }: Tenant, { name }: SettingField): string {
  const value = codeRed?.[name];
  return value === undefined || value === null ? "" : String(value);
}

function fieldView(field: SettingField, value: string): Html {
  const { name, label, unit = "", range, choices } = field;
  const usual = usualText(field);
  if (choices !== undefined)
    return html`<label
      >${label}
      <select name="${name}">
        <option value="" ${value === "" ? html`selected` : ""}>usual: ${usual}</option>
        ${choices.map(([own, text]) => html`<option value="${own}" ${own === value ? html`selected` : ""}>${text}</option>`)}
      </select></label
    >`;
  return html`<label
    >${label}
    <input
      type="number"
      name="${name}"
      min="${range?.least ?? 0}"
      max="${range?.most ?? ""}"
      placeholder="${usual === "" ? "off" : usual}"
      value="${value}"
    />
    ${unit}</label
  >`;
}

const previewView = (tenant: Tenant, { asOf, before, after, added, gone }: SettingsPreview): Html =>
  html`<section class="card" aria-labelledby="preview">
    <h2 id="preview">Preview, as of ${asOf}</h2>
    <p>
      Nothing is saved yet. ${counted(after.red, "customer")} to call would be red in the place of ${before.red},
      ${after.confirmed} of them confirmed in the place of ${before.confirmed}.
    </p>
    <ul>
      <li>New on the list: ${movedView(tenant, added)}</li>
      <li>Gone from it: ${movedView(tenant, gone)}</li>
    </ul>
  </section>`;

function movedView(tenant: Tenant, { count, first }: Moved): Html {
  if (count === 0) return html`nobody`;
  const names = first.map(
    ({ customerId, name }, i) =>
      html`${i === 0 ? "" : ", "}<a href="${codeRedPath(tenant.tenantId, customerId)}"
          ><bdi>${name ?? customerId}</bdi></a
        >`,
  );
  return html`${count}: ${names}${count > first.length ? ", …" : ""}`;
}
