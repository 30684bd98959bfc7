import type { PreferencesPreview } from "@regulars/flows/notifications/preview-preferences";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import {
  deliveriesPath,
  nextMessagesPath,
  notificationsPath,
  slackPath,
  templatesPath,
  tenantNotificationsPath,
} from "../page/addresses.ts";
import { zonesView } from "../page/code-choices.ts";
import { rich } from "../page/rich.ts";
import { type Html, layout } from "../page/layout.ts";
import type { LoggedChanges } from "../page/logged-changes.ts";
import { type RefusedForm, refusedView } from "../page/refused-form.ts";
import { type Both, WAS_FIELD, bothView } from "../page/stale-form.ts";
import { compulsionsView } from "./compulsions-view.ts";
import { controlView, daysControlView } from "./preference-control.ts";
import { preferenceChangesView } from "./preference-changes-view.ts";
import { type FieldGroup, type PreferenceField, textOfValue, tickedDays, wordsOfValue } from "./preference-fields.ts";
import type { PreferencesPage } from "./preferences-page.ts";
import { preferencesPreviewView } from "./preferences-preview-view.ts";
import { whoDecided } from "./who-decided.ts";

/** What the page is drawn with. */
export interface Sent {
  /** What was filled in, of a form that was refused or previewed. */
  readonly fields?: RefusedForm["fields"];
  readonly refused?: RefusedForm | undefined;
  readonly preview?: PreferencesPreview | undefined;
  /** The form was drawn before somebody else's change. */
  readonly isStale?: boolean;
  /** The address of the page that a mail's link opened; its reader is not signed in, so nothing else is linked. */
  readonly linkPath?: string | undefined;
  /** Who changed these preferences last; not told to who came by a link. */
  readonly log?: LoggedChanges | undefined;
  /** The preference of which a value is to be made compulsory. */
  readonly preference?: string | undefined;
}

/** What reaches the viewer, or by default everybody, how and when, with who decides it. */
export function preferencesView(page: PreferencesPage, words: PageWords, sent: Sent = {}): Html {
  const { refused, preview, isStale = false, linkPath, log } = sent;
  const { say } = words;
  const { tenant, isTenants, groups, notes } = page;
  const title = isTenants ? say("prefs.toEverybodyAt", { firm: tenant.name }) : say("prefs.toYou");
  const fields = sent.fields?.["form"] === "preferences" ? sent.fields : undefined;
  const path = linkPath ?? (isTenants ? tenantNotificationsPath(tenant.tenantId) : notificationsPath(tenant.tenantId));
  const isAnyKindChosen = groups.kinds.slice(1).some((group) => group.fields.some(({ name }) => page.own.has(name)));
  return layout({
    title,
    crumbs: isTenants ? [{ name: say("place.messages"), path: notificationsPath(tenant.tenantId) }] : [],
    main: html`<h1>${isTenants ? say("prefs.toEverybody") : title}</h1>
      <p class="lead">
        <bdi>${tenant.name}</bdi> · ${say(isTenants ? "prefs.leadAll" : "prefs.leadOwn")}
        ${linkPath === undefined ? linksView(page, words) : ""}
      </p>
      ${preview === undefined ? "" : preferencesPreviewView(page, preview, words)} ${refusedView(refused)}
      ${isStale && fields !== undefined ? bothView(bothOf(page, words, fields), words) : ""}
      ${notes.map((note) => html`<p role="status">${say("prefs.note", { text: note })}</p>`)}
      <form method="post" action="${path}">
        <input type="hidden" name="form" value="preferences" />
        <input type="hidden" name="${WAS_FIELD}" value="${isStale ? page.was : (fields?.[WAS_FIELD] ?? page.was)}" />
        ${groups.values.map((group) => groupView(page, words, group, fields))}
        ${groups.kinds.slice(0, 1).map((group) => groupView(page, words, group, fields))}
        <details ${isAnyKindChosen || fields !== undefined ? html`open` : ""}>
          <summary>${say("prefs.eachKind")}</summary>
          ${groups.kinds.slice(1).map((group) => groupView(page, words, group, fields))}
        </details>
        <p class="review">
          <button class="button" name="do" value="preview">${say("settings.try")}</button>
          <button class="button" name="do" value="save">${say("common.save")}</button>
        </p>
      </form>
      ${zonesView} ${isTenants ? compulsionsView(page, words, sent.fields ?? {}, sent.preference) : ""}
      ${log === undefined ? "" : preferenceChangesView(page, log, words)}`,
  });
}

