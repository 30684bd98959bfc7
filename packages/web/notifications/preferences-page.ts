import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type EffectivePreferences, effectivePreferences } from "@regulars/core/notifications/effective";
import type { PreferencesOwner } from "@regulars/core/notifications/preference-store";
import {
  ALL_KINDS,
  type Choices,
  type Compulsion,
  type NotificationPreferences,
  noPreferences,
  weekdays,
} from "@regulars/core/notifications/preferences";
import { type ShownPreference, shownPreferences } from "@regulars/core/notifications/preferences-json";
import { isInQuietHours, minuteOf } from "@regulars/core/notifications/quiet-time";
import { type Result, ok } from "@regulars/core/platform/result";
import { type Instant, type UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import {
  CHANGED_SINCE,
  type PreferencesAsked,
  type RefusedPreferences,
  changePreferences,
  changeTenantPreferences,
} from "@regulars/flows/notifications/change-preferences";
import { type PreferencesPreview, previewPreferences } from "@regulars/flows/notifications/preview-preferences";
import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { Form } from "../page/form.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { STALE, WAS_FIELD, formStamp } from "../page/stale-form.ts";
import { type FieldGroup, changeOfForm, fieldGroups, refusedField } from "./preference-fields.ts";

/** What the pages of preferences need of a tenant: opened for a viewer, or by the link of a mail for its reader. */
export type OpenPreferences = Pick<OpenTenant, "tenant" | "words" | "catalog" | "whole" | "by" | "holds" | "scope">;

/** Preferences for a form: a user's own, or a tenant's for everybody. */
export interface PreferencesPage {
  readonly tenant: Tenant;
  readonly isTenants: boolean;
  readonly groups: ReturnType<typeof fieldGroups>;
  /** What they have chosen, by the name of a preference. */
  readonly own: ReadonlyMap<string, unknown>;
  /** The stamp of these choices: a form that was drawn with others is stale. */
  readonly was: string;
  /** What holds without a choice of theirs. */
  readonly usual: ReadonlyMap<string, ShownPreference>;
  /** What holds. */
  readonly held: ReadonlyMap<string, ShownPreference>;
  /** What may surprise. */
  readonly notes: readonly string[];
  readonly compulsions: readonly Compulsion[];
  /** Whether the viewer may see the page for everybody. */
  readonly isManager: boolean;
  /** Whether they may see the log of messages. */
  readonly seesLog: boolean;
}

const isOfAll = (name: string): boolean => name.startsWith(`kinds.${ALL_KINDS}.`);

/** Reads the preferences of a user, or of the tenant when none is named. */
export async function readPreferencesPage(
  opened: OpenPreferences,
  userId: UserId | undefined,
): Promise<PreferencesPage> {
  const { tenant, words, catalog, whole } = opened;
  const { defaults, user, own } = await layersOf(opened, userId);
  const isTenants = userId === undefined;
  const without = { tenant, defaults: isTenants ? noPreferences : defaults, user };
  const chosen = isTenants ? defaults.choices : own.choices;
  // A choice for all kinds is what holds for a kind without a choice.
  const ofAll = { ...noPreferences, choices: { kinds: { [ALL_KINDS]: chosen.kinds?.[ALL_KINDS] ?? {} } } };
  const ofKinds = byName(effectivePreferences({ ...without, own: ofAll }), catalog);
  // What is compulsory is listed on the tenant's page; its form is about the defaults.
  const after = effectivePreferences({
    tenant,
    defaults: isTenants ? { ...defaults, compulsions: [] } : defaults,
    user,
    own,
  });
  return {
    tenant,
    isTenants,
    groups: fieldGroups(catalog, words),
    own: namedChoices(chosen),
    was: formStamp(chosen),
    usual: new Map([
      ...ofKinds,
      ...[...byName(effectivePreferences(without), catalog)].filter(([name]) => isOfAll(name)),
    ]),
    held: byName(after, catalog),
    notes: notesOf(words, after),
    compulsions: (await whole.preferences.of({ type: "tenant" })).compulsions,
    isManager: opened.holds("settings.manage"),
    seesLog: opened.holds("notifications.manage"),
  };
}

/** What of the preferences may surprise, as `notesOf` of core says it in English. */
function notesOf({ say }: PageWords, preferences: EffectivePreferences): readonly string[] {
  const { digestAt, quietFrom, quietUntil, digestDays, allOff } = preferences;
  const hours = { time: digestAt.value, from: quietFrom.value, upto: quietUntil.value };
  return [
    ...(isInQuietHours(preferences, minuteOf(digestAt.value)) ? [say("prefs.noteWins", hours)] : []),
    ...(digestDays.value.length === 0 ? [say("prefs.noteNoDay")] : []),
    ...(allOff.value ? [say("prefs.noteAllOff")] : []),
  ];
}

async function layersOf({ whole }: OpenPreferences, userId: UserId | undefined) {
  const defaults = await whole.preferences.of({ type: "tenant" });
  if (userId === undefined) return { defaults, user: undefined, own: noPreferences };
  return { defaults, user: await whole.user(userId), own: await whole.preferences.of({ type: "user", userId }) };
}

const byName = (preferences: EffectivePreferences, catalog: InsightCatalog): ReadonlyMap<string, ShownPreference> => {
  const kinds = [ALL_KINDS, ...catalog.kinds.map(({ id }) => id)];
  return new Map(shownPreferences(preferences, kinds).preferences.map((one) => [one.name, one]));
};

/** Choices by the names of their preferences: `digestAt`, `kinds.churn-risk.high`. */
export const namedChoices = ({ kinds = {}, ...values }: Choices): ReadonlyMap<string, unknown> =>
  new Map<string, unknown>([
    ...Object.entries(values),
    ...Object.entries(kinds).flatMap(([kind, ofKind]) =>
      Object.entries(ofKind).map(([level, treatment]): [string, unknown] => [`kinds.${kind}.${level}`, treatment]),
    ),
  ]);

/** A form that the viewer sent. */
export interface SentForm {
  readonly opened: OpenPreferences;
  readonly form: Form;
  readonly now: Instant;
  /** Whether a channel is one of the tenant's Slack workspace; absent where nobody knows. */
  readonly isOurChannel?: ((channel: string) => Promise<boolean>) | undefined;
}

export const allFields = ({ values, kinds }: ReturnType<typeof fieldGroups>) =>
  [...values, ...kinds].flatMap(({ fields }: FieldGroup) => fields);

/** Saves the form of a user's preferences, or of the tenant's defaults, as the viewer; not over somebody else's change. */
export async function savePreferences(sent: SentForm, userId: UserId | undefined): Promise<Result<undefined>> {
  const asked = await askedOf(sent, userId);
  if (!asked.ok) return asked;
  const saved =
    userId === undefined
      ? await changeTenantPreferences(asked.value)
      : await changePreferences({ ...asked.value, userId });
  if (!saved.ok) return refusedChange(sent, saved);
  const { opened, now } = sent;
  await rescheduleWaiting({ tenant: opened.tenant, store: opened.whole, now: Date.parse(now) });
  return ok(undefined);
}

/** What saving the form would do. */
export async function previewForm(sent: SentForm, userId: UserId | undefined): Promise<Result<PreferencesPreview>> {
  const asked = await askedOf(sent, userId);
  return asked.ok ? previewChange(sent, ownerOf(userId), asked.value) : asked;
}

/** What a change of preferences would do; of customers only those are named whom the viewer sees. */
export async function previewChange(
  sent: SentForm,
  owner: PreferencesOwner,
  asked: PreferencesAsked,
): Promise<Result<PreferencesPreview>> {
  const { tenant, catalog, whole: store, scope } = sent.opened;
  const { canSee } = await scope();
  const told = await previewPreferences({ tenant, catalog, store, owner, canSee }, asked);
  return told.ok ? told : refusedChange(sent, told);
}

const ownerOf = (userId: UserId | undefined): PreferencesOwner =>
  userId === undefined ? { type: "tenant" } : { type: "user", userId };

/** The change that a form asks for; it is only made of the preferences that the form was drawn with. */
async function askedOf(sent: SentForm, userId: UserId | undefined): Promise<Result<PreferencesAsked>> {
  const { opened, form, now, isOurChannel } = sent;
  const { words, catalog, whole, by } = opened;
  const { usual } = await readPreferencesPage(opened, userId);
  const usualDays = usual.get("digestDays")?.value;
  const days = Array.isArray(usualDays) ? usualDays.map(String) : weekdays;
  const change = changeOfForm(allFields(fieldGroups(catalog, words)), form, days, words);
  if (!change.ok) return change;
  const was = form[WAS_FIELD];
  const isStill = ({ choices }: NotificationPreferences) => typeof was !== "string" || was === formStamp(choices);
  return ok({ store: whole, patch: change.value, by, now, catalog, isOurChannel, isStill });
}

/** Why a change is not made, by the labels of the form. */
function refusedChange({ opened, form }: SentForm, { reason, message, errors }: RefusedPreferences): Refusal {
  if (reason === CHANGED_SINCE) return { ok: false, reason: STALE, message };
  const [fault] = errors;
  const fields = allFields(fieldGroups(opened.catalog, opened.words));
  return fault === undefined ? { ok: false, reason, message } : refusedField(fields, form, fault, opened.words);
}

type Refusal = Extract<Result<never>, { ok: false }>;
