import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { codeRedSettingsPath, settingsPath } from "../page/addresses.ts";
import { changesView } from "./changes-view.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import type { SettingsGroup, SettingsPage, ShownSetting } from "./settings-page.ts";

/** All settings of a tenant, a form for each group, and who changed what when. */
export function settingsView(page: SettingsPage, words: PageWords, refused?: RefusedForm): Html {
  const { tenant, groups, changes } = page;
  const fields = filledIn(refused);
  return layout({
    title: `Settings of ${tenant.name}`,
    main: html`<h1>Settings</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · edition ${tenant.edition}, time zone ${tenant.timeZone}. An empty field is the usual
        value. Changes apply from the next page and the next nightly run on.
        <a href="${codeRedSettingsPath(tenant.tenantId)}">Settings of Code Red</a>
      </p>
      ${refusedView(refused)}
      ${groups.map((group) => groupView(page, group, fields["group"] === group.id ? fields : {}))}
      <section class="card" aria-labelledby="changes">
        <h2 id="changes">Who changed what</h2>
        ${changesView(changes, words)}
      </section>`,
  });
}

const groupView = (
  { tenant }: SettingsPage,
  { id, title, settings }: SettingsGroup,
  fields: RefusedForm["fields"],
): Html =>
  html`<section class="card" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <form class="settings" method="post" action="${settingsPath(tenant.tenantId)}#${id}">
      <input type="hidden" name="group" value="${id}" />
      ${settings.map((setting) => field(setting, fields))}
      <p class="review">
        <button class="button">Save</button>
      </p>
    </form>
  </section>`;

const field = (setting: ShownSetting, fields: RefusedForm["fields"]): Html => {
  const { name, text, usual, choices, maxLength } = setting;
  const value = fields[name] ?? text;
  if (choices !== undefined)
    return html`<label
      >${nameText(name)}
      <select name="${name}">
        ${usual === undefined ? "" : option("", `usual: ${wordsOf(usual)}`, value)}
        ${[...new Set([...choices, ...(value === "" ? [] : [value])])].map((choice) =>
          option(choice, wordsOf(choice), value),
        )}
      </select>
    </label>`;
  return html`<label
    >${nameText(name)}
    <input
      name="${name}"
      value="${value}"
      ${usual === undefined ? "" : html`placeholder="${usual}"`}
      ${maxLength === undefined ? "" : html`maxlength="${maxLength}"`}
    />
  </label>`;
};

const option = (value: string, text: string, chosen: string): Html =>
  html`<option value="${value}" ${value === chosen ? html`selected` : ""}>${text}</option>`;

const wordsOf = (value: string): string =>
  value === "true" ? "yes" : value === "false" ? "no" : value.replaceAll(/([A-Z])/g, " $1").toLowerCase();

/** "Max alerts per rep per day" for maxAlertsPerRepPerDay; a setting of a category keeps its category. */
const nameText = (name: string): string => {
  const [setting = "", category] = name.split("@");
  const words = setting.replaceAll(/([A-Z])/g, " $1").toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${category === undefined ? "" : `, ${category}`}`;
};