/** The pages beside this one. */
const linksView = ({ tenant, isTenants, isManager, seesLog }: PreferencesPage, { say }: PageWords): Html =>
  html`<a href="${nextMessagesPath(tenant.tenantId)}">${say("next.title")}</a>
    ${!isTenants && isManager ? html`· <a href="${tenantNotificationsPath(tenant.tenantId)}">${say("prefs.forEverybody")}</a>` : ""}
    ${seesLog ? html`· <a href="${deliveriesPath(tenant.tenantId)}">${say("prefs.log")}</a>` : ""}
    ${isManager ? html`· <a href="${templatesPath(tenant.tenantId)}">${say("prefs.texts")}</a> · <a href="${slackPath(tenant.tenantId)}">Slack</a>` : ""}`;

/** Each preference as it is stored, and as a form has it; nothing of what the form does not have. */
function bothOf(page: PreferencesPage, words: PageWords, given: RefusedForm["fields"]): readonly Both[] {
  const labelOf = ({ name, label }: PreferenceField, { title }: FieldGroup): string =>
    name.startsWith("kinds.") ? words.say("prefGroup.ofKind", { kind: title, levl: label }) : label;
  const rowOf = (field: PreferenceField, group: FieldGroup): Both[] => {
    const value = given[field.name];
    if (value === undefined) return [];
    const isDays = field.isDays === true;
    const stored = page.own.get(field.name) ?? (isDays ? page.held.get(field.name)?.value : undefined);
    const textOf = (one: unknown): string =>
      textOfValue(one) === "" && !isDays ? "" : wordsOfValue(words, field, one);
    return [
      {
        name: labelOf(field, group),
        now: textOf(stored),
        yours: textOf(isDays ? tickedDays(field.name, given) : value.trim()),
      },
    ];
  };
  return [...page.groups.values, ...page.groups.kinds].flatMap((group) =>
    group.fields.flatMap((field) => rowOf(field, group)),
  );
}

const groupView = (
  page: PreferencesPage,
  words: PageWords,
  { id, title, fields }: FieldGroup,
  filled?: RefusedForm["fields"],
): Html =>
  html`<section class="card" aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <div class="settings">${fields.map((field) => fieldView(page, words, field, filled))}</div>
  </section>`;

function fieldView(
  page: PreferencesPage,
  words: PageWords,
  field: PreferenceField,
  filled: RefusedForm["fields"] | undefined,
): Html {
  const { name, label, hint, isDays = false } = field;
  if (isDays) return daysView(page, words, field, filled);
  const value = filled?.[name] ?? textOfValue(page.own.get(name));
  const usual = wordsOfValue(words, field, page.usual.get(name)?.value);
  const held = heldText(page, words, field);
  const notes = [...(held === undefined ? [] : [held]), ...(hint === undefined ? [] : [hint])];
  const described = notes.length === 0 ? undefined : `held-${name}`;
  return html`<div>
    <label>${label} ${controlView(field, { name, value, describedBy: described, usual }, words)}</label>
    ${
      described === undefined
        ? ""
        : html`<span class="soft" id="${described}"
            >${notes.map((note, i) => html`${i === 0 ? "" : ". "}${note}`)}</span
          >`
    }
  </div>`;
}

function daysView(
  page: PreferencesPage,
  words: PageWords,
  field: PreferenceField,
  filled: RefusedForm["fields"] | undefined,
): Html {
  const { name, label } = field;
  const chosen = page.own.get(name) ?? page.held.get(name)?.value;
  const held = heldText(page, words, field);
  const ticked = filled === undefined ? (Array.isArray(chosen) ? chosen.map(String) : []) : tickedDays(name, filled);
  return html`<fieldset class="days">
    <legend>${label}</legend>
    ${daysControlView(name, ticked, words)} ${held === undefined ? "" : html`<span class="soft">${held}</span>`}
  </fieldset>`;
}

/** What holds and who decides it: "Now 07:30: as usual". Nothing where the control says it without a choice. */
function heldText({ held, own, isTenants }: PreferencesPage, words: PageWords, field: PreferenceField) {
  const shown = held.get(field.name);
  if (shown === undefined) return undefined;
  const { choices, isDays = false } = field;
  const isSaid = choices !== undefined || isDays || textOfValue(shown.value) === "";
  // What they chose for all kinds is not said again of each.
  const isTheirs = shown.decidedBy === (isTenants ? "tenant" : "user");
  const isNobodys = shown.decidedBy === "usual" || (isTheirs && !own.has(field.name));
  if (isSaid && isNobodys) return undefined;
  const inWords = (value: unknown): Html => html`<bdi>${wordsOfValue(words, field, value)}</bdi>`;
  const values = { valu: inWords(shown.value), whos: html`<bdi>${whoDecided(words, shown, isTenants)}</bdi>` };
  return shown.overruled === null
    ? rich(words, "prefs.held", values)
    : rich(words, "prefs.overruled", { ...values, ownv: inWords(shown.overruled) });
}
