import { activityTypes } from "@regulars/core/customers/activity";
import {
  type SelectionAction,
  type SelectionOperation,
  selectionActionSchema,
} from "@regulars/core/monitors/selection-action";
import { type Result, ok } from "@regulars/core/platform/result";
import { actionSourcesOf } from "@regulars/functions/action-sources";
import type { Runtime } from "@regulars/functions/runtime";
import { callList } from "@regulars/flows/monitors/call-list";
import { type ActionPreview, previewAction } from "@regulars/flows/monitors/preview-action";
import type { SelectionResult } from "@regulars/flows/monitors/selections";
import { startAction } from "@regulars/flows/monitors/start-action";
import { readVisibleMembers } from "@regulars/flows/monitors/visible-members";
import type { PageWords } from "@regulars/render/texts/page-words";
import { type FieldLabels, cutValue, labelled, refuseAll, refuseFields } from "../page/form-reason.ts";
import { callListCsv } from "@regulars/render/monitors/call-list-csv";
import type { Form } from "../page/form.ts";
import type { OpenTenant } from "../page/open-tenant.ts";
import { plain, selectionContextOf } from "./selections-page.ts";

/** The actions that the page offers. */
export const actionNames = ["follow-up", "follow-up-requests", "mailing"] as const;

const LABELS = {
  action: "selection.what",
  type: "selection.as",
  subject: "selection.subject",
  text: "selection.words",
} as const satisfies FieldLabels;

/** The action that a form asks for, or why it cannot be used. */
function actionOfForm(form: Form, words: PageWords): Result<SelectionAction> {
  const { action, type = "", text = "", subject = "" } = form;
  const given =
    action === "mailing"
      ? { action, subject, text }
      : { action, text, ...(activityTypes.some((one) => one === type) ? { type } : {}) };
  const asked = selectionActionSchema.safeParse(given);
  if (asked.success) return ok(asked.data);
  return refuseFields(asked.error, form, labelled(LABELS, words), "form.unusable", words);
}

/** A refusal of a flow by the fields of the form that it is about, as they are called. */
function byField<T>(result: SelectionResult<T>, form: Form, words: PageWords): Result<T> {
  if (result.ok) return result;
  const fieldAt = labelled(LABELS, words);
  const errors = (result.errors ?? []).flatMap(({ path, code, message }) => {
    const field = fieldAt([path]);
    if (field === undefined) return [];
    const valu = cutValue(String(form[path] ?? ""));
    return [
      { path, code, message: words.say("form.wrong", { name: field.label, valu, text: words.refused(message) }) },
    ];
  });
  return errors.length === 0 ? plain(result) : refuseAll(errors, "", result.reason);
}

/** What the action of a form would do. */
export async function previewByForm(
  opened: OpenTenant,
  runtime: Runtime,
  selectionId: string,
  form: Form,
): Promise<Result<ActionPreview>> {
  const asked = actionOfForm(form, opened.words);
  if (!asked.ok) return asked;
  const context = selectionContextOf(opened, runtime);
  const sources = actionSourcesOf(opened.tenant, opened.whole);
  return byField(await previewAction({ context, sources, selectionId, asked: asked.value }), form, opened.words);
}

/** Starts the action of a form; the work goes on in the background. */
export async function startByForm(
  opened: OpenTenant,
  runtime: Runtime,
  requestId: string,
  selectionId: string,
  form: Form,
): Promise<Result<SelectionOperation>> {
  const asked = actionOfForm(form, opened.words);
  if (!asked.ok) return asked;
  const { tenant, whole } = opened;
  const started = byField(
    await startAction({
      context: selectionContextOf(opened, runtime),
      sources: actionSourcesOf(tenant, whole),
      operations: whole.selectionOperations,
      selectionId,
      asked: asked.value,
      actorId: opened.by,
      requestId,
    }),
    form,
    opened.words,
  );
  if (started.ok)
    await runtime.queues.send("plans", { tenantId: tenant.tenantId, operationId: started.value.operationId });
  return started;
}

/** Whom to call, as CSV. */
export async function callListOf(opened: OpenTenant, runtime: Runtime, selectionId: string): Promise<Result<string>> {
  const { canSee } = await opened.scope();
  const read = plain(await readVisibleMembers(selectionContextOf(opened, runtime), selectionId, canSee));
  if (!read.ok) return read;
  const { tenant, whole } = opened;
  const rows = await callList({ tenant, nightly: whole.nightly, records: whole.records }, read.value.owners, canSee);
  return ok(callListCsv(rows));
}
