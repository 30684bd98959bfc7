import { MAX_ID_LENGTH } from "@regulars/core/platform/id-text";
import { type User, dealRights, isActive, roles } from "@regulars/core/access/user";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { settingsPath, usersPath } from "../page/addresses.ts";
import { ZONES, zonesView } from "../page/code-choices.ts";
import { foldedForm } from "../page/folded-form.ts";
import { type Html, layout } from "../page/layout.ts";
import { namedId, namedIds } from "../page/named-ids.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { WAS_FIELD, bothView, formStamp } from "../page/stale-form.ts";
import { changesCard } from "../page/logged-changes.ts";
import { userEffectsView } from "./user-effects-view.ts";
import { type UserPreview, type UsersPage, isUserField, textFields, userLabels, userText } from "./users-page.ts";

interface Sent {
  readonly fields: RefusedForm["fields"];
  readonly refused?: RefusedForm | undefined;
  readonly preview?: UserPreview | undefined;
  readonly isStale?: boolean;
}

/** Everybody of a tenant, with a form for a new user or the chosen one. */
export function usersView(page: UsersPage, words: PageWords, sent: Sent): Html {
  const { tenant, users, chosen } = page;
  const { say } = words;
  const path = usersPath(tenant.tenantId);
  return layout({
    title: say("common.at", { what: say("settings.users"), firm: tenant.name }),
    crumbs: [{ name: say("settings.title"), path: settingsPath(tenant.tenantId) }],
    main: html`<h1>${say("settings.users")}</h1>
      ${refusedView(sent.refused)}
      ${sent.isStale === true && chosen !== undefined ? bothView(bothOf(chosen, sent.fields, words), words) : ""}
      ${sent.preview === undefined ? "" : previewView(tenant, sent.preview, words)}
      ${
        chosen === undefined
          ? foldedForm(say("users.new"), Object.keys(sent.fields).length > 0, formView(page, words, sent.fields))
          : html`<section class="card" aria-labelledby="form">
              <h2 id="form"><bdi>${chosen.name}</bdi></h2>
              ${formView(page, words, sent.fields)}
              <p><a class="button" href="${path}">${say("users.new")}</a></p>
            </section>`
      }
      <div class="card scroll stack" role="group" aria-label="${say("settings.users")}" tabindex="0">
        <table>
          <thead>
            <tr>
              ${(["name", "userId", "role", "teamId", "email"] as const).map((field) => html`<th scope="col">${say(`users.${field}`)}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${users.map((user) => rowView(path, user, words))}
          </tbody>
        </table>
      </div>
      ${usersChanges(page, words)}`,
  });
}

/** Who changed what of whom when. */
function usersChanges(page: UsersPage, words: PageWords): Html {
  const names = new Map<string, string>(page.users.map(({ userId, name }) => [userId, name]));
  const { say } = words;
  return changesCard(page, page.tenant, words, {
    log: "users",
    of: { title: say("users.name"), nameOf: (userId) => names.get(userId) ?? userId },
    nameOf: (field) => (isUserField(field) ? say(userLabels[field]) : field),
    valueOf: (field, value) => (isUserField(field) && userText({ [field]: value ?? undefined }, field, words)) || "–",
  });
}

const rowView = (path: string, user: User, { say }: PageWords): Html =>
  html`<tr>
    <th scope="row">
      <a href="${path}?user=${encodeURIComponent(user.userId)}"><bdi>${user.name}</bdi></a>
      ${isActive(user) ? "" : html`<span class="mark state">${say("users.left")}</span>`}
    </th>
    <td data-of="${say("users.userId")}"><code>${user.userId}</code></td>
    <td data-of="${say("users.role")}">${say(`users.${user.role}`)}</td>
    <td data-of="${say("users.teamId")}"><bdi>${user.teamId ?? ""}</bdi></td>
    <td data-of="${say("users.email")}"><bdi>${user.email ?? ""}</bdi></td>
  </tr>`;

/** The stored user beside what the form has of them. */
function bothOf(user: User, fields: RefusedForm["fields"], words: PageWords) {
  const role = roles.find((one) => one === fields["role"]) ?? user.role;
  const texts = Object.fromEntries(textFields.map((name) => [name, fields[name]?.trim() ?? user[name]]));
  return (["role", ...textFields] as const).map((field) => ({
    name: words.say(userLabels[field]),
    now: userText(user, field, words),
    yours: userText({ ...texts, role }, field, words),
  }));
}

/** The lists of what fields offer while somebody writes. */
const OFFERS: ReadonlyMap<string, string> = new Map([
  ["timeZone", ZONES],
  ["teamId", "teams"],
  ["territoryId", "territories"],
]);

/** The teams or territories that users have; another may be written. */
const knownView = ({ users }: UsersPage, name: "teamId" | "territoryId"): Html =>
  html`<datalist id="${OFFERS.get(name)}">
    ${[...new Set(users.flatMap((user) => user[name] ?? []))].toSorted().map((one) => html`<option value="${one}"></option>`)}
  </datalist>`;

function formView(page: UsersPage, words: PageWords, fields: RefusedForm["fields"]): Html {
  const { tenant, chosen } = page;
  const { say } = words;
  const isFilled = Object.keys(fields).length > 0;
  const value = (name: (typeof textFields)[number] | "userId" | "role"): string => fields[name] ?? chosen?.[name] ?? "";
  const has = (right: (typeof dealRights)[number]): boolean =>
    isFilled ? fields[right] !== undefined : chosen?.dealRights?.includes(right) === true;
  const leaves = (fields["isActive"] ?? String(chosen?.isActive ?? true)) === "false";
  return html`<form class="settings" method="post" action="${usersPath(tenant.tenantId)}">
    <input type="hidden" name="${WAS_FIELD}" value="${formStamp(chosen ?? null)}" />
    ${
      chosen === undefined
        ? html`<input type="hidden" name="isNew" value="1" />
            <label
              >${say("users.userId")}
              <input name="userId" maxlength="${MAX_ID_LENGTH}" required value="${value("userId")}"
            /></label>`
        : html`<input type="hidden" name="userId" value="${chosen.userId}" />`
    }
    ${textFields.map(
      (name) =>
        html`<label
          >${say(`users.${name}`)}
          <input
            name="${name}"
            maxlength="254"
            value="${value(name)}"
            ${OFFERS.has(name) ? html`list="${OFFERS.get(name)}"` : ""}
          />
          ${name === "slackUserId" ? html`<span class="soft">${say("users.slackHint")}</span>` : ""}</label
        >`,
    )}
    ${zonesView} ${(["teamId", "territoryId"] as const).map((name) => knownView(page, name))}
    <label
      >${say("users.role")}
      <select name="role">
        ${roles.map((role) => html`<option value="${role}" ${(value("role") || "rep") === role ? html`selected` : ""}>${say(`users.${role}`)}</option>`)}
      </select></label
    >
    <label
      >${say("users.standing")}
      <select name="isActive">
        <option value="true">${say("users.here")}</option>
        <option value="false" ${leaves ? html`selected` : ""}>${say("users.left")}</option>
      </select></label
    >
    <fieldset class="days choices">
      <legend>${say("users.dealRights")}</legend>
      ${dealRights.map((right) => html`<label><input type="checkbox" name="${right}" value="1" ${has(right) ? html`checked` : ""} /> ${namedId("right", right, words)}</label>`)}
    </fieldset>
    <p class="review">
      <button class="button" name="do" value="preview">${say("settings.try")}</button>
      <button class="button" name="do" value="save">${say("settings.save")}</button>
    </p>
  </form>`;
}

function previewView(
  tenant: UsersPage["tenant"],
  { changes, gained, lost, user, effects }: UserPreview,
  words: PageWords,
): Html {
  const { say } = words;
  return changes.length === 0
    ? html`<p role="status">${say("settings.nothing")}</p>`
    : html`<div class="unused" role="status">
        <strong>${say("settings.tried")}</strong>
        <ul>
          ${changes.map(({ field, from, to }) => html`<li>${say(userLabels[field])}: <bdi>${from === "" ? "–" : from}</bdi> → <bdi>${to === "" ? "–" : to}</bdi></li>`)}
          ${gained.length === 0 ? "" : html`<li>${say("users.gained")}: ${namedIds("right", gained, words)}</li>`}
          ${lost.length === 0 ? "" : html`<li>${say("users.lost")}: ${namedIds("right", lost, words)}</li>`}
          ${userEffectsView(tenant, user, effects, words)}
        </ul>
      </div>`;
}
