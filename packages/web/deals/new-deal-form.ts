import { senderOf } from "@regulars/core/access/actor";
import { type LeadPayload, duplicateChoices, leadPayloadSchema } from "@regulars/core/leads/lead-payload";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { currencySchema } from "@regulars/core/platform/values";
import { parseAmount } from "@regulars/core/sales-plans/amount";
import { type Added, addToPlan } from "@regulars/flows/leads/add-to-plan";
import { leadAccessOf } from "@regulars/flows/leads/lead-access";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { PageWords } from "@regulars/render/texts/page-words";
import * as z from "zod";
import { type FieldLabels, cutValue, labelled, plainFault, refuseAll, refuseFields } from "../page/form-reason.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { typedAmount } from "../page/typed-amount.ts";
import type { NewDealPage } from "./new-deal-page.ts";

type Fields = Readonly<Record<string, string>>;

/** The fields, and what they are called on the page. Their names are those of the last parts of a lead's paths. */
const LABELS = {
  name: "users.name",
  email: "users.email",
  phone: "users.phone",
  externalId: "newDeal.externalId",
  title: "newDeal.dealTitle",
  amount: "deal.amount",
  currency: "plans.currency",
  statusId: "deals.status",
  reasonId: "deal.reasonWhenLost",
  clarification: "deal.clarification",
  managerId: "deal.manager",
  onDuplicate: "newDeal.again",
} as const satisfies FieldLabels;
type FieldName = keyof typeof LABELS;

const keySchema = z.string().min(1).max(200);

/** The form's id was used: what it says now is another deal. */
export const KEY_USED = "key-reused";

/** Adds the deal of a form as the API does; a form that is sent twice adds one. */
export async function addDealByForm(
  context: SalesContext,
  opened: OpenTenant,
  page: NewDealPage,
  form: Fields,
): Promise<Result<Added>> {
  const { words, decide } = opened;
  const key = keySchema.safeParse(form["key"]);
  if (!key.success) return refuse("unusable-form", words.say("form.unusable"));
  const asked = readForm(page, form, words);
  if (!asked.ok) return asked;
  const added = await addToPlan({
    context,
    planId: page.plan.planId,
    lead: asked.value,
    sender: { scope: `by-hand:${senderOf(opened.actor)}`, key: key.data },
    access: leadAccessOf({ decide, contacts: context.store.contacts }),
    actorId: opened.by,
    requestId: `page_${context.effects.newId()}`,
  });
  if (added.ok) return added;
  if (added.reason === KEY_USED) return refuse(KEY_USED, words.say("newDeal.formUsed"));
  if (!("errors" in added) || added.errors === undefined) return added;
  return refuseAll(
    added.errors.map((error) => ({ ...error, ...faultOf(nameAt(error.path.split(".")), error.message, form, words) })),
    added.message,
    added.reason,
  );
}

/** What the form says, as a lead. */
function readForm(page: NewDealPage, form: Fields, words: PageWords): Result<LeadPayload> {
  const asked = leadPayloadSchema.safeParse(leadOf(form));
  const own = [...identityErrors(form, words), ...choiceErrors(page, form, words), ...amountErrors(page, form, words)];
  // A field has the name of the last part of its path: that is how it is found, and what was filled in.
  const issues = asked.error?.issues.map((issue) => ({ ...issue, path: issue.path.slice(-1) })) ?? [];
  const wrong = refuseFields(new z.ZodError(issues), form, labelled(LABELS, words), "form.unusable", words);
  if (asked.success && own.length === 0) return ok(asked.data);
  return refuseAll([...own, ...wrong.errors], words.say("form.unusable"));
}

function leadOf(form: Fields): object {
  const given = (...names: readonly FieldName[]) =>
    Object.fromEntries(names.flatMap((name) => (textOf(form, name) === "" ? [] : [[name, textOf(form, name)]])));
  const currency = textOf(form, "currency").toUpperCase();
  const amount = amountOf(form);
  return {
    person: given("name", "email", "phone", "externalId"),
    deal: {
      ...given("title", "statusId", "reasonId", "clarification"),
      ...(amount === "" ? {} : { amount }),
      ...(currency === "" ? {} : { currency }),
    },
    assign: given("managerId"),
    ...given("onDuplicate"),
  };
}

const textOf = (form: Fields, name: FieldName): string => form[name]?.trim() ?? "";
const amountOf = (form: Fields): string => typedAmount(textOf(form, "amount"));

const identityErrors = (form: Fields, { say }: PageWords): readonly ItemError[] =>
  (["email", "phone", "externalId"] as const).some((name) => textOf(form, name) !== "")
    ? []
    : [{ path: "email", code: "missing", message: say("newDeal.needsIdentity") }];

/** Choices that the form does not offer. */
function choiceErrors({ plan, managers, reasons }: NewDealPage, form: Fields, words: PageWords): readonly ItemError[] {
  const offered: Partial<Readonly<Record<FieldName, readonly string[]>>> = {
    statusId: plan.statuses.map(({ statusId }) => statusId),
    reasonId: reasons.map(({ reasonId }) => reasonId),
    managerId: managers.map(({ userId }) => userId),
    onDuplicate: duplicateChoices,
  };
  return fieldNames.flatMap((name) => {
    const value = textOf(form, name);
    if (value === "" || offered[name]?.includes(value) !== false) return [];
    const message = words.say("form.notListed", { name: words.text(LABELS[name]), valu: cutValue(value) });
    return [{ path: name, code: "bad-value", message }];
  });
}

/** An amount that is none is told with the other mistakes. */
function amountErrors({ plan }: NewDealPage, form: Fields, words: PageWords): readonly ItemError[] {
  const amount = amountOf(form);
  const currency = currencySchema.safeParse(textOf(form, "currency").toUpperCase() || plan.currency);
  if (amount === "" || !currency.success) return [];
  const read = parseAmount(amount, currency.data);
  return read.ok ? [] : [faultOf("amount", read.message, form, words)];
}

const fieldNames: readonly FieldName[] = Object.keys(LABELS).filter((name): name is FieldName => name in LABELS);
const nameAt = (path: readonly string[]): FieldName => fieldNames.find((name) => name === path.at(-1)) ?? "email";

/** A mistake at a field: a sentence of its own, or what is wrong with its value. */
function faultOf(name: FieldName, what: string, form: Fields, words: PageWords): ItemError {
  const text = words.refused(plainFault(what));
  const valu = cutValue(textOf(form, name));
  const message = what.startsWith("is ")
    ? words.say("form.wrong", { name: words.text(LABELS[name]), valu, text })
    : text;
  return { path: name, code: "bad-value", message };
}
