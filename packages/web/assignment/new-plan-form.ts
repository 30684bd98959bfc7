import { type SalesPlan, newPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import type { ItemError } from "@regulars/core/platform/field-error";
import { planIdSchema } from "@regulars/core/platform/ids";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { SalesContext } from "@regulars/flows/sales-context";
import { createSalesPlan } from "@regulars/flows/sales-plans/create-sales-plan";
import type { PageTextId, PageWords } from "@regulars/render/texts/page-words";
import {
  type FieldLabels,
  type FormField,
  cutValue,
  labelled,
  refuseAll,
  refuseField,
  refuseFields,
} from "../page/form-reason.ts";
import { type FormRow, rowsIn } from "../page/form-rows.ts";
import { typedAmount } from "../page/typed-amount.ts";
import { availabilityField, availabilityIn } from "./member-rows.ts";
import type { NewPlanPage } from "./new-plan-page.ts";
import { type Fields, distributionOf, rules } from "./plan-form.ts";

const LABELS = {
  name: "plans.name",
  label: "plans.label",
  averageAmount: "plans.average",
  currency: "plans.currency",
  isRequired: "board.reason",
} as const satisfies FieldLabels;

/** The parts of rows, and what they are called on the page. */
const PARTS = {
  statuses: { name: "plans.name", kind: "plans.kind" },
  members: { userId: "form.member", weight: "plans.weight", cap: "plans.cap" },
} as const satisfies Readonly<Record<string, FieldLabels>>;
type List = keyof typeof PARTS;

/** What a row is known by: without it the row is not kept. */
const KEPT_BY = { statuses: "name", members: "userId" } as const satisfies Readonly<Record<List, string>>;
const rowsKept = (form: Fields, list: List): readonly FormRow[] =>
  (rowsIn(form, list) ?? []).filter(({ texts }) => (texts[KEPT_BY[list]] ?? "") !== "");

/** The field of a reason that statuses which lose a deal offer. */
export const reasonField = (reasonId: string): string => `reason.${reasonId}`;

/** Makes the plan of a form; a form that is sent twice makes one. A name that another plan has is refused. */
export async function createPlanByForm(
  context: SalesContext,
  { users, reasons }: Pick<NewPlanPage, "users" | "reasons">,
  form: Fields,
  words: PageWords,
): Promise<Result<SalesPlan>> {
  const planId = planIdSchema.safeParse(form["planId"]);
  if (!planId.success) return refuse("unusable-form", "this form is not of this page: load it again");
  const plans = await context.store.salesPlans.plans();
  const made = plans.find((plan) => plan.planId === planId.data);
  if (made !== undefined) return ok(made);
  const fieldAt = (path: readonly PropertyKey[]) => newPlanField(form, path, words);
  const unlisted = choiceErrors(form, users, words);
  const asked = newPlanSchema.safeParse(askedOf(form, reasons));
  const unusable = asked.success ? [] : refuseFields(asked.error, form, fieldAt, "form.unusable", words).errors;
  if (!asked.success || unlisted.length > 0) return refuseAll([...unusable, ...unlisted], words.say("form.unusable"));
  const { name } = asked.data;
  if (plans.some((plan) => plan.name === name && !plan.isArchived))
    return refuseField("name", words.say("plans.nameTaken", { name }));
  const created = await createSalesPlan(context, asked.data, { planId: planId.data });
  if (created.ok || !("errors" in created)) return created;
  const errors = created.errors.flatMap(({ path, code, message }) => {
    const field = code === "reasons-empty" ? { name: "isRequired" } : fieldAt(path.match(/[^.[\]]+/g) ?? []);
    return field === undefined ? [] : [{ path: field.name, code, message: words.refused(message) }];
  });
  return refuseAll(errors, created.message, created.reason);
}

/** What the form says, in the words of a request for a new plan. */
function askedOf(form: Fields, reasons: NewPlanPage["reasons"]): object {
  const reasonIds = reasons.map(({ reasonId }) => reasonId).filter((id) => form[reasonField(id)] !== undefined);
  const refusal = { isRequired: form["isRequired"] !== undefined, reasonIds };
  const hasRefusal = refusal.isRequired || reasonIds.length > 0;
  const { hours = [] } = availabilityIn(form);
  const amount = typedAmount(form["averageAmount"] ?? "");
  const currency = form["currency"]?.trim().toUpperCase() ?? "";
  const label = form["label"]?.trim() ?? "";
  return {
    name: form["name"] ?? "",
    ...(label === "" ? {} : { label }),
    ...(amount === "" ? {} : { averageAmount: amount }),
    ...(currency === "" ? {} : { currency }),
    distribution: distributionOf(form["distribution"] ?? ""),
    statuses: rowsKept(form, "statuses").map(({ texts: { name, kind } }) => ({
      name,
      kind,
      ...(kind === "lost" && hasRefusal ? { refusal } : {}),
    })),
    members: rowsKept(form, "members").map(({ texts: { userId, weight = "", cap = "" } }) => ({
      userId,
      ...(weight === "" ? {} : { weight: Number(weight) }),
      ...(cap === "" ? {} : { cap: Number(cap) }),
      hours,
    })),
  };
}

/** Choices that the form does not offer. */
function choiceErrors(form: Fields, users: NewPlanPage["users"], { say }: PageWords): readonly ItemError[] {
  const rule = form["distribution"] ?? "";
  const chosen = [
    { name: "distribution", label: say("plans.distribution"), value: rule, isOffered: rules.includes(rule) },
    ...rowsKept(form, "members").map(({ number, texts: { userId = "" } }) => ({
      name: `members.${number}.userId`,
      label: say("form.member"),
      value: userId,
      isOffered: users.some((user) => user.userId === userId),
    })),
  ];
  return chosen
    .filter(({ isOffered }) => !isOffered)
    .map(({ name, label, value }) => ({
      path: name,
      code: "bad-value",
      message: say("form.notListed", { name: label, valu: cutValue(value) }),
    }));
}

/** The field that a place within a requested plan is in. */
function newPlanField(form: Fields, path: readonly PropertyKey[], words: PageWords): FormField | undefined {
  const [list, index, part, ...more] = path.map(String);
  if (list !== "statuses" && list !== "members") return labelled(LABELS, words)(path);
  if (part === "hours") return availabilityField(form, [part, ...more], words);
  if (part === "refusal") return { name: "isRequired", label: words.say("board.reason") };
  const kept = rowsKept(form, list);
  // What is wrong with a whole list stands at its last row.
  const row = index === undefined ? kept.at(-1) : kept[Number(index)];
  const field = fieldsOf(list).find(([name]) => name === part) ?? fieldsOf(list)[0];
  if (field === undefined) return undefined;
  const number = row?.number ?? 0;
  const title = words.say(`plans.${list}`);
  const label = words.say("rows.part", { name: title, numb: number + 1, part: words.text(field[1]) });
  return { name: `${list}.${number}.${field[0]}`, label };
}

const fieldsOf = (list: List): readonly (readonly [string, PageTextId])[] => Object.entries(PARTS[list]);
