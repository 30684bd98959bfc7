import { type Owner, type OwnerType, ownerIdOf } from "@regulars/core/monitors/owner";
import { MOST_SELECTIONS, type Selection } from "@regulars/core/monitors/selection";
import { ContentionError } from "@regulars/core/platform/contention-error";
import { cutText } from "@regulars/core/platform/cut-text";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { lastCompletedDay } from "@regulars/core/platform/period";
import { ok, refuse } from "@regulars/core/platform/result";
import { type Day, customerIdSchema, personIdSchema, projectIdSchema, toInstant } from "@regulars/core/platform/values";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { SelectionContext } from "./selection-context.ts";

export type SelectionResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: string; readonly message: string; readonly errors?: readonly ItemError[] };

type CompanionOf = (selection: Selection) => CompanionWrites | undefined;

/** The members of a selection with the day that they are of. */
export interface Members {
  readonly selection: Selection;
  readonly asOf: Day;
  readonly owners: readonly Owner[];
}

const unknownSelection = (selectionId: string) =>
  refuse("unknown-selection", `there is no selection ${cutText(selectionId, 200)}`);

/** A selection; refused where the tenant's edition has none. */
export async function findSelection(
  { tenant, selections }: Pick<SelectionContext, "tenant" | "selections">,
  selectionId: string,
): Promise<SelectionResult<Selection>> {
  const selection = await selections.find(selectionId);
  return statusesRefusal(tenant) ?? (selection === undefined ? unknownSelection(selectionId) : ok(selection));
}

/** Makes a selection: with criteria a dynamic one, without a static one that has nobody yet. */
export async function createSelection(
  context: SelectionContext,
  given: { readonly name: string; readonly ownerType: OwnerType; readonly criteria?: unknown },
  createdBy: string,
  companionOf?: CompanionOf,
): Promise<SelectionResult<Selection>> {
  const gated = statusesRefusal(context.tenant) ?? (await tooMany(context));
  if (gated !== undefined) return gated;
  const { name, ownerType, criteria } = given;
  const checked = criteria === undefined ? ok(undefined) : await context.checkCriteria(criteria, ownerType);
  if (!checked.ok) return checked;
  const dynamic = checked.value === undefined ? {} : { criteria: checked.value.criteria };
  return stored(context, { name, ownerType, ...dynamic }, createdBy, companionOf);
}

/** Renames a selection, or gives a dynamic one other criteria. */
export async function changeSelection(
  context: SelectionContext,
  selectionId: string,
  change: { readonly name?: string | undefined; readonly criteria?: unknown },
  companionOf?: CompanionOf,
): Promise<SelectionResult<Selection>> {
  const found = await findSelection(context, selectionId);
  if (!found.ok) return found;
  const { criteria, name } = change;
  if (criteria !== undefined && found.value.kind === "static")
    return refuse("selection-is-static", `selection ${selectionId} is a list: it has no criteria`);
  const checked = criteria === undefined ? ok(undefined) : await context.checkCriteria(criteria, found.value.ownerType);
  if (!checked.ok) return checked;
  const changed: Selection = {
    ...found.value,
    ...(name === undefined ? {} : { name }),
    ...(checked.value === undefined ? {} : { criteria: checked.value.criteria }),
    version: found.value.version + 1,
  };
  if (await context.selections.save(changed, companionOf?.(changed))) return ok(changed);
  throw new ContentionError(`selection ${selectionId} was changed by somebody else: try again`);
}

/** Who is in a selection: a dynamic one is evaluated now, a static one has those who were kept. */
export async function readMembers(context: SelectionContext, selectionId: string): Promise<SelectionResult<Members>> {
  const found = await findSelection(context, selectionId);
  if (!found.ok) return found;
  const members = await membersOf(context, found.value);
  return members.ok ? ok({ selection: found.value, ...members.value }) : members;
}

/** Makes a static selection of those who are in this one now. */
export async function freezeSelection(
  context: SelectionContext,
  { selectionId, name }: { readonly selectionId: string; readonly name: string },
  createdBy: string,
  companionOf?: CompanionOf,
): Promise<SelectionResult<Selection>> {
  const gated = await tooMany(context);
  if (gated !== undefined) return gated;
  const read = await readMembers(context, selectionId);
  if (!read.ok) return read;
  const { selection, owners, asOf } = read.value;
  const { ownerType } = selection;
  return stored(context, { name, ownerType, frozenFrom: { selectionId, on: asOf } }, createdBy, companionOf, owners);
}

/** Adds members to a static selection; one unknown id refuses all. */
export async function addMembers(
  context: SelectionContext,
  selectionId: string,
  ids: readonly string[],
  companionOf?: CompanionOf,
): Promise<SelectionResult<Selection>> {
  const found = await findStatic(context, selectionId);
  if (!found.ok) return found;
  const owners = await ownersOf(context, found.value.ownerType, ids);
  if (!owners.ok) return owners;
  await context.selections.addMembers(selectionId, owners.value, companionOf?.(found.value));
  return found;
}

