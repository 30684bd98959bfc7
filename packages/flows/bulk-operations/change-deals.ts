import { type Piece, advance, newOperation } from "@regulars/core/bulk-engine/bulk-operation";
import type { Receipt } from "@regulars/core/platform/idempotency";
import { type Visible, filterOf } from "@regulars/core/boards/board-query";
import { rowsNow } from "@regulars/core/boards/board-row";
import type { Deal } from "@regulars/core/deals/deal";
import {
  type BulkAction,
  type DealBulk,
  type DealJob,
  type DealJobResult,
  type DealMember,
  dealJobCounters,
} from "@regulars/core/bulk-operations/change-deals";
import { dryRun } from "@regulars/core/assignment/dry-run";
import { type DealId, type JobId, type PlanId, jobIdSchema } from "@regulars/core/platform/ids";
import { type Plan, rulesOf, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { DealChange } from "@regulars/core/deals/deal-store";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { assignWaiting } from "../assignment/assign-waiting.ts";
import { freezeMembers } from "../bulk-engine/freeze-members.ts";
import { type BulkKind, runBulkOperation } from "../bulk-engine/run-bulk-operation.ts";
import { type Judge, judgeCancel, judgeMove, judgeTransfer } from "../deals/decide.ts";
import type { PlanContext } from "../sales-context.ts";
import { workOfPlan } from "../assignment/workload.ts";

/** Deals of one transaction: six writes each at most; beside them a count a manager, a day of closings, a mark a page, the job and its page. */
const PIECE = 11;

interface ChangeDealsInput {
  readonly context: PlanContext;
  readonly planId: PlanId;
  readonly asked: DealBulk;
  readonly visible: Visible;
  readonly actorId: string;
  readonly requestId: string;
  readonly receiptOf?: ((job: DealJob) => Receipt | undefined) | undefined;
}

/**
 * Starts a mass action on deals: which they are is written down now, whatever changes while the job runs; the job itself
 * is `workDealJob`. A transfer without a manager decides whose each becomes now too, as the plan's balance rule would.
 */
export async function changeDeals(input: ChangeDealsInput): Promise<Result<DealJob>> {
  const { context, planId, asked, visible, actorId, requestId } = input;
  const { store, world, tenant } = context;
  const plan = await store.plan(planId);
  if (plan === undefined) return unknownPlan(planId);
  const fit = checkChange(plan, asked.change);
  if (!fit.ok) return fit;
  if ((asked.dealIds === undefined) === (asked.filter === undefined))
    return refuse("deals-required", "say which deals: their ids, or a filter, and not both");
  const dealIds = await chosenDeals(input, plan, visible, tenant.timeZone);
  const deals = await withManagers(context, plan, asked.change, dealIds);
  if (!deals.ok) return deals;
  const jobId = jobIdSchema.parse(`job_${world.newId()}`);
  const total = await freezeMembers(deals.value, (page) => store.saveDealJobPage(jobId, page));
  const job: DealJob = {
    ...newOperation({ jobId, total, actorId, requestId }, toInstant(world.clock())),
    planId,
    change: asked.change,
    changed: 0,
    same: 0,
    failed: 0,
  };
  await store.startDealJob(job, input.receiptOf?.(job));
  return ok(job);
}

/** What holds or fails for all deals alike is told at once; what depends on the deal, by its result. */
function checkChange(plan: Plan, change: BulkAction): Result<undefined> {
  if (change.action === "move" && !plan.statuses.some(({ statusId }) => statusId === change.statusId))
    return refuse("unknown-status", `the plan has no status ${change.statusId}`);
  if (change.action !== "transfer") return ok(undefined);
  if (change.managerId === undefined && plan.distribution.mode === "manual")
    return refuse("manager-required", "the plan is manual: say with managerId who gets these deals");
  if (change.managerId !== undefined && !plan.members.some(({ userId }) => userId === change.managerId))
    return refuse("not-a-member", `${change.managerId} is no member of the plan`);
  return ok(undefined);
}

async function chosenDeals(
  { context, planId, asked }: ChangeDealsInput,
  plan: Plan,
  visible: Visible,
  zone: string,
): Promise<DealId[]> {
  const { store } = context;
  if (asked.dealIds !== undefined) {
    const wanted = [...new Set(asked.dealIds)];
    const deals = await store.deals(wanted);
    const isSeen = (deal: Deal | undefined): boolean =>
      deal?.planId === plan.planId &&
      (visible === "all" || (deal.managerId !== undefined && visible.has(deal.managerId)));
    return wanted.filter((dealId) => isSeen(deals.get(dealId)));
  }
  if (asked.filter === undefined) return [];
  const isAsked = filterOf(asked.filter, visible, zone);
  const rows = rowsNow(plan, await store.boardRows(planId)).filter(isAsked);
  return rows
    .toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : a.dealId < b.dealId ? -1 : 1))
    .map(({ dealId }) => dealId);
}

