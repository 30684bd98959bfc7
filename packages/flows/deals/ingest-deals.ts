import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import type { PlanId } from "@regulars/core/platform/ids";
import { type Result, ok } from "@regulars/core/platform/result";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import type { BatchProgress, ItemResult } from "../imports/ingest-items.ts";
import { dealKind } from "./deal-kind.ts";
import type { SalesContext } from "../sales-context.ts";

/** What became of one deal of a batch: one that is there already is never changed. */
export interface DealItemResult extends ItemResult {
  readonly outcome: Exclude<ItemResult["outcome"], "changed">;
}

interface IngestDealsInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  /** As their sender wrote them; the API has checked their number. */
  readonly items: readonly unknown[];
  readonly users: readonly UserId[];
  readonly actorId: string;
  readonly requestId: string;
  /** Of a batch that may have been interrupted. */
  readonly progress?: BatchProgress | undefined;
}

/**
 * Brings a batch of another system's deals into a plan, each by itself: what a file of deals does, item by item. A deal
 * that is there already stays as it is here, so the same batch again changes nothing.
 */
export async function ingestDeals(input: IngestDealsInput): Promise<Result<readonly DealItemResult[]>> {
  const { context, planId, items, users, actorId, requestId } = input;
  const { store, effects, tenant } = context;
  const [plan, reasons] = await Promise.all([store.salesPlans.plan(planId), store.salesPlans.reasons()]);
  if (plan === undefined) return unknownPlan(planId);
  const now = toInstant(effects.clock());
  const destination = {
    context,
    plan,
    reasons,
    users: new Set(users),
    now: () => now,
    actorId,
    requestId: () => requestId,
  };
  const results = await dealKind.ingest(items, tenant, destination, input.progress);
  return ok(results.map(neverChanged));
}

function neverChanged({ outcome, ...result }: ItemResult): DealItemResult {
  if (outcome === "changed") throw new Error(`deal ${result.id} was changed by an import`);
  return { ...result, outcome };
}
