import { criterionSchema } from "@regulars/core/monitors/criteria";
import { type Owner, ownerIdOf, ownerTypes } from "@regulars/core/monitors/owner";
import { type Selection, selectionKinds } from "@regulars/core/monitors/selection";
import type { SelectionOperation } from "@regulars/core/monitors/selection-action";
import { mailRefusals } from "@regulars/core/monitors/mailing";
import type { ActionPreview } from "@regulars/flows/monitors/preview-action";
import * as z from "zod";

export const selectionJsonSchema = z
  .object({
    selectionId: z.string(),
    name: z.string(),
    ownerType: z.enum(ownerTypes),
    kind: z.enum(selectionKinds).meta({ description: "static: a kept list; dynamic: who meets the criteria now" }),
    criteria: z.union([criterionSchema, z.null()]),
    frozenFrom: z
      .object({ selectionId: z.string(), on: z.string() })
      .nullable()
      .meta({ description: "The dynamic selection that it was made of, and of which day" }),
    createdAt: z.string(),
    version: z.int(),
  })
  .meta({ id: "Selection", description: "A list of companies, persons or projects" });

export const selectionJson = (selection: Selection): z.output<typeof selectionJsonSchema> => ({
  selectionId: selection.selectionId,
  name: selection.name,
  ownerType: selection.ownerType,
  kind: selection.kind,
  criteria: selection.criteria ?? null,
  frozenFrom: selection.frozenFrom ?? null,
  createdAt: selection.createdAt,
  version: selection.version,
});

export const memberJsonSchema = z
  .object({ ownerType: z.enum(ownerTypes), ownerId: z.string(), customerId: z.string() })
  .meta({ id: "SelectionMember" });

export const memberJson = (owner: Owner): z.output<typeof memberJsonSchema> => ({
  ownerType: owner.type,
  ownerId: ownerIdOf(owner),
  customerId: owner.customerId,
});

export const operationJsonSchema = z
  .object({
    operationId: z.string(),
    selectionId: z.string(),
    action: z.string(),
    state: z.enum(["running", "done"]),
    total: z.int().meta({ description: "Members at the start of the action" }),
    done: z.int(),
    made: z.int(),
    skipped: z.int(),
    createdAt: z.string(),
    finishedAt: z.string().nullable(),
  })
  .meta({ id: "SelectionOperation", description: "An action on the members that a selection had at its start" });

export const operationJson = (operation: SelectionOperation): z.output<typeof operationJsonSchema> => ({
  operationId: operation.operationId,
  selectionId: operation.selectionId,
  action: operation.asked.action,
  state: operation.state,
  total: operation.total,
  done: operation.next,
  made: operation.made,
  skipped: operation.skipped,
  createdAt: operation.createdAt,
  finishedAt: operation.finishedAt ?? null,
});

export const actionPreviewSchema = z
  .object({
    selectionId: z.string(),
    asOf: z.string(),
    total: z.int().meta({ description: "Members that it is about; of follow-ups on requests, the open requests" }),
    made: z.int().meta({ description: "Follow-ups or mails that it would make" }),
    leftOut: z.array(
      z.object({
        ownerId: z.string(),
        name: z.string(),
        address: z.string().nullable(),
        reason: z.enum(mailRefusals),
        detail: z.string().nullable(),
      }),
    ),
    examples: z.array(
      z.object({
        ownerId: z.string(),
        address: z.string().nullable(),
        subject: z.string().nullable(),
        text: z.string(),
      }),
    ),
  })
  .meta({ id: "SelectionActionPreview", description: "What an action would do; nothing is saved or sent" });

export const actionPreviewJson = (preview: ActionPreview): z.output<typeof actionPreviewSchema> => ({
  selectionId: preview.selection.selectionId,
  asOf: preview.asOf,
  total: preview.total,
  made: preview.made,
  leftOut: preview.leftOut.map((one) => ({ ...one, address: one.address ?? null, detail: one.detail ?? null })),
  examples: preview.examples.map((one) => ({
    ...one,
    address: one.address ?? null,
    subject: one.subject ?? null,
  })),
});