async function withManagers(
  { store, world, tenant }: PlanContext,
  plan: Plan,
  change: BulkAction,
  dealIds: readonly DealId[],
): Promise<Result<readonly DealMember[]>> {
  if (change.action !== "transfer" || change.managerId !== undefined || dealIds.length === 0)
    return ok(dealIds.map((dealId) => ({ dealId })));
  const [lease, work, users] = await Promise.all([
    store.deskOf(plan.planId),
    workOfPlan(store, plan, [plan.distribution]),
    store.users(plan.members.map(({ userId }) => userId)),
  ]);
  if (lease === undefined) return unknownPlan(plan.planId);
  const view = { now: toInstant(world.clock()), tenantZone: tenant.timeZone, users, ...work };
  const desk = { ...lease.desk, rules: rulesOf(plan) };
  const given = dryRun(
    { desk, tray: [], tickets: [] },
    dealIds.map(() => ({})),
    view,
  );
  return ok(dealIds.map((dealId, i) => ({ dealId, managerId: given[i]?.managerId })));
}

/** Goes on with a mass action where it stands: each deal is changed once. */
export const workDealJob = (
  context: PlanContext,
  jobId: JobId,
  isEnough: () => boolean = () => false,
): Promise<Result<DealJob>> => {
  const atEnd = async ({ planId }: DealJob): Promise<void> => {
    if ((await context.store.deskOf(planId))?.hasTray === true) await assignWaiting(context, planId, isEnough);
  };
  const kind: BulkKind<DealJob, DealMember, DealJobResult> = {
    pieceSize: PIECE,
    find: (id) => context.store.dealJob(id),
    page: (id, page) => context.store.dealJobPage(id, page),
    work: workPiece(context),
    atEnd,
  };
  return runBulkOperation(kind, jobId, context.world, isEnough);
};

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined;
  return () => (reading ??= read());
}

/** What becomes of one deal. */
interface Judged {
  readonly result: DealJobResult;
  readonly change?: DealChange | undefined;
}

const workPiece =
  (context: PlanContext) =>
  async (piece: Piece<DealJob, DealMember, DealJobResult>): Promise<boolean> => {
    const { store, world } = context;
    const { operation: job, members } = piece;
    const dealIds = members.map(({ dealId }) => dealId);
    const [plan, deals] = await Promise.all([store.plan(job.planId), store.deals(dealIds)]);
    if (plan === undefined) throw new Error(`job ${job.jobId} has lost its plan`);
    // Reasons are read once for all of a piece.
    const reasons = once(() => store.reasons());
    const ofPiece = { ...context, store: { ...store, reasons } };
    const judged: Judged[] = [];
    for (const { dealId, managerId } of members)
      judged.push(await judgeOne(ofPiece, job, plan, deals.get(dealId), managerId));
    const changes = judged.flatMap(({ change }) => (change === undefined ? [] : [change]));
    const results = judged.map(({ result }) => result);
    const after = advance(piece, results, dealJobCounters, toInstant(world.clock()));
    return store.saveDealPiece(changes, after.page, after.operation, job);
  };

async function judgeOne(
  { store, world }: PlanContext,
  job: DealJob,
  plan: Plan,
  deal: Deal | undefined,
  managerId: UserId | undefined,
): Promise<Judged> {
  if (deal === undefined) return failed("unknown-deal");
  const judge = judgeOf(store, job, managerId);
  if (judge === undefined) return failed("nobody-there");
  const at = toInstant(world.clock());
  const judged = await judge(deal, plan, at);
  if (!judged.ok) return failed(judged.reason);
  if (judged.value === undefined) return { result: { state: "same" } };
  const { after, log, closing } = judged.value;
  const { actorId, requestId } = job;
  const change: DealChange = { before: deal, after, log: { ...log, at, actorId, requestId }, closing, isBulk: true };
  return { result: { state: "changed" }, change };
}

const failed = (reason: string): Judged => ({ result: { state: "failed", reason } });

function judgeOf(
  store: PlanContext["store"],
  { change, actorId }: DealJob,
  managerId: UserId | undefined,
): Judge | undefined {
  if (change.action === "move") {
    const { statusId, reasonId, clarification } = change;
    return judgeMove(store, statusId, { reasonId, clarification }, actorId);
  }
  if (change.action === "cancel") return judgeCancel(store, change.comment, actorId);
  const to = change.managerId ?? managerId;
  return to === undefined ? undefined : judgeTransfer(to, change.comment);
}
