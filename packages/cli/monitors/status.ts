import { readFile } from "node:fs/promises";
import { textWarnings } from "@regulars/core/monitors/change-monitor";
import { ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import { presetNames, presetOf } from "@regulars/core/monitors/presets";
import { readGivenChange, readGivenMonitor } from "@regulars/core/monitors/read-monitor";
import { REGENERATION_PARTS, type Regeneration, progressOf } from "@regulars/core/monitors/regeneration";
import type { StatusMonitor } from "@regulars/core/monitors/status-monitor";
import type { ReadItem } from "@regulars/core/platform/field-error";
import type { MonitorId } from "@regulars/core/platform/ids";
import { isRecord } from "@regulars/core/platform/is-record";
import { toInstant } from "@regulars/core/platform/values";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import {
  type MonitorContext,
  type MonitorResult,
  type SavedMonitor,
  changeMonitor,
  createMonitor,
  deleteMonitor,
  findMonitor,
  restoreMonitor,
  setPicture,
} from "@regulars/flows/monitors/save-monitor";
import { previewMonitor } from "@regulars/flows/monitors/preview-monitor";
import { pictureIdOf } from "@regulars/functions/api/monitors/picture-headers";
import { effectsOf } from "@regulars/functions/effects";
import { UserError } from "@regulars/local/user-error";
import { oneOf, tenantArgument } from "../arguments.ts";
import { type Session, printJson, withExistingSystem } from "../session.ts";
import { textTable } from "../text-table.ts";
import { criteriaOf } from "./criteria-option.ts";
import { previewText } from "./preview-text.ts";
import { statusActions } from "./actions.ts";

export interface StatusOptions {
  readonly tenant: string;
  readonly file?: string;
  readonly criteria?: string;
  readonly preset?: string;
  readonly name?: string;
  readonly ownerType?: string;
  readonly picture?: string;
  readonly altText?: string;
  readonly deleted?: boolean;
}

/** `regulars status [ACTION] [STATUS]`: status monitors of a tenant. */
export async function statusCommand(
  session: Session,
  actionName: string,
  statusId: string | undefined,
  options: StatusOptions,
): Promise<number> {
  const action = oneOf(statusActions, "action", actionName);
  const tenantId = tenantArgument(options.tenant);
  const began = beganWith(options);
  return withExistingSystem(session, async (system) => {
    const usual = action === "create" ? { ownerType: "company" } : {};
    const given = { ...usual, ...began, ...(await fieldsOf(options)) };
    const { tenant, store, catalog } = await system.openTenant(tenantId);
    const now = toInstant(system.runtime.clock());
    const { monitors, selections, customersAfter, nightly } = store;
    const context: MonitorContext = { tenant, monitors, selections, catalog, customersAfter, nightly, now };
    const { newId } = effectsOf(system.runtime.clock, system.runtime.elapsed);
    if (action === "list") await list(session, context, await store.statuses.regenerations(), options.deleted === true);
    else if (action === "preview") {
      const criteria = options.criteria === undefined ? undefined : await criteriaOf("--criteria", options.criteria);
      await preview(session, { ...context, nightly: store.nightly, statusId: idOf(statusId), criteria });
    } else if (action === "create")
      show(
        session,
        usable(await createMonitor(context, statusId ?? `sts_${newId()}`, readOf(readGivenMonitor(given)))),
        "is created",
      );
    else await changeOne({ session, context, options, given }, action, idOf(statusId));
    if (CHANGING.has(action)) await system.queues.send("rebuilds", { tenantId, everybody: true });
    return 0;
  });
}

/** After these the statuses of everybody are settled anew. */
const CHANGING: ReadonlySet<string> = new Set(["create", "edit", "delete", "restore"]);

interface Asked {
  readonly session: Session;
  readonly context: MonitorContext;
  readonly options: StatusOptions;
  readonly given: Readonly<Record<string, unknown>>;
}

async function changeOne(
  { session, context, options, given }: Asked,
  action: "show" | "edit" | "delete" | "restore" | "picture",
  statusId: string,
): Promise<void> {
  switch (action) {
    case "show": {
      const monitor = usable(await findMonitor(context, statusId));
      return show(session, { monitor, warnings: textWarnings(monitor) }, undefined);
    }
    case "edit":
      return show(
        session,
        usable(await changeMonitor(context, statusId, readOf(readGivenChange(given)))),
        "is changed",
      );
    case "delete":
      return show(
        session,
        usable(await deleteMonitor(context, statusId)),
        "is deleted: `status restore` brings it back",
      );
    case "restore":
      return show(session, usable(await restoreMonitor(context, statusId)), "is restored");
    case "picture": {
      const picture = options.picture === undefined ? undefined : await pictureOf(options);
      const what = picture === undefined ? "has no picture any more" : "has its picture";
      return show(session, usable(await setPicture(context, statusId, picture)), what);
    }
  }
}

async function preview(session: Session, asked: Omit<Parameters<typeof previewMonitor>[0], "canSee">): Promise<void> {
  // Whoever has the data folder sees every customer.
  const found = usable(await previewMonitor({ ...asked, canSee: () => true }));
  const [examples, entering, leaving] = [found.examples, found.entering, found.leaving].map((ids) =>
    ids.map(ownerIdOf),
  );
  if (session.json) return printJson(session, { ...found, examples, entering, leaving });
  session.print(previewText(found, { isCompared: true }));
}

async function list(
  session: Session,
  { tenant, monitors }: MonitorContext,
  regenerations: ReadonlyMap<MonitorId, Regeneration>,
  isDeleted: boolean,
): Promise<void> {
  const gated = statusesRefusal(tenant);
  if (gated !== undefined) throw new UserError(`${gated.reason}: ${gated.message}`);
  const listed = (await monitors.monitors()).filter(({ deletedAt }) => (deletedAt !== undefined) === isDeleted);
  if (session.json) return printJson(session, { tenant: tenant.tenantId, statuses: listed });
  if (listed.length === 0)
    return session.print(
      isDeleted
        ? "No status monitor is deleted\n"
        : `There are no status monitors yet: begin with one of ${presetNames.join(", ")}, like regulars status create --preset sleeping --tenant ${tenant.tenantId}\n`,
    );
  const rows = listed.map((one) => [
    one.statusId,
    one.name,
    one.ownerType,
    String(one.rank),
    stateOf(one, regenerations.get(one.statusId)),
  ]);
  session.print(`${textTable(["STATUS", "NAME", "OF A", "RANK", "STATE"], rows)}\n`);
}

function stateOf(monitor: StatusMonitor, known: Regeneration | undefined): string {
  const { criteria, isActive, deletedAt, unreadable } = monitor;
  if (unreadable !== undefined) return `cannot be read: ${unreadable}`;
  const { isPending, partsDone } = progressOf(monitor, known);
  if (isPending) return `being evaluated anew: ${partsDone} of ${REGENERATION_PARTS} parts`;
  if (deletedAt !== undefined) return "deleted";
  if (criteria === undefined) return "draft: no criteria";
  return isActive ? "active" : "paused";
}

function show(session: Session, { monitor, warnings }: SavedMonitor, what: string | undefined): void {
  for (const warning of warnings) session.note(`${warning}\n`);
  if (session.json) return printJson(session, monitor);
  if (what !== undefined) return session.print(`${monitor.statusId} (${monitor.name}) ${what}\n`);
  session.print(`${JSON.stringify(monitor, undefined, 2)}\n`);
}

/** The fields of the preset, and whom it is about. */
function beganWith({ preset, ownerType }: StatusOptions): Readonly<Record<string, unknown>> {
  const began = preset === undefined ? {} : presetOf(preset);
  if (began === undefined) throw new UserError(`--preset "${preset}" is none of ${presetNames.join(", ")}`);
  return { ...began, ...(ownerType === undefined ? {} : { ownerType: oneOf(ownerTypes, "--owner-type", ownerType) }) };
}

/** The fields that the options and the files give, before they are checked. */
async function fieldsOf({ file, criteria, name }: StatusOptions): Promise<Readonly<Record<string, unknown>>> {
  return {
    ...(file === undefined ? {} : await jsonOf("--file", file)),
    ...(criteria === undefined ? {} : { criteria: await criteriaOf("--criteria", criteria) }),
    ...(name === undefined ? {} : { name }),
  };
}

async function jsonOf(option: string, file: string): Promise<object> {
  const text = await contentOf(option, file);
  const value = parsed(text.toString("utf8"));
  if (isRecord(value)) return value;
  throw new UserError(`${option} ${file} has no JSON object`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function contentOf(option: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch {
    throw new UserError(`${option} ${file} cannot be read`);
  }
}

async function pictureOf({ picture = "", altText = "" }: StatusOptions) {
  const bytes = new Uint8Array(await contentOf("--picture", picture));
  return { bytes, altText, idOf: pictureIdOf };
}

function readOf<T>(read: ReadItem<T>): T {
  if (read.ok) return read.value;
  throw new UserError(read.errors.map(errorText).join("\n"));
}

const errorText = ({ path, message }: { readonly path: string; readonly message: string }): string =>
  path === "" ? message : `${path} ${message}`;

function idOf(statusId: string | undefined): string {
  if (statusId === undefined) throw new UserError("name the status: its id, as `regulars status` lists it");
  return statusId;
}

function usable<T>(result: MonitorResult<T>): T {
  if (result.ok) return result.value;
  const errors = (result.errors ?? []).map(errorText).map((text) => `\n${text}`);
  throw new UserError(`${result.reason}: ${result.message}${errors.join("")}`);
}
