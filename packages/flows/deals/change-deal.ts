import { ContentionError } from "@regulars/core/platform/contention-error";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";
import { type ClosedOutcome, type Deal, type LogEntry, isRetried, isOpenDeal } from "@regulars/core/deals/deal";
import type { PlanId } from "@regulars/core/platform/ids";
import type { IdempotencyRecordKey, IdempotencyRecord } from "@regulars/core/deals/idempotency-record";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import { assignWaiting } from "../assignment/assign-waiting.ts";
import { checkIdempotencyRecord, idempotencyRecordOf } from "./idempotency-record.ts";
import { type DealSought, findDeal } from "./find-deal.ts";
import type { SalesContext } from "../sales-context.ts";

const MAX_ROUNDS = 8;
const PATIENCE_MS = 1_000;

/** The result of one change of a deal. */
export interface Changed {
  readonly after: Deal;
  readonly log: Pick<LogEntry, "action" | "before" | "after" | "comment">;
  readonly closing?: ClosedOutcome | undefined;
}

export interface ChangeDealInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly sought: DealSought;
  /** The version that the caller has seen; a stale one is refused. Default: the current version. */
  readonly version?: number | undefined;
  /** The scope and idempotency key of a sender that repeats its requests. */
  readonly sender?: { readonly scope: string; readonly key: string } | undefined;
  /** The request, to detect a different one with the same idempotency key. */
  readonly payload?: unknown;
  readonly actorId: string;
  readonly requestId: string;
  /** Refuses if the actor may not change this deal. */
  readonly allow?: ((deal: Deal, plan: SalesPlan) => Result<undefined>) | undefined;
  readonly companionOf?: ((deal: Deal) => CompanionWrites | undefined) | undefined;
}

export interface DealChanged {
  readonly deal: Deal;
  /** The deal already was as requested: nothing was changed or logged. */
  readonly isSame: boolean;
  readonly isReplay: boolean;
  /** The id of the request that made the change, also in the answers to repetitions. */
  readonly requestId: string;
}

/** The current deal, after a concurrent change by somebody else. */
export interface StaleDeal {
  readonly ok: false;
  readonly reason: "stale-version";
  readonly message: string;
  readonly winner: Deal;
}

/**
 * Every change of a deal goes this way: find the deal, check the rights, decide by the rule, and write in one
 * transaction with its log row, closing, counters and webhook event. `decide` returns `undefined` if nothing is to be
 * changed.
 */
export async function changeDeal(
  input: ChangeDealInput,
  decide: (
    deal: Deal,
    plan: SalesPlan,
    at: Instant,
  ) => Promise<Result<Changed | undefined>> | Result<Changed | undefined>,
): Promise<Result<DealChanged> | StaleDeal> {
  const { context, planId, sender, actorId, requestId } = input;
  const { store, effects } = context;
  const plan = await store.salesPlans.plan(planId);
  if (plan === undefined) return unknownPlan(planId);
  const fingerprint = store.leads.fingerprint({ planId, payload: input.payload });
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const at = toInstant(effects.clock());
    const known = sender === undefined ? undefined : await deliveryNow(context, planId, sender);
    const delivered = checkIdempotencyRecord(known, fingerprint, at);
    if (!delivered.ok) return delivered;
    const sought = delivered.value === undefined ? input.sought : { dealId: delivered.value.dealId };
    const found = await findDeal(context, planId, sought);
    if (!found.ok) return found;
    const deal = found.value;
    if (delivered.value !== undefined) return ok(replayOf(deal, delivered.value));
    const allowed = input.allow?.(deal, plan) ?? ok(undefined);
    if (!allowed.ok) return allowed;
    if (input.version !== undefined && deal.version !== input.version) return stale(deal);
    const decided = await decide(deal, plan, at);
    if (!decided.ok) return decided;
    const { after, log, closing } = decided.value ?? { after: deal };
    const answer = { statusId: after.statusId, version: after.version };
    const given = { fingerprint, dealId: deal.dealId, isDuplicate: false, requestId, answer };
    const idempotencyRecord = idempotencyRecordOf(sender, given, at);
    if (log === undefined) {
      if (idempotencyRecord !== undefined && !(await store.leads.noteIdempotencyRecord(idempotencyRecord, at)))
        continue;
      return ok({ deal, isSame: true, isReplay: false, requestId });
    }
    const outcome = await store.deals.save({
      before: deal,
      after,
      log: { ...log, at, actorId, requestId },
      closing,
      idempotencyRecord,
      companion: input.companionOf?.(after),
    });
    if (outcome === "person-has-open-deal")
      return refuse("person-has-open-deal", `the person of deal ${deal.dealId} has another open deal in the plan`);
    if (outcome !== "saved") continue;
    if (isOpenDeal(deal) && (!isOpenDeal(after) || after.managerId !== deal.managerId))
      await retryAfterFreed(context, planId);
    else if (!isOpenDeal(deal) && isRetried(after)) await offer(context, planId);
    return ok({ deal: after, isSame: false, isReplay: false, requestId });
  }
  throw new ContentionError(`a deal of plan ${planId} is being changed by many requests at once: try again`);
}

/** The answer of the first request: the deal may have changed since. */
const replayOf = (deal: Deal, { answer, requestId }: IdempotencyRecord): DealChanged => ({
  deal: answer === undefined ? deal : { ...deal, statusId: answer.statusId, version: answer.version },
  isSame: false,
  isReplay: true,
  requestId,
});

async function deliveryNow(
  { store }: SalesContext,
  planId: PlanId,
  key: IdempotencyRecordKey,
): Promise<IdempotencyRecord | undefined> {
  const { found } = await store.leads.findMany(planId, [{ key, identities: [] }]);
  return found[0]?.idempotencyRecord;
}

/** A manager has one open deal less, and may be available now for leads of the unassigned queue. */
async function retryAfterFreed(context: SalesContext, planId: PlanId): Promise<void> {
  if ((await context.store.assignment.assignmentStateOf(planId))?.hasUnassigned === true) await offer(context, planId);
}

async function offer(context: SalesContext, planId: PlanId): Promise<void> {
  const { elapsed } = context.effects;
  const patienceEnds = elapsed() + PATIENCE_MS;
  await assignWaiting(context, planId, () => elapsed() >= patienceEnds);
}

const stale = (winner: Deal): StaleDeal => ({
  ok: false,
  reason: "stale-version",
  message: `deal ${winner.dealId} has been changed by someone else: it is at version ${winner.version}`,
  winner,
});
