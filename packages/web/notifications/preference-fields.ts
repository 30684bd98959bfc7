import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { levels } from "@regulars/core/insights/finding";
import {
  ALL_KINDS,
  type Channel,
  type PreferenceName,
  type PreferencesChange,
  type Treatment,
  channels,
  preferencesChangeSchema,
  treatments,
  weekdays,
} from "@regulars/core/notifications/preferences";
import { messageKinds } from "@regulars/core/notifications/route";
import { cutText } from "@regulars/core/platform/cut-text";
import type { ItemError } from "@regulars/core/platform/field-error";
import { languages } from "@regulars/core/platform/languages";
import { nearestName } from "@regulars/core/platform/nearest-name";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { PageTextId, PageWords } from "@regulars/render/texts/page-words";
import { refuseField, unknownChoice, withoutValue } from "../page/form-reason.ts";
import type { Form } from "../page/form.ts";

type Choices = readonly { readonly value: string; readonly name: string }[];

/** A preference as a field of the form; an empty one is what holds without it. */
export interface PreferenceField {
  /** The name of the preference: `digestAt`, `kinds.churn-risk.high`. */
  readonly name: string;
  readonly label: string;
  readonly choices?: Choices;
  /** Its value is true or false. */
  readonly isFlag?: boolean;
  /** Days of the week to tick, `NAME.monday`. */
  readonly isDays?: boolean;
  /** What a browser offers to write: a day, a time of day in steps of so many minutes, a time zone. */
  readonly isDate?: boolean;
  readonly stepMinutes?: number;
  readonly isZone?: boolean;
  readonly maxLength?: number;
  /** How it is written, with an example. */
  readonly hint?: string;
}

/** Fields that are shown together. */
export interface FieldGroup {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly PreferenceField[];
}

const yesNo = ({ say }: PageWords): Choices => [
  { value: "true", name: say("common.yes") },
  { value: "false", name: say("common.no") },
];
const named = (words: PageWords, values: readonly (Treatment | Channel)[]): Choices =>
  values.map((value) => ({ value, name: words.say(`prefValue.${value}`) }));
const languageChoices = ({ say }: PageWords): Choices =>
  languages.map((value) => ({ value, name: say(`language.${value}`) }));

interface ValueField extends Omit<PreferenceField, "name" | "label" | "choices" | "hint"> {
  readonly hint?: PageTextId;
  readonly choices?: (words: PageWords) => Choices;
}

/** Their labels are the texts `pref.NAME`. */
const valueFields: Readonly<Record<PreferenceName, ValueField>> = {
  channel: { choices: (words) => named(words, channels) },
  slackChannel: { maxLength: 31, hint: "prefs.channelHint" },
  digestAt: { stepMinutes: 15 },
  digestDays: { isDays: true },
  digestOfCleared: { choices: yesNo, isFlag: true },
  hasQuietHours: { choices: yesNo, isFlag: true },
  quietFrom: { stepMinutes: 1 },
  quietUntil: { stepMinutes: 1 },
  workWeekends: { choices: yesNo, isFlag: true },
  zone: { isZone: true, maxLength: 100 },
  language: { choices: languageChoices },
  pausedUntil: { isDate: true },
  allOff: { choices: yesNo, isFlag: true },
};

const valueGroups: readonly { readonly id: "where" | "digest" | "quiet" | "off"; readonly names: PreferenceName[] }[] =
  [
    { id: "where", names: ["channel", "slackChannel", "language"] },
    { id: "digest", names: ["digestAt", "digestDays", "digestOfCleared"] },
    { id: "quiet", names: ["hasQuietHours", "quietFrom", "quietUntil", "workWeekends", "zone"] },
    { id: "off", names: ["pausedUntil", "allOff"] },
  ];

/** Every preference: the values, then how each kind and level is told. */
export function fieldGroups(
  catalog: InsightCatalog,
  words: PageWords,
): {
  readonly values: readonly FieldGroup[];
  readonly kinds: readonly FieldGroup[];
} {
  const { say } = words;
  const ofKind = (kind: string, title: string): FieldGroup => ({
    id: kind === ALL_KINDS ? "all-kinds" : kind,
    title,
    fields: levels.map((level) => ({
      name: `kinds.${kind}.${level}`,
      label: words.messages.say(`level.${level}`),
      choices: named(words, treatments),
    })),
  });
  const ofValue = (name: PreferenceName): PreferenceField => {
    const { choices, hint, ...field } = valueFields[name];
    return {
      name,
      label: say(`pref.${name}`),
      ...field,
      ...(hint === undefined ? {} : { hint: words.text(hint) }),
      ...(choices === undefined ? {} : { choices: choices(words) }),
    };
  };
  return {
    values: valueGroups.map(({ id, names }) => ({ id, title: say(`prefGroup.${id}`), fields: names.map(ofValue) })),
    kinds: [
      ofKind(ALL_KINDS, say("prefGroup.allKinds")),
      ...catalog.kinds.map(({ id, title }) => ofKind(id, words.kindTitle(id) ?? title)),
      ...messageKinds.map((kind) => ({
        id: kind,
        title: say("prefGroup.introductions"),
        fields: [
          {
            name: `kinds.${kind}.high`,
            label: say("prefGroup.eachRequest"),
            choices: named(words, ["at-once", "off"]),
          },
        ],
      })),
    ],
  };
}

