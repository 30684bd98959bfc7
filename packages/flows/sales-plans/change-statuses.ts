import { counted } from "@regulars/core/platform/counted";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { parseColour } from "@regulars/core/sales-plans/colour";
import { type DealId, type PlanId, type StatusId, statusIdSchema } from "@regulars/core/platform/ids";
import {
  type EditStatus,
  type NewStatus,
  type SalesPlan,
  makeStatus,
  unknownPlan,
} from "@regulars/core/sales-plans/sales-plan";
import type { ReasonId } from "@regulars/core/platform/ids";
import { checkChoices } from "@regulars/core/sales-plans/refusal-choices";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import type { Status } from "@regulars/core/sales-plans/status";
import { addStatus, deleteStatus, editStatus, reorderStatuses } from "@regulars/core/sales-plans/status-changes";
import { type Result, ok } from "@regulars/core/platform/result";
import { type SalesPlanRefusal, savePlanChange } from "./save-sales-plan.ts";
import type { SalesContext } from "../sales-context.ts";
import { sweepStatuses } from "./sweep-statuses.ts";

/** One change of a plan's statuses. */
export type StatusChange =
  | { readonly change: "add"; readonly status: NewStatus; readonly position?: number | undefined }
  | { readonly change: "edit"; readonly statusId: StatusId; readonly edit: EditStatus }
  | { readonly change: "reorder"; readonly order: readonly StatusId[] }
  | { readonly change: "delete"; readonly statusId: StatusId; readonly moveTo?: StatusId | undefined };

interface ChangeStatusesInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly change: StatusChange;
  readonly version?: number | undefined;
  readonly actorId: string;
  readonly requestId: string;
  readonly companionOf?: ((plan: SalesPlan) => CompanionWrites | undefined) | undefined;
}

/** A refusal to delete a status: it has deals, and no status to move them to was given. */
interface StatusHasDeals {
  readonly ok: false;
  readonly reason: "status-has-deals";
  readonly message: string;
  readonly count: number;
  readonly first: readonly DealId[];
}

const FIRST_DEALS = 10;

/** Adds, renames, recolours, reorders or deletes statuses, in one save (docs/reference/sales-plans.md 5.9). */
export async function changeStatuses(
  input: ChangeStatusesInput,
): Promise<Result<SalesPlan> | SalesPlanRefusal | StatusHasDeals> {
  const { context, planId, change, version, actorId, requestId } = input;
  const { store, effects } = context;
  if (change.change === "delete" && change.moveTo === undefined) {
    const left = await dealsLeft(context, planId, change.statusId);
    if (left !== undefined) return left;
  }
  const reasons = await store.salesPlans.reasons();
  const statusId = statusIdSchema.parse(`st_${effects.newId().slice(-12)}`);
  const saved = await savePlanChange(
    context,
    planId,
    version,
    (plan) => changed(plan, change, statusId, reasons),
    input.companionOf,
  );
  if (saved.ok && change.change === "delete" && change.moveTo !== undefined)
    await sweepStatuses(context, saved.value, { actorId, requestId });
  return saved;
}

function changed(
  plan: SalesPlan,
  change: StatusChange,
  statusId: StatusId,
  reasons: ReadonlyMap<ReasonId, RefusalReason>,
): Result<SalesPlan> {
  const stages = changedStages(plan, change, statusId);
  if (!stages.ok) return stages;
  const before = new Map(plan.statuses.map((status) => [status.statusId, status.refusal]));
  // Reasons that were archived after the status was saved do not prevent a change.
  const fresh = stages.value.statuses.filter((status) => status.refusal !== before.get(status.statusId));
  const choices = checkChoices(fresh, reasons);
  return choices.ok ? ok({ ...plan, ...stages.value }) : choices;
}

function changedStages(plan: SalesPlan, change: StatusChange, statusId: StatusId) {
  switch (change.change) {
    case "add": {
      const status = makeStatus(change.status, statusId, plan.statuses.length);
      return status.ok ? addStatus(plan, status.value, change.position) : status;
    }
    case "edit": {
      const edit = edited(change.edit);
      return edit.ok ? editStatus(plan, change.statusId, edit.value) : edit;
    }
    case "reorder":
      return reorderStatuses(plan, change.order);
    case "delete":
      return deleteStatus(plan, change.statusId, change.moveTo);
  }
}

function edited({ name, colour, refusal }: EditStatus): Result<Partial<Status>> {
  const parsed = colour === undefined ? ok(undefined) : parseColour(colour);
  if (!parsed.ok) return parsed;
  return ok({
    ...(name === undefined ? {} : { name }),
    ...(parsed.value === undefined ? {} : { colour: parsed.value }),
    ...(refusal === undefined ? {} : { refusal }),
  });
}

async function dealsLeft(
  { store }: SalesContext,
  planId: PlanId,
  statusId: StatusId,
): Promise<StatusHasDeals | ReturnType<typeof unknownPlan> | undefined> {
  const counts = await store.deals.counts(planId);
  const count = counts.filter((one) => one.statusId === statusId).reduce((sum, one) => sum + one.count, 0);
  if (count === 0) return undefined;
  const first = (await store.deals.column(planId, statusId, FIRST_DEALS)).map(({ dealId }) => dealId);
  const message = `this status has ${counted(count, "deal")}: give the status that they move to as moveTo`;
  return { ok: false, reason: "status-has-deals", message, count, first };
}
