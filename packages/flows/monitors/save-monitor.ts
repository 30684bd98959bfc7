import {
  type ChangeDay,
  changedMonitor,
  deletedMonitor,
  newMonitor,
  restoredMonitor,
  textWarnings,
  withPicture,
} from "@regulars/core/monitors/change-monitor";
import type { Criterion } from "@regulars/core/monitors/criteria";
import { isSameJson } from "@regulars/core/insights/diff";
import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import type { MonitorStore } from "@regulars/core/monitors/monitor-store";
import type { OwnerType } from "@regulars/core/monitors/owner";
import { altTextSchema, checkPicture } from "@regulars/core/monitors/picture";
import type { SelectionStore } from "@regulars/core/monitors/selection-store";
import { MOST_MONITORS, type StatusMonitor, nextNumber } from "@regulars/core/monitors/status-monitor";
import { readCriteria } from "@regulars/core/monitors/read-criteria";
import type { GivenChange, GivenMonitor } from "@regulars/core/monitors/read-monitor";
import { circleErrors } from "@regulars/core/monitors/status-graph";
import { deletedIn, usersOf } from "@regulars/core/monitors/status-uses";
import { cutText } from "@regulars/core/platform/cut-text";
import type { ItemError } from "@regulars/core/platform/field-error";
import { type NightlyStore, watchedUntil } from "@regulars/core/nightly/nightly-store";
import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type MonitorId, monitorIdSchema } from "@regulars/core/platform/ids";
import { localDay } from "@regulars/core/platform/period";
import { ok, refuse } from "@regulars/core/platform/result";
import type { Instant } from "@regulars/core/platform/values";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { type CustomersAfter, criteriaContextOf } from "./criteria-context.ts";

/** Whose monitors, and where they are stored. */
export interface MonitorContext {
  readonly tenant: Tenant;
  readonly monitors: MonitorStore;
  readonly catalog: Pick<InsightCatalog, "kinds">;
  readonly selections: Pick<SelectionStore, "list">;
  readonly customersAfter: CustomersAfter;
  readonly nightly: Pick<NightlyStore, "lastNightly">;
  readonly now: Instant;
}

/** A saved monitor, and what of its texts is no variable. */
export interface SavedMonitor {
  readonly monitor: StatusMonitor;
  readonly warnings: readonly string[];
}

type Refusal = { readonly ok: false; readonly reason: string; readonly message: string } & {
  readonly errors?: readonly ItemError[];
};
export type MonitorResult<T> = { readonly ok: true; readonly value: T } | Refusal;
const MAX_ROUNDS = 10;

type CompanionOf = (saved: SavedMonitor) => CompanionWrites | undefined;

/**
 * Creates a status monitor; nothing is saved when a part of it cannot be used. Without an answer that is kept beside it,
 * one that was created so by an earlier attempt is created: the attempt was cut off, and goes on.
 */
export async function createMonitor(
  context: MonitorContext,
  statusId: string,
  given: GivenMonitor,
  companionOf?: CompanionOf,
): Promise<MonitorResult<SavedMonitor>> {
  const gated = statusesRefusal(context.tenant);
  if (gated !== undefined) return gated;
  const id = monitorIdSchema.safeParse(statusId);
  if (!id.success)
    return refuse("unusable-fields", `statusId "${statusId}" is not an id: 1 to 64 of A-Z a-z 0-9 . _ -`);
  const { criteria: raw, ...plain } = given;
  const criteria = await readGiven(context, raw, { statusId: id.data, ownerType: given.ownerType });
  if (!criteria.ok) return criteria;
  const fields = { ...plain, ...(criteria.value === undefined ? {} : { criteria: criteria.value }) };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const known = await context.monitors.monitors();
    if (known.length >= MOST_MONITORS)
      return refuse(
        "too-many-monitors",
        `a tenant has at most ${MOST_MONITORS} status monitors, deleted ones included`,
      );
    const before = known.find((one) => one.statusId === id.data);
    const saved = withWarnings(newMonitor(id.data, fields, before?.number ?? nextNumber(known)));
    if (await context.monitors.create(saved.monitor, companionOf?.(saved))) return ok(saved);
    if (companionOf === undefined && before !== undefined && isSameJson(before, saved.monitor)) return ok(saved);
    if (before !== undefined)
      return refuse("monitor-exists", `there is a status monitor ${statusId} already: change it, or choose another id`);
  }
  throw new ContentionError(`others keep creating status monitors: try again`);
}

/** Changes the named fields of a monitor; `version` refuses to overwrite what somebody else has saved since. */
export async function changeMonitor(
  context: MonitorContext,
  statusId: string,
  { version, ...given }: GivenChange & { readonly version?: number | undefined },
  companionOf?: CompanionOf,
): Promise<MonitorResult<SavedMonitor>> {
  const found = await findMonitor(context, statusId);
  if (!found.ok) return found;
  if (version !== undefined && version !== found.value.version)
    return refuse("stale-version", `${statusId} has version ${found.value.version}, not ${version}: read it again`);
  const { criteria: raw, ...plain } = given;
  const criteria = raw === null ? ok(null) : await readGiven(context, raw, found.value);
  if (!criteria.ok) return criteria;
  const change = { ...plain, criteria: criteria.value };
  return save(context, changedMonitor(found.value, change, await changeDay(context)), companionOf);
}

