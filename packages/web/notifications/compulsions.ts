import {
  type Compulsion,
  type NotificationPreferences,
  choicesSchema,
  compulsionSchema,
  weekdays,
} from "@regulars/core/notifications/preferences";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import { CHANGED_SINCE, changeTenantPreferences } from "@regulars/flows/notifications/change-preferences";
import { cutValue, refuseField } from "../page/form-reason.ts";
import { formStamp } from "../page/stale-form.ts";
import { changeOfForm, fieldGroups } from "./preference-fields.ts";
import { type SentForm, allFields, namedChoices } from "./preferences-page.ts";

/** The most that is compulsory at a time. */
const MOST_COMPULSIONS = 20;

/** Makes the value of one preference compulsory for everybody, with the reason that they are shown. */
export async function addCompulsion(sent: SentForm): Promise<Result<undefined>> {
  const { opened, form } = sent;
  const { words, catalog, whole } = opened;
  const { say } = words;
  const fields = allFields(fieldGroups(catalog, words));
  const name = String(form["preference"] ?? "");
  const value = String(form["value"] ?? "").trim();
  const field = fields.find((one) => one.name === name);
  if (field === undefined) {
    const label = say("compulsions.preference");
    return refuseField(
      "preference",
      name === "" ? say("form.missing", { name: label }) : say("form.notListed", { name: label, valu: cutValue(name) }),
    );
  }
  if (value === "") return refuseField("value", say("compulsions.noValue", { name: field.label }));
  const named = field.isDays === true ? value.split(/[,\s]+/) : [];
  const days = Object.fromEntries(named.map((day) => [`${name}.${day.toLowerCase()}`, "on"]));
  const typed = field.choices?.find((choice) => choice.name === value.toLowerCase())?.value ?? value;
  const unknownDay = named.find((day) => !isWeekday(day));
  if (unknownDay !== undefined)
    return refuseField("value", say("compulsions.noDay", { name: unknownDay.slice(0, 60), text: weekdays.join(", ") }));
  const change = changeOfForm([field], { [name]: typed, ...days }, [], words);
  if (!change.ok) return refuseField("value", change.message, change.reason);
  const set = choicesSchema.parse(change.value);
  const parsed = compulsionSchema.safeParse({ set, reason: form["reason"] ?? "" });
  if (!parsed.success)
    return refuseField(
      "reason",
      say("compulsions.badReason", { text: words.refused(parsed.error.issues[0]?.message ?? "") }),
    );
  const { compulsions } = await whole.preferences.of({ type: "tenant" });
  const others = compulsions.filter((one) => [...namedChoices(one.set).keys()].join() !== name);
  if (others.length >= MOST_COMPULSIONS)
    return refuse("unusable-preferences", say("compulsions.tooMany", { most: MOST_COMPULSIONS }));
  return replaceCompulsions(sent, { before: compulsions, after: [...others, parsed.data] });
}

const isWeekday = (text: string): boolean => weekdays.some((day) => day === text.toLowerCase());

/** Takes back one compulsion, which the form names as it was shown. */
export async function removeCompulsion(change: SentForm): Promise<Result<undefined>> {
  const { compulsions } = await change.opened.whole.preferences.of({ type: "tenant" });
  const left = compulsions.filter((one) => compulsionKey(one) !== change.form["compulsion"]);
  if (left.length === compulsions.length)
    return refuse("unusable-preferences", change.opened.words.say("compulsions.gone"));
  return replaceCompulsions(change, { before: compulsions, after: left });
}

/** What a compulsion is known by in a form. */
export const compulsionKey = ({ set, reason }: Compulsion): string => JSON.stringify([...namedChoices(set), reason]);

async function replaceCompulsions(
  { opened: { tenant, whole, by, catalog, words }, now, isOurChannel }: SentForm,
  { before, after }: { readonly before: readonly Compulsion[]; readonly after: readonly Compulsion[] },
): Promise<Result<undefined>> {
  const isStill = ({ compulsions }: NotificationPreferences) => formStamp(compulsions) === formStamp(before);
  const input = { store: whole, patch: {}, compulsions: after, by, now, catalog, isOurChannel, isStill };
  const saved = await changeTenantPreferences(input);
  if (saved.ok) {
    await rescheduleWaiting({ tenant, store: whole, now: Date.parse(now) });
    return ok(undefined);
  }
  return refuse(saved.reason, saved.reason === CHANGED_SINCE ? words.say("settings.stale") : saved.message);
}
