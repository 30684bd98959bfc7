import { memo } from "@regulars/core/platform/memo";
import { type Piece, advance, newOperation } from "@regulars/core/bulk-engine/bulk-operation";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type Visible, rowFilterOf } from "@regulars/core/boards/board-query";
import { rowsNow } from "@regulars/core/boards/board-row";
import type { Deal } from "@regulars/core/deals/deal";
import {
  type BulkAction,
  type DealBulk,
  type DealOperation,
  type DealOperationResult,
  type DealMember,
  dealJobCounters,
} from "@regulars/core/bulk-operations/change-deals";
import { type DealId, type OperationId, type PlanId, operationIdSchema } from "@regulars/core/platform/ids";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { DealChange } from "@regulars/core/deals/deal-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { assignWaiting } from "../assignment/assign-waiting.ts";
import { freezeMembers } from "../bulk-engine/freeze-members.ts";
import { type BulkKind, runBulkOperation } from "../bulk-engine/run-bulk-operation.ts";
import { type Decision, decideReopen, decideMove, decideTransfer } from "../deals/decide.ts";
import type { SalesContext } from "../sales-context.ts";
import { managersByBalance } from "./managers-by-balance.ts";

/**
 * Deals of one transaction: at most six writes each, plus a counter per manager, a day of closings, a dirty marker per
 * board block, the operation and its page.
 */
const PIECE = 11;

interface ChangeDealsInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly asked: DealBulk;
  readonly visible: Visible;
  readonly actorId: string;
  readonly requestId: string;
  readonly companionOf?: ((operation: DealOperation) => CompanionWrites | undefined) | undefined;
}

/**
 * Starts a bulk operation on deals. Its deals are frozen now and do not change while it runs; `runDealOperation` does
 * the work. For a transfer without a manager, the plan's balance rule chooses each deal's manager now as well.
 */
export async function changeDeals(input: ChangeDealsInput): Promise<Result<DealOperation>> {
  const { context, planId, asked, visible, actorId, requestId } = input;
  const { store, effects, tenant } = context;
  const plan = await store.salesPlans.plan(planId);
  if (plan === undefined) return unknownPlan(planId);
  const fit = checkChange(plan, asked.change);
  if (!fit.ok) return fit;
  if ((asked.dealIds === undefined) === (asked.filter === undefined))
    return refuse("deals-required", "give either the ids of the deals or a filter");
  const dealIds = await chosenDeals(input, plan, visible, tenant.timeZone);
  const deals = await withManagers(context, plan, asked.change, dealIds);
  if (!deals.ok) return deals;
  const operationId = operationIdSchema.parse(`op_${effects.newId()}`);
  const total = await freezeMembers(deals.value, (chunk) => store.dealOperations.saveChunk(operationId, chunk));
  const operation: DealOperation = {
    ...newOperation({ operationId, total, actorId, requestId }, toInstant(effects.clock())),
    planId,
    change: asked.change,
    changed: 0,
    same: 0,
    failed: 0,
  };
  await store.dealOperations.start(operation, input.companionOf?.(operation));
  return ok(operation);
}

/** Checks what applies to all deals alike, before the start; what depends on a deal is in its result. */
function checkChange(plan: SalesPlan, change: BulkAction): Result<undefined> {
  if (change.action === "move" && !plan.statuses.some(({ statusId }) => statusId === change.statusId))
    return refuse("unknown-status", `the plan has no status ${change.statusId}`);
  if (change.action !== "transfer") return ok(undefined);
  if (change.managerId === undefined && plan.distribution.mode === "manual")
    return refuse("manager-required", "the plan is manual: give the manager of these deals as managerId");
  if (change.managerId !== undefined && !plan.members.some(({ userId }) => userId === change.managerId))
    return refuse("not-a-member", `${change.managerId} is not a member of the plan`);
  return ok(undefined);
}

async function chosenDeals(
  { context, planId, asked }: ChangeDealsInput,
  plan: SalesPlan,
  visible: Visible,
  zone: string,
): Promise<DealId[]> {
  const { store } = context;
  if (asked.dealIds !== undefined) {
    const wanted = [...new Set(asked.dealIds)];
    const deals = await store.deals.deals(wanted);
    const isSeen = (deal: Deal | undefined): boolean =>
      deal?.planId === plan.planId &&
      (visible === "all" || (deal.managerId !== undefined && visible.has(deal.managerId)));
    return wanted.filter((dealId) => isSeen(deals.get(dealId)));
  }
  if (asked.filter === undefined) return [];
  const isAsked = rowFilterOf(asked.filter, visible, zone);
  const rows = rowsNow(plan, await store.boards.rows(planId)).filter(isAsked);
  return rows
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.dealId < b.dealId ? -1 : 1))
    .map(({ dealId }) => dealId);
}

