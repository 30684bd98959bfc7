import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { levels } from "@regulars/core/insights/finding";
import {
  ALL_KINDS,
  type PreferenceName,
  type PreferencesChange,
  channels,
  preferencesChangeSchema,
  treatments,
  weekdays,
} from "@regulars/core/notifications/preferences";
import { messageKinds } from "@regulars/core/notifications/route";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type Language, languages } from "@regulars/core/platform/languages";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { levelMark } from "@regulars/render/level-mark";
import { unknownChoice } from "../page/form-reason.ts";

/** A preference as a field of the form; an empty one is what holds without it. */
export interface PreferenceField {
  /** The name of the preference: `digestAt`, `kinds.churn-risk.high`. */
  readonly name: string;
  readonly label: string;
  readonly choices?: readonly { readonly value: string; readonly name: string }[];
  /** Days of the week to tick, `NAME.monday`. */
  readonly isDays?: boolean;
  readonly isDate?: boolean;
  readonly maxLength?: number;
}

/** Fields that are shown together. */
export interface FieldGroup {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly PreferenceField[];
}

export type GivenForm = Readonly<Record<string, unknown>>;

export const languageNames: Readonly<Record<Language, string>> = {
  en: "English",
  da: "Danish",
  "pt-BR": "Portuguese (Brazil)",
  uk: "Ukrainian",
};
const yesNo = [
  { value: "true", name: "yes" },
  { value: "false", name: "no" },
];
const words = (values: readonly string[]) => values.map((value) => ({ value, name: value.replaceAll("-", " ") }));

const valueFields: Readonly<Record<PreferenceName, Omit<PreferenceField, "name">>> = {
  channel: { label: "News at once by", choices: words(channels) },
  slackChannel: { label: "Slack channel (its id)", maxLength: 31 },
  digestAt: { label: "Digest at (quarter hours)", maxLength: 5 },
  digestDays: { label: "Days with a digest", isDays: true },
  digestOfCleared: { label: "A digest also when something is only cleared", choices: yesNo },
  hasQuietHours: { label: "Quiet hours", choices: yesNo },
  quietFrom: { label: "Quiet from", maxLength: 5 },
  quietUntil: { label: "Quiet until", maxLength: 5 },
  workWeekends: { label: "News at weekends", choices: yesNo },
  zone: { label: "Time zone", maxLength: 100 },
  language: { label: "Language", choices: languages.map((value) => ({ value, name: languageNames[value] })) },
  pausedUntil: { label: "Pause until", isDate: true },
  allOff: { label: "Everything off", choices: yesNo },
};

const valueGroups: readonly { readonly id: string; readonly title: string; readonly names: PreferenceName[] }[] = [
  { id: "where", title: "Where and in which language", names: ["channel", "slackChannel", "language"] },
  { id: "digest", title: "The digest, an e-mail", names: ["digestAt", "digestDays", "digestOfCleared"] },
  { id: "quiet", title: "Quiet times", names: ["hasQuietHours", "quietFrom", "quietUntil", "workWeekends", "zone"] },
  { id: "off", title: "Pause and off", names: ["pausedUntil", "allOff"] },
];

/** Every preference: the values, then how each kind and level is told. */
export function fieldGroups(catalog: InsightCatalog): {
  readonly values: readonly FieldGroup[];
  readonly kinds: readonly FieldGroup[];
} {
  const ofKind = (kind: string, title: string): FieldGroup => ({
    id: kind === ALL_KINDS ? "all-kinds" : kind,
    title,
    fields: levels.map((level) => ({
      name: `kinds.${kind}.${level}`,
      label: levelMark(level),
      choices: words(treatments),
    })),
  });
  return {
    values: valueGroups.map(({ id, title, names }) => ({
      id,
      title,
      fields: names.map((name) => ({ name, ...valueFields[name] })),
    })),
    kinds: [
      ofKind(ALL_KINDS, "All kinds"),
      ...catalog.kinds.map(({ id, title }) => ofKind(id, title)),
      ...messageKinds.map((kind) => ({
        id: kind,
        title: "Colleagues’ requests for introductions",
        fields: [{ name: `kinds.${kind}.high`, label: "Each request", choices: words(["at-once", "off"]) }],
      })),
    ],
  };
}

/** A stored value as the text of its field; empty for none. */
export const textOfValue = (value: unknown): string =>
  value === undefined || value === null ? "" : Array.isArray(value) ? value.join(", ") : String(value);

/** A value in words: "at once", "yes", "monday, friday". */
export function wordsOfValue({ choices, isDays = false }: PreferenceField, value: unknown): string {
  if (isDays && Array.isArray(value) && value.length === weekdays.length) return "every day";
  const text = textOfValue(value);
  return text === "" ? "none" : (choices?.find((choice) => choice.value === text)?.name ?? text);
}

/** The days that are ticked in a form. */
export const tickedDays = (name: string, form: GivenForm): readonly string[] =>
  weekdays.filter((day) => form[`${name}.${day}`] !== undefined);

/** The change that a form asks for. `usualDays` are the days with a digest without a choice: they are no choice. */
export function changeOfForm(
  fields: readonly PreferenceField[],
  form: GivenForm,
  usualDays: readonly string[],
): Result<PreferencesChange> {
  const values: Record<string, unknown> = {};
  const kinds: Record<string, Record<string, string | null>> = {};
  for (const field of fields) {
    const { name, label, choices, isDays = false } = field;
    const given = form[name];
    if (typeof given !== "string") continue;
    const text = given.trim();
    const unknown = choices === undefined ? undefined : unknownChoice(label, text, choices);
    if (unknown !== undefined) return refuse("unusable-preferences", unknown);
    const [first = "", kind = "", level = ""] = /^(kinds)\.(.+)\.([^.]+)$/.exec(name)?.slice(1) ?? [];
    if (first !== "") kinds[kind] = { ...kinds[kind], [level]: text === "" ? null : text };
    else if (isDays) {
      const days = tickedDays(name, form);
      values[name] = days.join() === usualDays.join() ? null : days;
    } else values[name] = text === "" ? null : choices === yesNo ? text === "true" : text;
  }
  const parsed = preferencesChangeSchema.safeParse(Object.keys(kinds).length === 0 ? values : { ...values, kinds });
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return refusedField(fields, form, { path: issue?.path.join(".") ?? "", message: issue?.message ?? "" });
}

/** Most letters of a refused value that are told back. */
const MOST_LETTERS = 60;

/** Why a form cannot be used: its field by its label, the value, and what is allowed. */
export function refusedField(
  fields: readonly PreferenceField[],
  form: GivenForm,
  { path, message }: Pick<ItemError, "path" | "message">,
): Extract<Result<never>, { ok: false }> {
  const field = fields.find(({ name }) => name === path || name.startsWith(`${path}.`));
  const value = form[field?.name ?? ""];
  const given = typeof value === "string" && value !== "" ? ` “${value.slice(0, MOST_LETTERS)}”` : "";
  return {
    ok: false,
    reason: "unusable-preferences",
    message: `${field?.label ?? path}${given}${message.startsWith("is ") ? "" : ":"} ${message}`,
  };
}
