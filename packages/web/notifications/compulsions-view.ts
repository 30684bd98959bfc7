import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { tenantNotificationsPath } from "../page/addresses.ts";
import { rich } from "../page/rich.ts";
import type { Html } from "../page/layout.ts";
import type { RefusedForm } from "../page/refused-form.ts";
import { VALUE_FIELD, compulsionKey } from "./compulsions.ts";
import { controlView, daysControlView } from "./preference-control.ts";
import { type FieldGroup, type PreferenceField, tickedDays, wordsOfValue } from "./preference-fields.ts";
import { type PreferencesPage, namedChoices } from "./preferences-page.ts";

/** What everybody has whatever they prefer, and a form that makes more compulsory. */
export const compulsionsView = (
  page: PreferencesPage,
  words: PageWords,
  filled: RefusedForm["fields"],
  preference: string | undefined,
): Html => {
  const { say } = words;
  const path = tenantNotificationsPath(page.tenant.tenantId);
  const chosen = optionsOf(page, words).find(([field]) => field.name === (filled["preference"] ?? preference));
  return html`<section class="card" aria-labelledby="compulsory">
    <h2 id="compulsory">${say("compulsions.title")}</h2>
    ${
      page.compulsions.length === 0
        ? html`<p class="empty">${say("compulsions.none")}</p>`
        : html`<ul>
            ${page.compulsions.map((one) => compulsionView(page, words, one))}
          </ul>`
    }
    <form class="review" method="get" action="${path}#compulsory">
      <label
        >${say("compulsions.preference")}
        <select name="preference">
          ${optionsOf(page, words).map(
            ([field, label]) =>
              html`<option value="${field.name}" ${field.name === chosen?.[0].name ? html`selected` : ""}>
                ${label}
              </option>`,
          )}
        </select>
      </label>
      <button class="button">${say("compulsions.choose")}</button>
    </form>
    ${chosen === undefined ? "" : compulsionForm(path, chosen, words, filled)}
  </section>`;
};

/** The value of the chosen preference, in a field of its own kind, and the reason. */
const compulsionForm = (
  path: string,
  [field, label]: readonly [PreferenceField, string],
  words: PageWords,
  filled: RefusedForm["fields"],
): Html => {
  const { say } = words;
  const value = filled[VALUE_FIELD] ?? "";
  return html`<form class="settings" method="post" action="${path}">
    <input type="hidden" name="form" value="compulsion" />
    <input type="hidden" name="preference" value="${field.name}" />
    ${
      field.isDays === true
        ? html`<fieldset class="days">
            <legend>${label}</legend>
            ${daysControlView(VALUE_FIELD, tickedDays(VALUE_FIELD, filled), words)}
          </fieldset>`
        : html`<label>${label} ${controlView(field, { name: VALUE_FIELD, value }, words)}</label>`
    }
    <label
      >${say("compulsions.reason")}
      <input name="reason" maxlength="300" value="${filled["reason"] ?? ""}" />
    </label>
    <p class="review">
      <button class="button" name="do" value="preview">${say("settings.try")}</button>
      <button class="button" name="do" value="save">${say("compulsions.make")}</button>
    </p>
  </form>`;
};

const ofGroup = ({ say }: PageWords, { title, fields }: FieldGroup) =>
  fields.map(
    (field) =>
      [
        field,
        field.name.startsWith("kinds.") ? say("prefGroup.ofKind", { kind: title, levl: field.label }) : field.label,
      ] as const,
  );

const optionsOf = (
  { groups }: Pick<PreferencesPage, "groups">,
  words: PageWords,
): readonly (readonly [PreferenceField, string])[] => {
  return [...groups.values, ...groups.kinds].flatMap((group) => ofGroup(words, group));
};

/** Every preference by its name, with its field and what it is called in full. */
export const labelledFields = (
  page: Pick<PreferencesPage, "groups">,
  words: PageWords,
): ReadonlyMap<string, { readonly field: PreferenceField; readonly label: string }> =>
  new Map(optionsOf(page, words).map(([field, label]) => [field.name, { field, label }]));

/** What is compulsory, in words: "Digest at: 07:00". */
export function settingsText(
  page: Pick<PreferencesPage, "groups">,
  words: PageWords,
  { set }: PreferencesPage["compulsions"][number],
): string {
  const labels = labelledFields(page, words);
  const texts = [...namedChoices(set)].map(([name, value]) => {
    const known = labels.get(name) ?? { field: { name, label: name }, label: name };
    return `${known.label}: ${wordsOfValue(words, known.field, value)}`;
  });
  return texts.join("; ");
}

function compulsionView(page: PreferencesPage, words: PageWords, one: PreferencesPage["compulsions"][number]): Html {
  return html`<li>
    <form method="post" action="${tenantNotificationsPath(page.tenant.tenantId)}">
      <input type="hidden" name="form" value="removal" />
      <input type="hidden" name="compulsion" value="${compulsionKey(one)}" />
      ${rich(words, "compulsions.because", {
        what: html`<bdi>${settingsText(page, words, one)}</bdi>`,
        text: html`<bdi>${one.reason}</bdi>`,
      })}
      <button class="plain" name="do" value="preview">
        ${words.say("settings.try")}<span class="hidden">: ${words.say("compulsions.takeBack")}</span>
      </button>
      <button class="plain" name="do" value="save">${words.say("compulsions.takeBack")}</button>
    </form>
  </li>`;
}
