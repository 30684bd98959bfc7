import { type LeftOutReason, leftOutOf } from "@regulars/core/monitors/mailing";
import { type Owner, type OwnerType, ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import { parseCriteria } from "@regulars/core/monitors/parse-criteria";
import type { Selection } from "@regulars/core/monitors/selection";
import type { SelectionOperation } from "@regulars/core/monitors/selection-action";
import { monitorSettingsOf } from "@regulars/core/monitors/tenant-settings";
import { operationIdSchema } from "@regulars/core/platform/ids";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { CustomerId, Day } from "@regulars/core/platform/values";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import { effectsOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import type { ActionPreview } from "@regulars/flows/monitors/preview-action";
import { memberCards, ownerName } from "@regulars/flows/monitors/member-cards";
import { selectingIn } from "@regulars/flows/monitors/selecting";
import type { SelectionContext } from "@regulars/flows/monitors/selection-context";
import {
  type SelectionResult,
  addMembers,
  changeSelection,
  createSelection,
  deleteSelection,
  freezeSelection,
  removeMembers,
} from "@regulars/flows/monitors/selections";
import { readVisibleMembers } from "@regulars/flows/monitors/visible-members";
import { criteriaSentence } from "@regulars/render/monitors/criteria-sentence";
import { cutValue, inField, refuseField } from "../page/form-reason.ts";
import type { Form } from "../page/form.ts";
import { MOST_LIKE, type Named, namedBy, refuseUnnamed } from "../page/named-by.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { seenOf } from "../page/seen-of.ts";
import { mistakesIn } from "./status-form.ts";

/** A tenant's selections. */
export interface SelectionsPage {
  readonly tenant: Tenant;
  readonly selections: readonly Selection[];
  readonly mayManage: boolean;
}

/** Members that a page shows. */
const MOST_MEMBERS = 200;
/** Members whom an action left out that a page names. */
const MOST_RESULTS = 100;

export interface SelectionMember {
  readonly ownerId: string;
  readonly name: string;
  readonly customerId: CustomerId;
  readonly customerName: string;
}

/** An action that was started, and who got nothing by it. */
export interface ShownAction {
  readonly operation: SelectionOperation;
  readonly skipped: readonly {
    readonly name: string;
    readonly address: string;
    readonly why: LeftOutReason | undefined;
  }[];
}

/** One selection with its first members. */
export interface SelectionPage {
  readonly tenant: Tenant;
  readonly selection: Selection;
  readonly asOf: Day;
  readonly total: number;
  readonly members: readonly SelectionMember[];
  /** The criteria as people read them; absent for a list. */
  readonly sentence: string | undefined;
  readonly action: ShownAction | undefined;
  /** What an action would do, when it was asked for. */
  readonly preview: ActionPreview | undefined;
  readonly mayManage: boolean;
}

/** What flows of selections need of a viewer's request. */
export function selectionContextOf({ tenant, catalog, whole }: OpenTenant, runtime: Runtime): SelectionContext {
  const { clock, newId } = effectsOf(runtime.clock, runtime.elapsed);
  const { selections, nightly, records } = whole;
  return {
    tenant,
    selections,
    nightly,
    records,
    ...selectingIn({ tenant, catalog, store: whole, clock }),
    clock,
    newId,
  };
}

export async function readSelectionsPage({ tenant, whole, holds }: OpenTenant): Promise<Result<SelectionsPage>> {
  const gated = statusesRefusal(tenant);
  if (gated !== undefined) return gated;
  return ok({ tenant, selections: await whole.selections.list(), mayManage: holds("statuses.manage") });
}

interface Asked {
  readonly selectionId: string;
  /** The id of an action, from the address. */
  readonly action?: string | undefined;
  readonly preview?: ActionPreview | undefined;
}

export async function readSelectionPage(
  opened: OpenTenant,
  runtime: Runtime,
  { selectionId, action, preview }: Asked,
): Promise<Result<SelectionPage>> {
  const { tenant, words, catalog, whole, holds, scope } = opened;
  const { canSee } = await scope();
  const read = await readVisibleMembers(selectionContextOf(opened, runtime), selectionId, canSee);
  if (!read.ok) return refuse(read.reason, read.message);
  const { selection, asOf, owners } = read.value;
  const shown = owners.slice(0, MOST_MEMBERS);
  const cardOf = await memberCards({ tenant, nightly: whole.nightly, records: whole.records }, shown);
  return ok({
    tenant,
    selection,
    asOf,
    total: owners.length,
    members: shown.map((owner) => {
      const card = cardOf(owner);
      const customerName = card?.customer.name ?? owner.customerId;
      const { customerId } = owner;
      return { ownerId: ownerIdOf(owner), name: ownerName(owner, card), customerId, customerName };
    }),
    sentence: await sentenceOf({ tenant, words, catalog, whole }, selection),
    action: holds("statuses.manage") ? await actionOf(opened, selectionId, action) : undefined,
    preview,
    mayManage: holds("statuses.manage"),
  });
}

async function sentenceOf(
  { tenant, words, catalog, whole }: Pick<OpenTenant, "tenant" | "words" | "catalog" | "whole">,
  { criteria, ownerType }: Selection,
): Promise<string | undefined> {
  if (criteria === undefined) return undefined;
  const names = new Map<string, string>([
    ...catalog.kinds.map(({ id, title }): [string, string] => [id, words.kindTitle(id) ?? title]),
    ...(await whole.monitors.monitors()).map(({ statusId, name }): [string, string] => [statusId, name]),
  ]);
  const fields = { ownerType, settings: monitorSettingsOf(tenant), kinds: catalog.kinds.map(({ id }) => id) };
  return criteriaSentence(criteria, { fields, locale: words.formats.locale, nameOf: (id) => names.get(id) });
}

async function actionOf(
  { tenant, whole, scope }: OpenTenant,
  selectionId: string,
  given: string | undefined,
): Promise<ShownAction | undefined> {
  const { selectionOperations, nightly, records } = whole;
  const operationId = operationIdSchema.safeParse(given);
  const operation = operationId.success ? await selectionOperations.find(operationId.data) : undefined;
  if (operation?.selectionId !== selectionId) return undefined;
  const skipped: (Omit<ShownAction["skipped"][number], "name"> & { readonly owner: Owner })[] = [];
  for (let number = 0; skipped.length < MOST_RESULTS; number += 1) {
    const chunk = await selectionOperations.chunk(operation.operationId, number);
    if (chunk === undefined) break;
    chunk.results.forEach(({ state, reason = "", address = "" }, i) => {
      const owner = chunk.members[i]?.owner;
      if (state === "skipped" && owner !== undefined) skipped.push({ owner, why: leftOutOf(reason), address });
    });
  }
  const shown = skipped.slice(0, MOST_RESULTS);
  const { canSee } = await scope();
  const owners = shown.map(({ owner }) => owner);
  const cardOf = await memberCards({ tenant, nightly, records }, owners);
  const nameOf = (owner: Owner): string => {
    const card = cardOf(owner);
    return ownerName(owner, card && canSee(card.customer) ? card : undefined);
  };
  return { operation, skipped: shown.map(({ owner, ...row }) => ({ name: nameOf(owner), ...row })) };
}

const textOf = (form: Form, name: string): string => (typeof form[name] === "string" ? form[name].trim() : "");

/** Makes a selection of a form: with criteria in words a dynamic one. */
export async function createByForm(opened: OpenTenant, runtime: Runtime, form: Form): Promise<Result<Selection>> {
  const name = await newName(opened, form);
  if (!name.ok) return name;
  const ownerType: OwnerType | undefined = ownerTypes.find((one) => one === form["ownerType"]);
  if (ownerType === undefined)
    return refuseField("ownerType", opened.words.say("selection.badOwner", { text: ownerTypes.join(", ") }));
  const words = textOf(form, "criteria");
  const parsed = words === "" ? ok(undefined) : parseCriteria(words);
  if (!parsed.ok)
    return refuseField(
      "criteria",
      opened.words.say("selection.badCriteria", { text: opened.words.refused(parsed.message) }),
    );
  const given = { name: name.value, ownerType, ...(parsed.value === undefined ? {} : { criteria: parsed.value }) };
  return inField(plain(await createSelection(selectionContextOf(opened, runtime), given, opened.by)), "criteria");
}

/** The name that a selection gets; one that another selection has is refused, also when a new one is sent twice. */
async function newName({ words, whole }: OpenTenant, form: Form, selectionId?: string): Promise<Result<string>> {
  const name = textOf(form, "name");
  if (name === "" || name.length > 100) return refuseField("name", words.say("selection.badName"));
  const isTaken = (await whole.selections.list()).some((one) => one.name === name && one.selectionId !== selectionId);
  return isTaken ? refuseField("name", words.say("selection.nameTaken", { name })) : ok(name);
}

const idsIn = (form: Form): readonly string[] =>
  textOf(form, "ids")
    .split(/[\s,;]+/)
    .filter((id) => id !== "");

/** Changes a selection by one of the forms of its page. */
export async function changeByForm(
  opened: OpenTenant,
  runtime: Runtime,
  selectionId: string,
  form: Form,
): Promise<Result<Selection>> {
  const context = selectionContextOf(opened, runtime);
  switch (form["do"]) {
    case "add":
      return addByForm(opened, context, selectionId, form);
    case "remove":
      return plain(await removeMembers(context, selectionId, idsIn(form)));
    case "delete":
      return plain(await deleteSelection(context, selectionId));
    case "rename": {
      const name = await newName(opened, form, selectionId);
      return name.ok ? plain(await changeSelection(context, selectionId, { name: name.value })) : name;
    }
    case "freeze": {
      const name = await newName(opened, form);
      return name.ok ? plain(await freezeSelection(context, { selectionId, name: name.value }, opened.by)) : name;
    }
    default:
      return refuse("unusable-fields", opened.words.say("selection.noAct"));
  }
}

/** Adds members by their ids, or one by its name; ids that are not known are named together, as they were written. */
async function addByForm(
  opened: OpenTenant,
  context: SelectionContext,
  selectionId: string,
  form: Form,
): Promise<Result<Selection>> {
  const { say, formats } = opened.words;
  const ids = idsIn(form);
  if (ids.length === 0) return refuseField("ids", say("selection.noIds"));
  const added = await addMembers(context, selectionId, ids);
  const unknown = added.ok ? [] : ids.filter((_, i) => added.errors?.some(({ path }) => path === `ids.${i}`));
  if (unknown.length === 0) return plain(added);
  const text = textOf(form, "ids");
  const { exact, like } = await namedBy(await ownersNamed(opened, selectionId, text), text);
  if (exact !== undefined) return plain(await addMembers(context, selectionId, [exact.id]));
  if (like.length > 0) return refuseUnnamed("ids", say("selection.ids"), text, like, opened.words);
  const named = unknown.slice(0, MOST_UNKNOWN).map(cutValue);
  return refuseField(
    "ids",
    say("selection.unknownIds", {
      numb: unknown.length,
      list: formats.list(named),
      more: unknown.length - named.length,
    }),
  );
}

/** Unknown ids that a refusal names. */
const MOST_UNKNOWN = 5;

/** Those whom a selection may have and whom a text names, as far as the viewer sees them; projects are only known by ids. */
async function ownersNamed(opened: OpenTenant, selectionId: string, text: string): Promise<readonly Named[]> {
  const { names, selections } = opened.whole;
  const ownerType = (await selections.find(selectionId))?.ownerType;
  if (ownerType === "person") {
    const seen = await seenOf(opened, names.persons(text), ({ customerId }) => customerId, MOST_LIKE);
    return seen.map(({ one: { personId, name = personId } }) => ({ id: personId, name }));
  }
  if (ownerType !== "company") return [];
  const seen = await seenOf(opened, names.customers(text), (customerId) => customerId, MOST_LIKE);
  return seen.map(({ customer: { customerId, name = customerId } }) => ({ id: customerId, name }));
}

/** A refusal with its first error in one sentence. */
export function plain<T>(result: SelectionResult<T>): Result<T> {
  if (result.ok) return result;
  const [first] = result.errors ?? [];
  return refuse(result.reason, first === undefined ? result.message : mistakesIn([first]));
}
