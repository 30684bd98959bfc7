import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { type EffectivePreferences, effectivePreferences } from "@regulars/core/notifications/effective";
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
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, type UserId } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import {
  CHANGED_SINCE,
  changePreferences,
  changeTenantPreferences,
} from "@regulars/flows/notifications/change-preferences";
import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { OpenTenant } from "../page/open-tenant.ts";
import { STALE, WAS_FIELD, formStamp } from "../page/stale-form.ts";
import { type FieldGroup, type GivenForm, changeOfForm, fieldGroups, refusedField } from "./preference-fields.ts";

/** What the pages of preferences need of a tenant: opened for a viewer, or by the link of a mail for its reader. */
export type OpenPreferences = Pick<OpenTenant, "tenant" | "words" | "catalog" | "whole" | "by" | "holds">;

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
  readonly form: GivenForm;
  readonly now: Instant;
  /** Whether a channel is one of the tenant's Slack workspace; absent where nobody knows. */
  readonly isOurChannel?: ((channel: string) => Promise<boolean>) | undefined;
}

export const allFields = ({ values, kinds }: ReturnType<typeof fieldGroups>) =>
  [...values, ...kinds].flatMap(({ fields }: FieldGroup) => fields);

/** Saves the form of a user's preferences, or of the tenant's defaults, as the viewer; not over somebody else's change. */
export async function savePreferences(
  { opened, form, now, isOurChannel }: SentForm,
  userId: UserId | undefined,
): Promise<Result<undefined>> {
  const { tenant, words, catalog, whole, by } = opened;
  const fields = allFields(fieldGroups(catalog, words));
  const { usual } = await readPreferencesPage(opened, userId);
  const usualDays = usual.get("digestDays")?.value;
  const change = changeOfForm(fields, form, Array.isArray(usualDays) ? usualDays.map(String) : weekdays, opened.words);
  if (!change.ok) return change;
  const was = form[WAS_FIELD];
  const isStill = ({ choices }: NotificationPreferences) => typeof was !== "string" || was === formStamp(choices);
  const input = { store: whole, patch: change.value, by, now, catalog, isOurChannel, isStill };
  const saved =
    userId === undefined ? await changeTenantPreferences(input) : await changePreferences({ ...input, userId });
  if (!saved.ok && saved.reason === CHANGED_SINCE) return refuse(STALE, saved.message);
  if (!saved.ok) {
    const [fault] = saved.errors;
    return fault === undefined ? refuse(saved.reason, saved.message) : refusedField(fields, form, fault, words);
  }
  await rescheduleWaiting({ tenant, store: whole, now: Date.parse(now) });
  return ok(undefined);
}
