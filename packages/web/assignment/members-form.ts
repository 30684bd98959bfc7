import { weekdays } from "@regulars/core/notifications/preferences";
import { type Result, ok } from "@regulars/core/platform/result";
import { type Member, memberSchema } from "@regulars/core/sales-plans/member";
import type { SalesPlan, SalesPlanChange } from "@regulars/core/sales-plans/sales-plan";
import type { PageWords } from "@regulars/render/texts/page-words";
import { type FieldLabels, labelled, refuseAll, refuseFields } from "../page/form-reason.ts";
import { type FormRow, rowsIn } from "../page/form-rows.ts";
import type { FormTexts } from "../page/form.ts";
import type { Both } from "../page/stale-form.ts";
import { availabilityField, availabilityIn } from "./member-rows.ts";

/** The list of the form of all members: a row for each, `members.2.weight`; the rows of their hours are `hours2.0.from`. */
export const MEMBERS = "members";

const LABELS = { weight: "plans.weight", cap: "plans.cap" } as const satisfies FieldLabels;

/** Who the form is about, by the names that a refusal says. */
interface Named {
  readonly nameOf: (userId: string) => string;
  readonly words: PageWords;
}

/** The members as the form of all of them has them; of whom it has nothing stays as they are. */
export function membersChange(plan: SalesPlan, form: FormTexts, named: Named): Result<SalesPlanChange> {
  const read = plan.members.map((member) => readMember(member, rowOf(form, member), form, named));
  const errors = read.flatMap((one) => (one.ok ? [] : one.errors));
  if (errors.length > 0) return refuseAll(errors, named.words.say("form.unusable"));
  return ok({ members: read.flatMap((one) => (one.ok ? [one.value] : [])) });
}

const rowOf = (form: FormTexts, { userId }: Member): FormRow | undefined =>
  (rowsIn(form, MEMBERS) ?? []).find(({ texts }) => texts["userId"] === userId);

function readMember(member: Member, row: FormRow | undefined, form: FormTexts, { nameOf, words }: Named) {
  if (row === undefined) return ok(memberSchema.parse(member));
  const of = String(row.number);
  const { weight = "", cap = "", isPaused } = row.texts;
  const parsed = memberSchema.safeParse({
    ...member,
    weight: Number(weight || 1),
    cap: cap === "" ? undefined : Number(cap),
    isPaused: isPaused !== undefined,
    ...availabilityIn(form, of),
  });
  if (parsed.success) return ok(parsed.data);
  const fieldAt = (path: readonly PropertyKey[]) => {
    const plain = labelled(LABELS, words)(path);
    const field = availabilityField(form, path, words, of) ?? (plain && { ...plain, name: fieldOf(row, plain.name) });
    const what = field?.label ?? "";
    return field && { ...field, label: words.say("plans.ofMember", { name: nameOf(member.userId), what }) };
  };
  return refuseFields(parsed.error, form, fieldAt, "form.unusable", words);
}

const fieldOf = ({ number }: FormRow, part: string): string => `${MEMBERS}.${number}.${part}`;

/** Each member as they are stored, and as the form has them. */
export function bothOfMembers({ members }: SalesPlan, form: FormTexts, { nameOf, words }: Named): readonly Both[] {
  const { say } = words;
  return members.flatMap((member): readonly Both[] => {
    const row = rowOf(form, member);
    if (row === undefined) return [];
    const yours = availabilityIn(form, String(row.number));
    const { weight = "", cap = "", isPaused } = row.texts;
    const yesNo = (is: boolean): string => say(is ? "common.yes" : "common.no");
    const both = (what: string, now: string, given: string): Both => ({
      name: say("plans.ofMember", { name: nameOf(member.userId), what }),
      now,
      yours: given,
    });
    return [
      both(say("plans.weight"), String(member.weight), weight),
      both(say("plans.cap"), String(member.cap ?? ""), cap),
      both(say("plans.paused"), yesNo(member.isPaused), yesNo(isPaused !== undefined)),
      both(say("plans.hours"), hoursText(member.hours, words), hoursText(yours.hours ?? [], words)),
      both(say("plans.vacations"), daysText(member.vacations), daysText(yours.vacations ?? [])),
    ];
  });
}

type Span = Readonly<Record<"from" | "to", string>>;

const hoursText = (hours: readonly (Span & { readonly days: readonly number[] })[], { say }: PageWords): string =>
  hours
    .map(({ days, from, to }) => {
      const named = weekdays.filter((_, i) => days.includes(i + 1)).map((day) => say(`shortDay.${day}`));
      return `${named.join(", ")} ${from}–${to}`;
    })
    .join("; ");

const daysText = (days: readonly Span[]): string =>
  days.map(({ from, to }) => (from === to ? from : `${from}–${to}`)).join(", ");