async function withManagers(
  context: SalesContext,
  plan: SalesPlan,
  change: BulkAction,
  dealIds: readonly DealId[],
): Promise<Result<readonly DealMember[]>> {
  if (change.action !== "transfer" || change.managerId !== undefined || dealIds.length === 0)
    return ok(dealIds.map((dealId) => ({ dealId })));
  const given = await managersByBalance(context, plan, dealIds.length);
  return given.ok ? ok(dealIds.map((dealId, i) => ({ dealId, managerId: given.value[i] }))) : given;
}

/** Continues a bulk operation: each deal is changed once. */
export const runDealOperation = (
  context: SalesContext,
  operationId: OperationId,
  isEnough: () => boolean = () => false,
): Promise<Result<DealOperation>> => {
  const atEnd = async ({ planId }: DealOperation): Promise<void> => {
    if ((await context.store.assignment.assignmentStateOf(planId))?.hasUnassigned === true)
      await assignWaiting(context, planId, isEnough);
  };
  const kind: BulkKind<DealOperation, DealMember, DealOperationResult> = {
    pieceSize: PIECE,
    find: (id) => context.store.dealOperations.find(id),
    chunk: (id, chunk) => context.store.dealOperations.chunk(id, chunk),
    work: workPiece(context),
    atEnd,
  };
  return runBulkOperation(kind, operationId, context.effects, isEnough);
};

/** The decided change of one deal. */
interface DecidedDeal {
  readonly result: DealOperationResult;
  readonly change?: DealChange | undefined;
}

const workPiece =
  (context: SalesContext) =>
  async (piece: Piece<DealOperation, DealMember, DealOperationResult>): Promise<boolean> => {
    const { store, effects } = context;
    const { operation, members } = piece;
    const dealIds = members.map(({ dealId }) => dealId);
    const [plan, deals] = await Promise.all([store.salesPlans.plan(operation.planId), store.deals.deals(dealIds)]);
    if (plan === undefined) throw new Error(`the plan of bulk operation ${operation.operationId} is missing`);
    // Reasons are read once for all deals of a piece.
    const reasons = memo(() => store.salesPlans.reasons());
    const ofPiece = { ...context, store: { ...store, reasons } };
    const decided: DecidedDeal[] = [];
    for (const { dealId, managerId } of members)
      decided.push(await decideOne(ofPiece, operation, plan, deals.get(dealId), managerId));
    const changes = decided.flatMap(({ change }) => (change === undefined ? [] : [change]));
    const results = decided.map(({ result }) => result);
    const after = advance(piece, results, dealJobCounters, toInstant(effects.clock()));
    return store.dealOperations.saveDeals(changes, after.chunk, after.operation, operation);
  };

async function decideOne(
  { store, effects }: SalesContext,
  operation: DealOperation,
  plan: SalesPlan,
  deal: Deal | undefined,
  managerId: UserId | undefined,
): Promise<DecidedDeal> {
  if (deal === undefined) return failed("unknown-deal");
  const decide = decisionOf(store, operation, managerId);
  if (decide === undefined) return failed("no-member-available");
  const at = toInstant(effects.clock());
  const decided = await decide(deal, plan, at);
  if (!decided.ok) return failed(decided.reason);
  if (decided.value === undefined) return { result: { state: "same" } };
  const { after, log, closing } = decided.value;
  const { actorId, requestId } = operation;
  const change: DealChange = { before: deal, after, log: { ...log, at, actorId, requestId }, closing, isBulk: true };
  return { result: { state: "changed" }, change };
}

const failed = (reason: string): DecidedDeal => ({ result: { state: "failed", reason } });

function decisionOf(
  store: SalesContext["store"],
  { change, actorId }: DealOperation,
  managerId: UserId | undefined,
): Decision | undefined {
  if (change.action === "move") {
    const { statusId, reasonId, clarification } = change;
    return decideMove(store, statusId, { reasonId, clarification }, actorId);
  }
  if (change.action === "cancel") return decideReopen(store, change.comment, actorId);
  const to = change.managerId ?? managerId;
  return to === undefined ? undefined : decideTransfer(to, change.comment);
}
