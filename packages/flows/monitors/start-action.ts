import { newOperation } from "@regulars/core/bulk-engine/bulk-operation";
import type { RecordStore } from "@regulars/core/imports/record-store";
import type { ActionMember, SelectionAction, SelectionOperation } from "@regulars/core/monitors/selection-action";
import type { Owner } from "@regulars/core/monitors/owner";
import type { SelectionOperations } from "@regulars/core/monitors/selection-store";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { operationIdSchema } from "@regulars/core/platform/ids";
import { ok, refuse } from "@regulars/core/platform/result";
import { type CustomerId, toInstant } from "@regulars/core/platform/values";
import { freezeMembers } from "../bulk-engine/freeze-members.ts";
import { mapConcurrent } from "../platform/map-concurrent.ts";
import type { SelectionContext } from "./selection-context.ts";
import { type SelectionResult, readMembers } from "./selections.ts";

interface StartInput {
  readonly context: SelectionContext;
  readonly records: Pick<RecordStore, "requestsOf">;
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
  if (asked.action === "follow-up-requests" && selection.ownerType === "project")
    return refuse("no-requests", "support requests belong to companies and persons, not to projects");
  const operationId = operationIdSchema.parse(`op_${context.newId()}`);
  const members =
    asked.action === "follow-up-requests" ? await requestMembers(input.records, owners) : ownersOnly(owners);
  const total = await freezeMembers(members, (chunk) => operations.saveChunk(operationId, chunk));
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

const ownersOnly = (owners: readonly Owner[]): ActionMember[] => owners.map((owner) => ({ owner }));

/** One member for each request that is open now: of a company all of them, of a person their own. */
async function requestMembers(
  records: Pick<RecordStore, "requestsOf">,
  owners: readonly Owner[],
): Promise<readonly ActionMember[]> {
  const customerIds = [...new Set(owners.map(({ customerId }) => customerId))];
  const open = new Map(await mapConcurrent(customerIds, async (id) => [id, await openRequests(records, id)] as const));
  return owners.flatMap((owner) =>
    (open.get(owner.customerId) ?? [])
      .filter(({ personId }) => owner.type !== "person" || personId === owner.personId)
      .map(({ requestId }) => ({ owner, requestId })),
  );
}

async function openRequests({ requestsOf }: Pick<RecordStore, "requestsOf">, customerId: CustomerId) {
  const open = [];
  for await (const request of requestsOf(customerId)) if (request.closedOn === undefined) open.push(request);
  return open;
}
