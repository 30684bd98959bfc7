import { html } from "hono/html";
import { tenantNotificationsPath } from "../page/addresses.ts";
import type { Html } from "../page/layout.ts";
import type { RefusedForm } from "../page/refused-form.ts";
import { type FieldGroup, type PreferenceField, wordsOfValue } from "./preference-fields.ts";
import { compulsionKey } from "./compulsions.ts";
import { type PreferencesPage, namedChoices } from "./preferences-page.ts";

/** What everybody has whatever they prefer, and a form that makes more compulsory. */
export const compulsionsView = (page: PreferencesPage, filled: RefusedForm["fields"]): Html =>
  html`<section class="card" aria-labelledby="compulsory">
    <h2 id="compulsory">Compulsory for everybody</h2>
    ${
      page.compulsions.length === 0
        ? html`<p class="empty">Nothing is compulsory: everybody may choose everything.</p>`
        : html`<ul>
            ${page.compulsions.map((one) => compulsionView(page, one))}
          </ul>`
    }
    <form class="settings" method="post" action="${tenantNotificationsPath(page.tenant.tenantId)}">
      <input type="hidden" name="form" value="compulsion" />
      <label
        >Preference
        <select name="preference">
          ${optionsOf(page).map(
            ([field, label]) =>
              html`<option value="${field.name}" ${field.name === filled["preference"] ? html`selected` : ""}>
                ${label}
              </option>`,
          )}
        </select>
      </label>
      <label
        >Value (at once, yes, 07:30, monday friday …)
        <input name="value" maxlength="100" value="${filled["value"] ?? ""}" />
      </label>
      <label
        >Reason, which everybody is shown
        <input name="reason" maxlength="300" value="${filled["reason"] ?? ""}" />
      </label>
      <p class="review"><button class="button">Make compulsory</button></p>
    </form>
  </section>`;

const ofGroup = ({ title, fields }: FieldGroup) =>
  fields.map((field) => [field, field.name.startsWith("kinds.") ? `${title}: ${field.label}` : field.label] as const);

const optionsOf = ({ groups }: PreferencesPage): readonly (readonly [PreferenceField, string])[] => {
  return [...groups.values.flatMap(ofGroup), ...groups.kinds.flatMap(ofGroup)];
};

function compulsionView(page: PreferencesPage, one: PreferencesPage["compulsions"][number]): Html {
  const labels = new Map(optionsOf(page).map(([field, label]) => [field.name, { field, label }]));
  const texts = [...namedChoices(one.set)].map(([name, value]) => {
    const known = labels.get(name) ?? { field: { name, label: name }, label: name };
    return `${known.label}: ${wordsOfValue(known.field, value)}`;
  });
  return html`<li>
    <form method="post" action="${tenantNotificationsPath(page.tenant.tenantId)}">
      <input type="hidden" name="form" value="removal" />
      <input type="hidden" name="compulsion" value="${compulsionKey(one)}" />
      <bdi>${texts.join("; ")}</bdi>, because: <bdi>${one.reason}</bdi>
      <button class="plain">Take back</button>
    </form>
  </li>`;
}
