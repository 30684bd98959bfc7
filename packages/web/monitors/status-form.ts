import type { PageTextId, PageWords } from "@regulars/render/texts/page-words";
import { parseCriteria } from "@regulars/core/monitors/parse-criteria";
import {
  type GivenChange,
  type GivenMonitor,
  readGivenChange,
  readGivenMonitor,
} from "@regulars/core/monitors/read-monitor";
import type { NewMonitor } from "@regulars/core/monitors/status-monitor";
import { writeCriteria } from "@regulars/core/monitors/write-criteria";
import type { ItemError, ReadItem } from "@regulars/core/platform/field-error";
import { type Result, ok } from "@regulars/core/platform/result";
import { cutValue, plainFault, refuseAll, refuseField } from "../page/form-reason.ts";

/** The fields of the form of a status, as texts; a box that is ticked has "on". */
export type StatusForm = Readonly<Record<string, string>>;

/** Criteria that anybody may try as they are: they name nothing that a tenant may not have. */
export const EXAMPLE_CRITERIA = "activity.last olderThan 2 months AND activity.planned.open = 0";

/** Most characters of criteria in words. */
export const MOST_WORDS = 8_000;

/** The fields by the ids of their names. */
export const FIELD_NAMES = {
  name: "editor.name",
  ownerType: "editor.whose",
  criteria: "editor.criteria",
  description: "editor.description",
  level: "editor.level",
  rank: "editor.rankName",
  followUpType: "editor.followUpType",
  followUpText: "editor.followUpText",
  followUpMode: "editor.followUpMode",
  quietDays: "editor.quietDays",
  isActive: "editor.isActive",
  isVisual: "editor.isVisual",
  forYou: "editor.forYou",
  digest: "editor.digest",
  alert: "editor.alert",
} as const satisfies Readonly<Record<string, PageTextId>>;

/** The boxes of the form. */
export const BOX_NAMES = ["isActive", "isVisual", "forYou", "digest", "alert"] as const;

export const FOLLOW_UP_MODES = ["by-hand", "automatic"] as const;

/** A form that was sent, with its texts only. */
export const textsOf = (form: Readonly<Record<string, unknown>>): StatusForm =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value.replaceAll("\r\n", "\n").trim()]] : [],
    ),
  );

/** The form filled with a monitor. */
export function formOf(monitor: NewMonitor): StatusForm {
  const { name, ownerType, description, rank, level, quietDays, followUp, criteria } = monitor;
  return {
    name,
    ownerType,
    description,
    rank: String(rank),
    level,
    quietDays: String(quietDays),
    followUpType: followUp?.type ?? "",
    followUpText: followUp?.textTemplate ?? "",
    followUpMode: followUp?.mode ?? "by-hand",
    criteria: criteria === undefined ? "" : writeCriteria(criteria),
    ...boxes({ ...monitor, ...monitor.told }),
  };
}

const boxes = (isOn: Readonly<Record<(typeof BOX_NAMES)[number], boolean>>): StatusForm =>
  Object.fromEntries(BOX_NAMES.map((name) => [name, isOn[name] ? "on" : ""]));

/** The change that a form says, checked; its criteria are checked apart. */
export const changeOf = (form: StatusForm, words: PageWords): Result<GivenChange> =>
  checked(readGivenChange(fieldsIn(form)), form, words);

/** The new monitor that a form says, checked; its criteria are checked apart. */
export function newMonitorOf(form: StatusForm, words: PageWords): Result<GivenMonitor> {
  const { followUp, ...given } = fieldsIn(form);
  const { ownerType = "" } = form;
  return checked(readGivenMonitor({ ...given, ownerType, ...(followUp === null ? {} : { followUp }) }), form, words);
}

function fieldsIn(form: StatusForm) {
  const isOn = (box: (typeof BOX_NAMES)[number]): boolean => form[box] === "on";
  const { followUpType: type = "", followUpText: textTemplate = "", followUpMode: mode = "by-hand" } = form;
  const isNone = type === "" && textTemplate === "" && FOLLOW_UP_MODES.some((one) => one === mode);
  return {
    name: form["name"] ?? "",
    description: form["description"] ?? "",
    rank: numberOf(form["rank"]),
    level: form["level"] ?? "",
    quietDays: numberOf(form["quietDays"]),
    isActive: isOn("isActive"),
    isVisual: isOn("isVisual"),
    told: { forYou: isOn("forYou"), digest: isOn("digest"), alert: isOn("alert") },
    followUp: isNone ? null : { type, textTemplate, mode },
  };
}

function checked<T>(read: ReadItem<T>, form: StatusForm, words: PageWords): Result<T> {
  if (read.ok) return ok(read.value);
  return refuseAll(
    read.errors.map((error) => ({
      ...error,
      path: FIELDS_OF[error.path] ?? error.path,
      message: mistakeText(error, form, words),
    })),
    "",
    "unusable-fields",
  );
}

/** Fields of the form by the places of a monitor that they fill, where those are called otherwise. */
const FIELDS_OF: Readonly<Record<string, keyof typeof FIELD_NAMES>> = {
  "followUp.type": "followUpType",
  "followUp.textTemplate": "followUpText",
  "followUp.mode": "followUpMode",
};
const CHOICES: ReadonlySet<string> = new Set(["ownerType", "level", "followUpType", "followUpMode"]);

/** A mistake by the label of its field, with the value once. */
function mistakeText({ path, message }: ItemError, form: StatusForm, words: PageWords): string {
  const { say } = words;
  const field = FIELDS_OF[path] ?? Object.keys(FIELD_NAMES).find((one) => one === path);
  const label = Object.entries(FIELD_NAMES).find(([one]) => one === field)?.[1];
  if (field === undefined || label === undefined) return `${path} ${message}`;
  const [name, value] = [say(label), form[field] ?? ""];
  if (value === "") return say("form.missing", { name });
  const text = words.refused(plainFault(message, CHOICES.has(field)));
  return say("form.wrong", { name, valu: cutValue(value), text });
}

/** Everything that is wrong, one mistake a line. */
export const mistakesIn = (errors: readonly ItemError[]): string =>
  errors.map(({ path, message }) => `${path} ${message}`).join("\n");

/** The criteria that a form has in words or as JSON, unchecked; `undefined` when it has none. */
export function criteriaIn(words: string): Result<unknown> {
  if (words === "") return ok(undefined);
  if (words.length > MOST_WORDS) return refuseField("criteria", `the criteria have more than ${MOST_WORDS} characters`);
  if (words.startsWith("{")) return jsonOf(words);
  const parsed = parseCriteria(words);
  return parsed.ok ? parsed : refuseField("criteria", parsed.message);
}

function jsonOf(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text));
  } catch {
    return refuseField("criteria", "the criteria begin like JSON, and are none");
  }
}

/** What is no number stays a text, so that the check names it. */
function numberOf(text = ""): number | string {
  const value = Number(text);
  return text === "" || Number.isNaN(value) ? text : value;
}