/** A stored value as the text of its field; empty for none. */
export const textOfValue = (value: unknown): string =>
  value === undefined || value === null ? "" : Array.isArray(value) ? value.join(", ") : String(value);

/** A value in words: "at once", "yes", "monday, friday". */
export function wordsOfValue({ say }: PageWords, { choices, isDays = false }: PreferenceField, value: unknown): string {
  if (isDays && Array.isArray(value) && value.length === weekdays.length) return say("prefValue.everyDay");
  if (isDays && Array.isArray(value) && value.length > 0)
    return weekdays
      .filter((day) => value.includes(day))
      .map((day) => say(`weekday.${day}`))
      .join(", ");
  const text = textOfValue(value);
  return text === "" ? say("prefValue.none") : (choices?.find((choice) => choice.value === text)?.name ?? text);
}

/** The days that are ticked in a form. */
export const tickedDays = (name: string, form: Form): readonly string[] =>
  weekdays.filter((day) => form[`${name}.${day}`] !== undefined);

/** The change that a form asks for. `usualDays` are the days with a digest without a choice: they are no choice. */
export function changeOfForm(
  fields: readonly PreferenceField[],
  form: Form,
  usualDays: readonly string[],
  words: PageWords,
): Result<PreferencesChange> {
  const values: Record<string, unknown> = {};
  const kinds: Record<string, Record<string, string | null>> = {};
  const unknownName = Object.keys(form).find((name) => OF_KIND.test(name) && fields.every((one) => one.name !== name));
  if (unknownName !== undefined) return refuse("unusable-preferences", unknownField(unknownName, fields));
  for (const field of fields) {
    const { name, label, choices, isDays = false, isFlag = false } = field;
    const given = form[name];
    if (typeof given !== "string") continue;
    const text = given.trim();
    const unknown = choices === undefined ? undefined : unknownChoice(label, text, choices, words);
    if (unknown !== undefined) return refuseField(name, unknown, "unusable-preferences");
    const [, kind, level] = OF_KIND.exec(name) ?? [];
    if (kind !== undefined && level !== undefined) kinds[kind] = { ...kinds[kind], [level]: text === "" ? null : text };
    else if (isDays) {
      const days = tickedDays(name, form);
      values[name] = days.join() === usualDays.join() ? null : days;
    } else values[name] = text === "" ? null : isFlag ? text === "true" : text;
  }
  const parsed = preferencesChangeSchema.safeParse(Object.keys(kinds).length === 0 ? values : { ...values, kinds });
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return refusedField(fields, form, { path: issue?.path.join(".") ?? "", message: issue?.message ?? "" }, words);
}

/** A level of a kind, as a field is called: `kinds.churn-risk.high`. */
const OF_KIND = /^kinds\.(.+)\.([^.]+)$/;

function unknownField(given: string, fields: readonly PreferenceField[]): string {
  const names = fields.map(({ name }) => name).filter((name) => OF_KIND.test(name));
  const meant = nearestName(given, names) ?? "";
  return `“${cutText(given, MOST_LETTERS)}” is no kind and level; is ${meant} meant? There are ${names.join(", ")}`;
}

/** Most characters of a refused value that a message repeats. */
const MOST_LETTERS = 60;

/** Why a form cannot be used: its field by its label, the value, and what is allowed. */
export function refusedField(
  fields: readonly PreferenceField[],
  form: Form,
  { path, message }: Pick<ItemError, "path" | "message">,
  words: PageWords,
): Extract<Result<never>, { ok: false }> {
  const field = fields.find(({ name }) => name === path || name.startsWith(`${path}.`));
  const value = form[field?.name ?? ""];
  const given =
    typeof value === "string" && value !== ""
      ? ` ${words.say("form.quoted", { valu: cutText(value, MOST_LETTERS) })}`
      : "";
  const said = `${field?.label ?? path}${given}${message.startsWith("is ") ? "" : ":"} ${words.refused(withoutValue(message))}`;
  return refuseField(field?.name ?? path, said, "unusable-preferences");
}