/** Deletes a monitor; it can be restored. One that others or selections ask for is refused with their names. */
export async function deleteMonitor(
  context: MonitorContext,
  statusId: string,
  companionOf?: CompanionOf,
): Promise<MonitorResult<SavedMonitor>> {
  const found = await findMonitor(context, statusId);
  if (!found.ok) return found;
  if (found.value.deletedAt !== undefined) return ok(withWarnings(found.value));
  const { monitors, selections } = context;
  const asking = [...(await monitors.monitors()), ...(await selections.list())];
  const users = usersOf(found.value.statusId, asking);
  if (users.length > 0)
    return refuse(
      "status-in-use",
      `${found.value.name} is asked for by ${users.map(({ name }) => name).join(", ")}: change these first`,
    );
  return save(context, deletedMonitor(found.value, context.now, await changeDay(context)), companionOf);
}

/** Restores a deleted monitor; it is evaluated anew. Those that it asks for are restored before it. */
export async function restoreMonitor(
  context: MonitorContext,
  statusId: string,
  companionOf?: CompanionOf,
): Promise<MonitorResult<SavedMonitor>> {
  const found = await findMonitor(context, statusId);
  if (!found.ok) return found;
  if (found.value.deletedAt === undefined) return ok(withWarnings(found.value));
  const missing = deletedIn(found.value.criteria, await context.monitors.monitors());
  if (missing.length > 0)
    return refuse(
      "asks-for-deleted",
      `${found.value.name} asks for ${missing.map(({ name }) => name).join(", ")}, which is deleted: restore that first`,
    );
  return save(context, restoredMonitor(found.value, localDay(context.now, context.tenant.timeZone)), companionOf);
}

const changeDay = async ({ nightly, now, tenant }: MonitorContext): Promise<ChangeDay> => ({
  today: localDay(now, tenant.timeZone),
  lastNight: watchedUntil(await nightly.lastNightly()),
});

interface PictureGiven {
  readonly bytes: Uint8Array;
  readonly altText: string;
  readonly idOf: (bytes: Uint8Array) => string;
}

/** Gives a monitor a picture, checked by its content and without its metadata; without one, takes it away. */
export async function setPicture(
  context: MonitorContext,
  statusId: string,
  given: PictureGiven | undefined,
  companionOf?: CompanionOf,
): Promise<MonitorResult<SavedMonitor>> {
  const found = await findMonitor(context, statusId);
  if (!found.ok) return found;
  if (given === undefined) return save(context, withPicture(found.value), companionOf);
  const { data: altText, error } = altTextSchema.safeParse(given.altText);
  if (altText === undefined) {
    const code = given.altText.trim() === "" ? "missing" : "bad-value";
    const errors = error.issues.map(({ message }) => ({ path: "altText", code, message }));
    return withErrors("unusable-picture", "a picture needs an alternative text: what does it show?", errors);
  }
  const checked = checkPicture(given.bytes);
  if (!checked.ok)
    return withErrors(checked.reason, checked.message, [
      { path: "content", code: "bad-value", message: checked.message },
    ]);
  const { type, width, height, bytes } = checked.value;
  const pictureId = given.idOf(bytes);
  await context.monitors.savePicture({ pictureId, type, bytes });
  return save(context, withPicture(found.value, { pictureId, type, width, height, altText }), companionOf);
}

/** The monitor with this id, deleted or not. */
export async function findMonitor(
  { tenant, monitors }: Pick<MonitorContext, "tenant" | "monitors">,
  statusId: string,
): Promise<MonitorResult<StatusMonitor>> {
  const gated = statusesRefusal(tenant);
  if (gated !== undefined) return gated;
  const id = monitorIdSchema.safeParse(statusId);
  const monitor = id.success ? await monitors.monitor(id.data) : undefined;
  return monitor === undefined ? unknownMonitor(statusId) : ok(monitor);
}

export const unknownMonitor = (statusId: MonitorId | string) =>
  refuse("unknown-status", `there is no status monitor ${cutText(statusId, 100)}`);

async function save(
  { monitors }: MonitorContext,
  monitor: StatusMonitor,
  companionOf?: CompanionOf,
): Promise<MonitorResult<SavedMonitor>> {
  const saved = withWarnings(monitor);
  if (await monitors.save(monitor, companionOf?.(saved))) return ok(saved);
  return refuse("stale-version", `${monitor.statusId} was changed by somebody else at the same time: read it again`);
}

const withWarnings = (monitor: StatusMonitor): SavedMonitor => ({ monitor, warnings: textWarnings(monitor) });

async function readGiven(
  context: MonitorContext,
  raw: unknown,
  about: { readonly statusId: MonitorId; readonly ownerType: OwnerType },
): Promise<MonitorResult<Criterion | undefined>> {
  if (raw === undefined) return ok(undefined);
  const read = readCriteria(raw, await criteriaContextOf(context, about, raw), "criteria");
  const errors = read.ok
    ? circleErrors(about.statusId, read.value, await othersOf(context, about), "criteria")
    : read.errors;
  if (read.ok && errors.length === 0) return ok(read.value);
  return withErrors("unusable-criteria", "the criteria cannot be used: see errors", errors);
}

/** The criteria of the other monitors of the same owners. */
async function othersOf(
  { monitors }: MonitorContext,
  { statusId, ownerType }: { readonly statusId: MonitorId; readonly ownerType: OwnerType },
): Promise<ReadonlyMap<string, Criterion>> {
  const others = (await monitors.monitors()).filter(
    (one) => one.ownerType === ownerType && one.statusId !== statusId && one.deletedAt === undefined,
  );
  return new Map(others.flatMap((one) => (one.criteria === undefined ? [] : [[one.statusId, one.criteria]])));
}

const withErrors = (reason: string, message: string, errors: readonly ItemError[]): Refusal => ({
  ok: false,
  reason,
  message,
  errors,
});
