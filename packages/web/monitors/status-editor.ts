import type { InsightCatalog } from "@regulars/core/insights/insight-catalog";
import { presetOf } from "@regulars/core/monitors/presets";
import { fieldNames } from "@regulars/core/monitors/fields";
import { type OwnerType, ownerTypes } from "@regulars/core/monitors/owner";
import { type NewMonitor, type StatusMonitor, newMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { statusesRefusal } from "@regulars/core/tenants/edition";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { effectsOf } from "@regulars/functions/effects";
import type { Runtime } from "@regulars/functions/runtime";
import { criteriaContextOf } from "@regulars/flows/monitors/criteria-context";
import {
  type MonitorContext,
  type MonitorResult,
  type SavedMonitor,
  changeMonitor,
  createMonitor,
  deleteMonitor,
  findMonitor,
  restoreMonitor,
} from "@regulars/flows/monitors/save-monitor";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { OpenTenant } from "../page/open-tenant.ts";
import { plain } from "./selections-page.ts";
import { type StatusForm, criteriaIn, changeOf, formOf, newMonitorOf } from "./status-form.ts";
import type { TriedCriteria } from "./try-criteria.ts";

/** The form of a status monitor, new or saved. */
export interface StatusEditor {
  readonly words: PageWords;
  readonly tenant: Tenant;
  readonly catalog: Pick<InsightCatalog, "kinds">;
  readonly statusId: string;
  /** As it is saved now; absent for a new one. */
  readonly saved: StatusMonitor | undefined;
  readonly form: StatusForm;
  /** The names that a comparison may have. */
  readonly fields: readonly string[];
  /** What the criteria of the form would do, once that was asked for. */
  readonly tried: TriedCriteria | undefined;
  /** Whether it was asked for: a draft has no criteria that would do anything. */
  readonly isTried?: boolean;
  /** Statuses that can be restored; listed beside a new one. */
  readonly deleted: readonly StatusMonitor[];
}

const EMPTY = newMonitorSchema.parse({ name: "-", ownerType: "company" });

/** The form of a saved monitor, or of a new one, which may begin with a preset. */
export async function readEditor(
  opened: OpenTenant,
  runtime: Runtime,
  asked: { readonly statusId?: string | undefined; readonly preset?: string | undefined },
): Promise<Result<StatusEditor>> {
  const { tenant, whole } = opened;
  const gated = statusesRefusal(tenant);
  if (gated !== undefined) return gated;
  if (asked.statusId !== undefined) {
    const found = await findMonitor({ tenant, monitors: whole.monitors }, asked.statusId);
    if (!found.ok) return refuse(found.reason, found.message);
    const { statusId, version } = found.value;
    return ok(
      await editorOf(opened, {
        statusId,
        saved: found.value,
        form: { ...formOf(found.value), version: String(version) },
      }),
    );
  }
  const began = asked.preset === undefined ? undefined : presetIn(opened.words, asked.preset);
  const statusId = `sts_${effectsOf(runtime.clock, runtime.elapsed).newId()}`;
  const form = { ...formOf(began ?? EMPTY), ...(began === undefined ? { name: "" } : {}), statusId };
  return ok(await editorOf(opened, { statusId, saved: undefined, form }));
}

/** A preset with its texts in the viewer's language. */
function presetIn(words: PageWords, name: string): NewMonitor | undefined {
  const preset = presetOf(name);
  const textOf = (field: string, usual: string): string => {
    const id = `preset.${name}.${field}`;
    return words.find(id) ?? usual;
  };
  return (
    preset && {
      ...preset,
      name: textOf("name", preset.name),
      description: textOf("description", preset.description),
      followUp: preset.followUp && {
        ...preset.followUp,
        textTemplate: textOf("followUp", preset.followUp.textTemplate),
      },
    }
  );
}

/** The form as it was sent, of a monitor as it is saved now. */
export async function sentEditor(
  opened: OpenTenant,
  asked: string | undefined,
  form: StatusForm,
): Promise<Result<StatusEditor>> {
  const { tenant, whole } = opened;
  const statusId = asked ?? form["statusId"] ?? "";
  const gated = statusesRefusal(tenant);
  if (gated !== undefined) return gated;
  const found = asked === undefined ? undefined : await findMonitor({ tenant, monitors: whole.monitors }, asked);
  if (found?.ok === false) return refuse(found.reason, found.message);
  return ok(await editorOf(opened, { statusId, saved: found?.value, form }));
}

async function editorOf(
  { tenant, words, catalog, whole }: OpenTenant,
  of: Pick<StatusEditor, "statusId" | "saved" | "form">,
): Promise<StatusEditor> {
  const { monitors, customersAfter } = whole;
  const ownerType = ownerTypeOf(of) ?? "company";
  const context = await criteriaContextOf({ tenant, catalog, monitors, customersAfter }, { ownerType }, undefined);
  const deleted = of.saved === undefined ? await monitors.monitors() : [];
  return {
    words,
    tenant,
    catalog,
    ...of,
    fields: fieldNames(context),
    tried: undefined,
    deleted: deleted.filter(({ deletedAt }) => deletedAt !== undefined),
  };
}

/** Whom the monitor is about; that of a saved one does not change. */
export const ownerTypeOf = ({ saved, form }: Pick<StatusEditor, "saved" | "form">): OwnerType | undefined =>
  saved?.ownerType ?? ownerTypes.find((one) => one === form["ownerType"]);

/** Saves what the form says; everybody is evaluated anew in the background. */
export async function saveByForm(opened: OpenTenant, runtime: Runtime, editor: StatusEditor): Promise<Result<string>> {
  const criteria = criteriaIn(editor.form["criteria"] ?? "");
  if (!criteria.ok) return criteria;
  const context = contextOf(opened, runtime);
  return settled(opened, runtime, await savedBy(context, editor, criteria.value));
}

async function savedBy(
  context: MonitorContext,
  { form, saved, statusId, words }: StatusEditor,
  criteria: unknown,
): Promise<MonitorResult<SavedMonitor>> {
  if (saved === undefined) {
    const given = newMonitorOf(form, words);
    return given.ok ? createMonitor(context, statusId, { ...given.value, criteria }) : given;
  }
  const change = changeOf(form, words);
  if (!change.ok) return change;
  const version = Number(form["version"] ?? "");
  return changeMonitor(context, statusId, { ...change.value, criteria: criteria ?? null, version });
}

/** Deletes a status, or restores it. */
export async function deleteByForm(opened: OpenTenant, runtime: Runtime, statusId: string): Promise<Result<string>> {
  return settled(opened, runtime, await deleteMonitor(contextOf(opened, runtime), statusId));
}

export async function restoreByForm(opened: OpenTenant, runtime: Runtime, statusId: string): Promise<Result<string>> {
  return settled(opened, runtime, await restoreMonitor(contextOf(opened, runtime), statusId));
}

/** What saving a status needs. */
export function contextOf({ tenant, catalog, whole }: OpenTenant, runtime: Runtime): MonitorContext {
  const { monitors, selections, customersAfter, nightly } = whole;
  return { tenant, monitors, selections, catalog, customersAfter, nightly, now: toInstant(runtime.clock()) };
}

/** The id of what was saved, of which everybody is evaluated anew. */
export async function settled(
  { tenant: { tenantId } }: OpenTenant,
  runtime: Runtime,
  result: MonitorResult<SavedMonitor>,
): Promise<Result<string>> {
  const saved = plain(result);
  if (!saved.ok) return saved;
  await runtime.queues.send("rebuilds", { tenantId, everybody: true });
  return ok(saved.value.monitor.statusId);
}
