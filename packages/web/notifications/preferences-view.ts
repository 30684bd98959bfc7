import { weekdays } from "@regulars/core/notifications/preferences";
import type { ShownPreference } from "@regulars/core/notifications/preferences-json";
import { html } from "hono/html";
import {
  deliveriesPath,
  nextMessagesPath,
  notificationsPath,
  slackPath,
  templatesPath,
  tenantNotificationsPath,
} from "../page/addresses.ts";
import { type Html, layout } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";
import { compulsionsView } from "./compulsions-view.ts";
import { type FieldGroup, type PreferenceField, textOfValue, tickedDays, wordsOfValue } from "./preference-fields.ts";
import type { PreferencesPage } from "./preferences-page.ts";

/** What reaches the viewer, or by default everybody, how and when, with who decides it. */
export function preferencesView(page: PreferencesPage, refused?: RefusedForm): Html {
  const { tenant, isTenants, groups, notes, isManager } = page;
  const title = isTenants ? `Messages to everybody at ${tenant.name}` : "Messages to you";
  const fields = refused?.fields["form"] === "preferences" ? refused.fields : undefined;
  const path = isTenants ? tenantNotificationsPath(tenant.tenantId) : notificationsPath(tenant.tenantId);
  const isAnyKindChosen = groups.kinds.slice(1).some((group) => group.fields.some(({ name }) => page.own.has(name)));
  return layout({
    title,
    crumbs: isTenants ? [{ name: "Messages", path: notificationsPath(tenant.tenantId) }] : [],
    main: html`<h1>${isTenants ? "Messages to everybody" : title}</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> ·
        ${isTenants ? "what holds for who has chosen nothing else" : "what reaches you, how and when"}. An empty field
        is what holds otherwise. <a href="${nextMessagesPath(tenant.tenantId)}">What would be sent next</a>
        ${!isTenants && isManager ? html`· <a href="${tenantNotificationsPath(tenant.tenantId)}">For everybody</a>` : ""}
        ${page.seesLog ? html`· <a href="${deliveriesPath(tenant.tenantId)}">Log</a>` : ""}
        ${isManager ? html`· <a href="${templatesPath(tenant.tenantId)}">Texts of messages</a> · <a href="${slackPath(tenant.tenantId)}">Slack</a>` : ""}
      </p>
      ${refusedView(refused)} ${notes.map((note) => html`<p role="status">Note: ${note}.</p>`)}
      <form method="post" action="${path}">
        <input type="hidden" name="form" value="preferences" />
        ${groups.values.map((group) => groupView(page, group, fields))}
        ${groups.kinds.slice(0, 1).map((group) => groupView(page, group, fields))}
        <details ${isAnyKindChosen || refused !== undefined ? html`open` : ""}>
          <summary>Each kind of news by itself</summary>
          ${groups.kinds.slice(1).map((group) => groupView(page, group, fields))}
        </details>
        <p class="review"><button class="button">Save</button></p>
      </form>
      ${isTenants ? compulsionsView(page, filledIn(refused)) : ""}`,
  });
}

const groupView = (page: PreferencesPage, { id, title, fields }: FieldGroup, filled?: RefusedForm["fields"]): Html =>
  html`<section class="card" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <div class="settings">${fields.map((field) => fieldView(page, field, filled))}</div>
  </section>`;

function fieldView(page: PreferencesPage, field: PreferenceField, filled: RefusedForm["fields"] | undefined): Html {
  const { name, label, choices, isDays = false, isDate = false, maxLength } = field;
  if (isDays) return daysView(page, field, filled);
  const own = textOfValue(page.own.get(name));
  const value = filled?.[name] ?? own;
  const usual = wordsOfValue(field, page.usual.get(name)?.value);
  const described = `held-${name}`;
  const control =
    choices === undefined
      ? html`<input
          name="${name}"
          value="${value}"
          aria-describedby="${described}"
          ${isDate ? html`type="date"` : html`placeholder="${usual}"`}
          ${maxLength === undefined ? "" : html`maxlength="${maxLength}"`}
        />`
      : html`<select name="${name}" aria-describedby="${described}">
          <option value="">otherwise: ${usual}</option>
          ${offered(choices, value).map(
            (choice) =>
              html`<option value="${choice.value}" ${choice.value === value ? html`selected` : ""}>
                ${choice.name}
              </option>`,
          )}
        </select>`;
  return html`<div>
    <label>${label} ${control}</label>
    <span class="soft" id="${described}">${heldText(page, field)}</span>
  </div>`;
}

/** A refused value stays chosen. */
const offered = (choices: NonNullable<PreferenceField["choices"]>, value: string) =>
  value === "" || choices.some((choice) => choice.value === value) ? choices : [...choices, { value, name: value }];

function daysView(page: PreferencesPage, field: PreferenceField, filled: RefusedForm["fields"] | undefined): Html {
  const { name, label } = field;
  const chosen = page.own.get(name) ?? page.held.get(name)?.value;
  const ticked = filled === undefined ? (Array.isArray(chosen) ? chosen.map(String) : []) : tickedDays(name, filled);
  return html`<fieldset class="days">
    <legend>${label}</legend>
    <input type="hidden" name="${name}" value="" />
    ${weekdays.map(
      (day) =>
        html`<label
          ><input type="checkbox" name="${name}.${day}" ${ticked.includes(day) ? html`checked` : ""} />
          ${day.charAt(0).toUpperCase()}${day.slice(1, 3)}</label
        >`,
    )}
    <span class="soft">${heldText(page, field)}</span>
  </fieldset>`;
}

/** What holds and who decides it: "Now 07:30: as usual". */
function heldText({ held, isTenants }: PreferencesPage, field: PreferenceField): Html {
  const shown = held.get(field.name);
  if (shown === undefined) return html``;
  return html`Now <bdi>${wordsOfValue(field, shown.value)}</bdi>: <bdi>${whose(shown, isTenants)}</bdi>${
      shown.overruled === null
        ? ""
        : html`; your own choice, <bdi>${wordsOfValue(field, shown.overruled)}</bdi>, is overruled`
    }`;
}

function whose({ decidedBy, reason, setAt }: ShownPreference, isTenants: boolean): string {
  const since = setAt === null ? "" : ` since ${setAt.slice(0, 10)}`;
  switch (decidedBy) {
    case "usual":
      return "as usual";
    case "tenant":
      return isTenants ? `chosen for everybody${since}` : `the company’s default${since}`;
    case "user":
      return `your own choice${since}`;
    case "compulsion":
      return `compulsory${since}: ${(reason ?? "").replace(/\.$/, "")}`;
  }
}
