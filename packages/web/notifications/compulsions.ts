import {
  type Compulsion,
  type NotificationPreferences,
  choicesSchema,
  compulsionSchema,
} from "@regulars/core/notifications/preferences";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { rescheduleWaiting } from "@regulars/flows/notifications/reschedule";
import type { PreferencesPreview } from "@regulars/flows/notifications/preview-preferences";
import { CHANGED_SINCE, changeTenantPreferences } from "@regulars/flows/notifications/change-preferences";
import { cutValue, refuseField } from "../page/form-reason.ts";
import { formStamp } from "../page/stale-form.ts";
import { changeOfForm, fieldGroups, tickedDays } from "./preference-fields.ts";
import { type SentForm, allFields, namedChoices, previewChange } from "./preferences-page.ts";

/** The most that is compulsory at a time. */
const MOST_COMPULSIONS = 20;

/** The field of the value, whichever preference it is of. */
export const VALUE_FIELD = "value";

/** What is compulsory, as it is and as a form would have it. */
interface Compulsions {
  readonly before: readonly Compulsion[];
  readonly after: readonly Compulsion[];
}

/** Does what a form of what is compulsory asks: makes a value so, or takes that back. */
export async function saveCompulsions(sent: SentForm): Promise<Result<undefined>> {
  const asked = await askedOf(sent);
  return asked.ok ? replaceCompulsions(sent, asked.value) : asked;
}

/** What it would do. */
export async function previewCompulsions(sent: SentForm): Promise<Result<PreferencesPreview>> {
  const asked = await askedOf(sent);
  return asked.ok ? previewChange(sent, { type: "tenant" }, changeOf(sent, asked.value)) : asked;
}

const askedOf = (sent: SentForm): Promise<Result<Compulsions>> =>
  sent.form["form"] === "compulsion" ? withOneMore(sent) : withoutOne(sent);

/** With the value of one preference for everybody, and the reason that they are shown. */
async function withOneMore(sent: SentForm): Promise<Result<Compulsions>> {
  const { opened, form } = sent;
  const { words, catalog, whole } = opened;
  const { say } = words;
  const fields = allFields(fieldGroups(catalog, words));
  const name = String(form["preference"] ?? "");
  const field = fields.find((one) => one.name === name);
  if (field === undefined) {
    const label = say("compulsions.preference");
    return refuseField(
      "preference",
      name === "" ? say("form.missing", { name: label }) : say("form.notListed", { name: label, valu: cutValue(name) }),
    );
  }
  const value = String(form[VALUE_FIELD] ?? "").trim();
  const days = tickedDays(VALUE_FIELD, form);
  if (value === "" && days.length === 0)
    return refuseField(VALUE_FIELD, say("compulsions.noValue", { name: field.label }));
  const ofDays = Object.fromEntries(days.map((day) => [`${name}.${day}`, "on"]));
  const change = changeOfForm([field], { [name]: value, ...ofDays }, [], words);
  if (!change.ok) return refuseField(VALUE_FIELD, change.message, change.reason);
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
  return ok({ before: compulsions, after: [...others, parsed.data] });
}

/** Without the one that the form names as it was shown. */
async function withoutOne({ opened, form }: SentForm): Promise<Result<Compulsions>> {
  const { compulsions } = await opened.whole.preferences.of({ type: "tenant" });
  const left = compulsions.filter((one) => compulsionKey(one) !== form["compulsion"]);
  if (left.length === compulsions.length) return refuse("unusable-preferences", opened.words.say("compulsions.gone"));
  return ok({ before: compulsions, after: left });
}

/** What a compulsion is known by in a form. */
export const compulsionKey = ({ set, reason }: Compulsion): string => JSON.stringify([...namedChoices(set), reason]);

function changeOf(
  { opened: { whole, by, catalog }, now, isOurChannel }: SentForm,
  { before, after }: Compulsions,
): Parameters<typeof changeTenantPreferences>[0] {
  const isStill = ({ compulsions }: NotificationPreferences) => formStamp(compulsions) === formStamp(before);
  return { store: whole, patch: {}, compulsions: after, by, now, catalog, isOurChannel, isStill };
}

async function replaceCompulsions(sent: SentForm, asked: Compulsions): Promise<Result<undefined>> {
  const { tenant, whole, words } = sent.opened;
  const saved = await changeTenantPreferences(changeOf(sent, asked));
  if (saved.ok) {
    await rescheduleWaiting({ tenant, store: whole, now: Date.parse(sent.now) });
    return ok(undefined);
  }
  return refuse(saved.reason, saved.reason === CHANGED_SINCE ? words.say("settings.stale") : saved.message);
}
