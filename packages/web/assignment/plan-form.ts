import { cutText } from "@regulars/core/platform/cut-text";
import { type Distribution, absences, affinities, balances, loadScopes } from "@regulars/core/sales-plans/distribution";
import { memberSchema } from "@regulars/core/sales-plans/member";
import { reasonIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import {
  type SalesPlan,
  type SalesPlanChange,
  editStatusSchema,
  newStatusSchema,
  salesPlanChangeSchema,
  unknownPlan,
} from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { changeSalesPlan } from "@regulars/flows/assignment/change-sales-plan";
import { type StatusChange, changeStatuses } from "@regulars/flows/sales-plans/change-statuses";
import type { SalesContext } from "@regulars/flows/sales-context";
import * as z from "zod";
import type { PageWords } from "@regulars/render/texts/page-words";
import { type FieldLabels, cutValue, inField, labelled, refuseField, refuseFields } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { typedAmount } from "../page/typed-amount.ts";
import { membersChange } from "./members-form.ts";
import { movedInOrder } from "./order.ts";

/** The fields of a form, as texts. */
export type Fields = Readonly<Record<string, string>>;

const LABELS = {
  name: "plans.name",
  label: "plans.label",
  averageAmount: "plans.average",
  distribution: "plans.distribution",
  ownerAway: "plans.ownerAway",
  loadScope: "plans.loadScope",
  userId: "form.member",
  colour: "plans.colour",
  kind: "plans.kind",
  statusId: "deals.status",
  moveTo: "plans.moveTo",
  add: "board.reason",
} as const satisfies FieldLabels;

/** The ways to distribute that the form offers, by the names of rules. */
export const rules: readonly string[] = [
  "manual",
  ...affinities.flatMap((affinity) => balances.map((balance) => `${affinity}>${balance}`)),
];

/** What each field of the rules offers. */
const OFFERED: Readonly<Record<"distribution" | "ownerAway" | "loadScope", readonly string[]>> = {
  distribution: rules,
  ownerAway: absences,
  loadScope: loadScopes,
};

/** The names of users by their ids. */
export async function userNames(store: Pick<OpenTenant["store"], "users">): Promise<(userId: string) => string> {
  const names = new Map<string, string>((await store.users()).map(({ userId, name }) => [userId, name]));
  return (userId) => names.get(userId) ?? userId;
}

/** What a form of the plan's settings changes: its rules, its members, or its statuses. */
type PlanFormChange =
  | { readonly of: "plan"; readonly change: SalesPlanChange }
  | { readonly of: "statuses"; readonly change: StatusChange };

/** Saves what a form of a plan's settings asks for; a form of an older version of the plan changes nothing. */
export async function changePlanByForm(
  context: SalesContext,
  { by: actorId, words, store }: OpenTenant,
  plan: SalesPlan,
  form: Fields,
): Promise<Result<SalesPlan>> {
  const asked = askedOf(plan, form, { words, nameOf: await userNames(store) });
  if (!asked.ok) return asked;
  const version = Number(form["version"]);
  if (plan.version !== version) return refuse("stale-version", words.say("form.planChanged"));
  const { planId } = plan;
  const requestId = `page_${context.effects.newId()}`;
  const changed =
    asked.value.of === "plan"
      ? await changeSalesPlan({ context, planId, change: asked.value.change, version })
      : await changeStatuses({ context, planId, change: asked.value.change, version, actorId, requestId });
  return changed.ok ? changed : inField(changed, FIELD_OF_REASON[changed.reason]);
}

/** The fields that refusals of the flows are about. */
const FIELD_OF_REASON: Readonly<Record<string, keyof typeof LABELS>> = {
  "status-name-taken": "name",
  "amount-not-a-number": "averageAmount",
  "amount-not-exact": "averageAmount",
  "amount-too-large": "averageAmount",
  "amount-negative": "averageAmount",
  "amount-other-currency": "averageAmount",
  "not-a-colour": "colour",
  "colour-unreadable": "colour",
  "unknown-reason": "add",
  "reasons-empty": "add",
  "unusable-fields": "userId",
};

/** The plan of an address, for who may reach it. */
export async function planOf(
  { store }: SalesContext,
  { decide }: OpenTenant,
  planText: string,
): Promise<Result<SalesPlan>> {
  const plan = (await store.salesPlans.plans()).find(({ planId }) => planId === planText);
  return plan === undefined || !decide("plan.reach", plan) ? unknownPlan(cutText(planText, 100)) : ok(plan);
}

/** The change of the plan's rules that a form has, to try it or to save it; a field that it has not stays as it is. */
export function rulesChangeOf(plan: SalesPlan, form: Fields, words: PageWords): Result<SalesPlanChange> {
  const details = detailsOf(plan.distribution);
  const { ownerAway = details.ownerAway, loadScope = details.loadScope } = form;
  const { name = "", label = "", distribution = "", averageAmount } = form;
  const chosen = { distribution, ownerAway, loadScope };
  for (const field of ["distribution", "ownerAway", "loadScope"] as const)
    if (!OFFERED[field].includes(chosen[field])) return unusable(field, chosen[field], words);
  const amount = typedAmount(averageAmount ?? "");
  return read(
    salesPlanChangeSchema,
    {
      name,
      label,
      ...(averageAmount === undefined ? {} : { averageAmount: amount === "" ? "0" : amount }),
      distribution: { ...distributionOf(distribution), ...(distribution === "manual" ? {} : { ownerAway, loadScope }) },
    },
    form,
    words,
  );
}

/** What a distribution's rule does not say: who stands in for an absent manager, and which deals count as load. */
export const detailsOf = (distribution: Distribution) =>
  distribution.mode === "uniform" ? distribution : ({ ownerAway: absences[0], loadScope: loadScopes[0] } as const);

/** The distribution of a rule's name, with the usual details. */
export function distributionOf(rule: string): Distribution {
  const [affinity = "random", balance = "even"] = rule.split(">");
  if (rule === "manual") return { mode: "manual" };
  return {
    mode: "uniform",
    affinity: affinities.find((one) => one === affinity) ?? "random",
    balance: balances.find((one) => one === balance) ?? "even",
    ownerAway: absences[0],
    loadScope: loadScopes[0],
  };
}

function askedOf(plan: SalesPlan, form: Fields, named: Parameters<typeof membersChange>[2]): Result<PlanFormChange> {
  const { words } = named;
  const action = form["action"] ?? "";
  if (action === "rules") return asPlan(rulesChangeOf(plan, form, words));
  if (action === "members") return asPlan(membersChange(plan, form, named));
  if (action === "add-member") return asPlan(newMemberOf(plan, form, words));
  // The form says what the plan is to be: sent twice, it changes nothing more.
  if (action === "archive") return asPlan(ok({ isArchived: form["isArchived"] === "true" }));
  return statusChange(plan, form, action, words);
}

const asPlan = (change: Result<SalesPlanChange>): Result<PlanFormChange> =>
  change.ok ? ok({ of: "plan", change: change.value }) : change;
const asStatuses = (change: StatusChange): Result<PlanFormChange> => ok({ of: "statuses", change });

/** Who becomes the last member; who is one already stays as they are. */
function newMemberOf({ members }: SalesPlan, form: Fields, words: PageWords): Result<SalesPlanChange> {
  const added = read(memberSchema, { userId: form["userId"] ?? "" }, form, words);
  if (!added.ok) return added;
  const all = members.map((member) => memberSchema.parse(member));
  const isMember = members.some(({ userId }) => userId === added.value.userId);
  return ok({ members: isMember ? all : [...all, added.value] });
}

function statusChange(plan: SalesPlan, form: Fields, action: string, words: PageWords): Result<PlanFormChange> {
  if (action === "order") {
    const order = read(z.object({ order: z.array(statusIdSchema) }), { order: movedInOrder(form) }, form, words);
    return order.ok ? asStatuses({ change: "reorder", order: order.value.order }) : order;
  }
  if (action === "add-status") {
    const { name = "", kind = "" } = form;
    const status = read(newStatusSchema, { name, kind }, form, words);
    return status.ok ? asStatuses({ change: "add", status: status.value }) : status;
  }
  const status = plan.statuses.find(({ statusId }) => statusId === form["statusId"]);
  if (status === undefined) return refuse("unusable-form", words.say("form.noPlanAction"));
  const { statusId } = status;
  if (action === "status") {
    const { name = "", colour = "" } = form;
    const edit = read(editStatusSchema, { name, colour }, form, words);
    return edit.ok ? asStatuses({ change: "edit", statusId, edit: edit.value }) : edit;
  }
  if (action === "delete-status") {
    const moveTo = plan.statuses.find((one) => one.statusId === form["moveTo"] && one.statusId !== statusId)?.statusId;
    if (moveTo === undefined) return unusable("moveTo", form["moveTo"] ?? "", words);
    return asStatuses({ change: "delete", statusId, moveTo });
  }
  if (action === "reasons") {
    const reasonIds = [...movedInOrder(form), ...(form["add"] ? [form["add"]] : [])];
    const choice = read(
      z.object({ add: z.array(reasonIdSchema).max(100) }),
      { add: reasonIds.filter((reasonId) => reasonId !== form["drop"]) },
      form,
      words,
    );
    if (!choice.ok) return choice;
    const refusal = { isRequired: form["isRequired"] !== undefined, reasonIds: [...new Set(choice.value.add)] };
    return asStatuses({ change: "edit", statusId, edit: { refusal } });
  }
  return refuse("unusable-form", words.say("form.noPlanAction"));
}

const unusable = (field: keyof typeof LABELS, value: string, { say }: PageWords): Result<never> =>
  refuseField(
    field,
    value === ""
      ? say("form.missing", { name: say(LABELS[field]) })
      : say("form.wrong", { name: say(LABELS[field]), valu: cutValue(value), text: say("form.noChoice") }),
  );

function read<T>(schema: z.ZodType<T>, given: object, form: Fields, words: PageWords): Result<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return ok(parsed.data);
  return refuseFields(parsed.error, form, labelled(LABELS, words), "form.unusable", words);
}
