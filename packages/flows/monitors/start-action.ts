import { newOperation } from "@regulars/core/bulk-engine/bulk-operation";
import type { SelectionAction, SelectionOperation } from "@regulars/core/monitors/selection-action";
import type { SelectionOperations } from "@regulars/core/monitors/selection-store";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { operationIdSchema } from "@regulars/core/platform/ids";
import { ok } from "@regulars/core/platform/result";
import { toInstant } from "@regulars/core/platform/values";
import { freezeMembers } from "../bulk-engine/freeze-members.ts";
import { type ActionSources, actionMembers } from "./action-members.ts";
import type { SelectionContext } from "./selection-context.ts";
import { type SelectionResult, readMembers } from "./selections.ts";

interface StartInput {
  readonly context: SelectionContext;
  readonly sources: ActionSources;
  readonly operations: SelectionOperations;
  readonly selectionId: string;
  readonly asked: SelectionAction;
  readonly actorId: string;
  readonly requestId: string;
  readonly companionOf?: ((operation: SelectionOperation) => CompanionWrites | undefined) | undefined;
}

/**
 * Starts an action on a selection. Its members are those of now; who joins or leaves while it runs changes nothing.
 * `runAction` does the work.
 */
export async function startAction(input: StartInput): Promise<SelectionResult<SelectionOperation>> {
  const { context, operations, asked, actorId, requestId, selectionId } = input;
  const read = await readMembers(context, selectionId);
  if (!read.ok) return read;
  const { selection, owners } = read.value;
  const frozen = await actionMembers(input.sources, asked, selection.ownerType, owners);
  if (!frozen.ok) return frozen;
  const operationId = operationIdSchema.parse(`op_${context.newId()}`);
  const total = await freezeMembers(frozen.value.members, (chunk) => operations.saveChunk(operationId, chunk));
  const operation: SelectionOperation = {
    ...newOperation({ operationId, total, actorId, requestId }, toInstant(context.clock())),
    selectionId,
    asked,
    made: 0,
    skipped: 0,
  };
  await operations.start(operation, input.companionOf?.(operation));
  return ok(operation);
}