/** Takes members out of a static selection; who is not in it is not missed. */
export async function removeMembers(
  context: SelectionContext,
  selectionId: string,
  ids: readonly string[],
  companionOf?: CompanionOf,
): Promise<SelectionResult<Selection>> {
  const found = await findStatic(context, selectionId);
  if (found.ok) await context.selections.removeMembers(selectionId, ids, companionOf?.(found.value));
  return found;
}

export async function deleteSelection(
  context: SelectionContext,
  selectionId: string,
  companionOf?: CompanionOf,
): Promise<SelectionResult<Selection>> {
  const found = await findSelection(context, selectionId);
  if (!found.ok) return found;
  const isGone = await context.selections.remove(selectionId, companionOf?.(found.value));
  return isGone ? found : unknownSelection(selectionId);
}

async function membersOf(context: SelectionContext, { kind, criteria, ownerType, selectionId }: Selection) {
  const today = lastCompletedDay(toInstant(context.clock()), context.tenant.timeZone);
  if (kind === "dynamic" && criteria !== undefined) return context.select(criteria, ownerType);
  return ok({
    asOf: today,
    owners: await whereTheyAre(context, ownerType, await context.selections.members(selectionId)),
  });
}

/** Persons and projects at the customers that they belong to now: those who are in a list for long move. */
async function whereTheyAre(
  { records }: SelectionContext,
  ownerType: OwnerType,
  owners: readonly Owner[],
): Promise<readonly Owner[]> {
  if (ownerType === "company" || owners.length === 0) return owners;
  const found = await others(records, ownerType, owners.map(ownerIdOf));
  const now = new Map(found.map((owner) => [ownerIdOf(owner), owner]));
  return owners.map((owner) => now.get(ownerIdOf(owner)) ?? owner);
}

async function tooMany({ selections }: SelectionContext) {
  if ((await selections.list()).length < MOST_SELECTIONS) return undefined;
  return refuse("too-many-selections", `a tenant has at most ${MOST_SELECTIONS} selections: delete one first`);
}

async function findStatic(context: SelectionContext, selectionId: string): Promise<SelectionResult<Selection>> {
  const found = await findSelection(context, selectionId);
  if (!found.ok || found.value.kind === "static") return found;
  return refuse("selection-is-dynamic", `selection ${selectionId} has criteria: freeze it to keep a list`);
}

/** Members are stored before anybody sees the selection, so that nobody reads half a list. */
async function stored(
  context: SelectionContext,
  given: Pick<Selection, "name" | "ownerType" | "criteria" | "frozenFrom">,
  createdBy: string,
  companionOf?: CompanionOf,
  owners: readonly Owner[] = [],
): Promise<SelectionResult<Selection>> {
  const selection: Selection = {
    selectionId: `sel_${context.newId()}`,
    ...given,
    kind: given.criteria === undefined ? "static" : "dynamic",
    createdAt: toInstant(context.clock()),
    createdBy,
    version: 1,
  };
  if (owners.length > 0) {
    await context.selections.removeBegun(selection.createdAt);
    await context.selections.begin(selection, owners);
  }
  if (await context.selections.create(selection, companionOf?.(selection))) return ok(selection);
  throw new ContentionError("this selection was created by another request: try again");
}

/** The owners of these ids, in the same order; the errors name each that is not known. */
async function ownersOf(
  { nightly, records }: SelectionContext,
  ownerType: OwnerType,
  ids: readonly string[],
): Promise<SelectionResult<Owner[]>> {
  const found = new Map(
    (ownerType === "company" ? await companies(nightly, ids) : await others(records, ownerType, ids)).map((owner) => [
      ownerIdOf(owner),
      owner,
    ]),
  );
  const errors = ids.flatMap((id, i): ItemError[] =>
    found.has(id) ? [] : [{ path: `ids.${i}`, code: "unknown-id", message: `is no ${ownerType} of the tenant: ${id}` }],
  );
  if (errors.length === 0) return ok([...found.values()]);
  return { ok: false, reason: "unusable-fields", message: "some members are not known: see errors", errors };
}

async function companies({ profiles }: SelectionContext["nightly"], ids: readonly string[]): Promise<Owner[]> {
  const customerIds = [...new Set(ids.flatMap((id) => customerIdSchema.safeParse(id).data ?? []))];
  return [...(await profiles(customerIds)).keys()].map((customerId) => ({ type: "company", customerId }));
}

async function others(
  { customersOf }: SelectionContext["records"],
  ownerType: "person" | "project",
  ids: readonly string[],
): Promise<Owner[]> {
  const found = await customersOf(ownerType === "person" ? "persons" : "projects", ids);
  return [...found].map(([id, customerId]) =>
    ownerType === "person"
      ? { type: "person", customerId, personId: personIdSchema.parse(id) }
      : { type: "project", customerId, projectId: projectIdSchema.parse(id) },
  );
}
