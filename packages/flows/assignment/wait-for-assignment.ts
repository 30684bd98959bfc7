import type { SalesContext } from "../sales-context.ts";
import type { DealId, PlanId } from "@regulars/core/platform/ids";
import type { Deal } from "@regulars/core/deals/deal";
import { runAssignment } from "./assign-waiting.ts";

const POLL_MS = 25;

const LONGEST_POLL_MS = 250;

/** Each poll waits this many times longer than the one before, so that many callers do not overload the store. */
const LONGER = 1.5;

/**
 * Waits until a stored lead has a manager or is in the unassigned queue; runs the assignment itself if no other process
 * does. `undefined` after the caller's patience: the lead is stored and will be assigned later.
 */
export async function waitForAssignment(
  context: SalesContext,
  planId: PlanId,
  dealId: DealId,
  patienceMs: number,
): Promise<Deal | undefined> {
  const { store, effects, tenant, batchers } = context;
  const batcher = batchers.forPlan(tenant.tenantId, planId);
  const patienceEnds = effects.elapsed() + patienceMs;
  const isOver = (): boolean => effects.elapsed() >= patienceEnds;
  const expected = batcher.subscribe(dealId);
  const isEnough = (): boolean => expected.deal() !== undefined || isOver();
  let pollMs = POLL_MS;
  let mayBeFree = true;
  try {
    while (!isEnough()) {
      if (batcher.currentRun !== undefined) {
        // Another call in this process runs the assignment and publishes the deal.
        await Promise.race([
          expected.published,
          batcher.currentRun.catch(() => undefined),
          effects.wait(LONGEST_POLL_MS),
        ]);
        continue;
      }
      const run = mayBeFree ? await batcher.runExclusively(() => runAssignment(context, planId, isEnough)) : "busy";
      if (expected.deal() !== undefined) break;
      if (run === "busy") {
        // Random, so that waiting processes do not all poll at once.
        await effects.wait(Math.min(pollMs * (0.5 + effects.random()), patienceEnds - effects.elapsed()));
        pollMs = Math.min(pollMs * LONGER, LONGEST_POLL_MS);
      }
      const { deal, isFree } = await readDeal(context, planId, dealId);
      if (deal !== undefined) return deal;
      mayBeFree = isFree;
    }
    return expected.deal() ?? (await store.deals.deal(dealId));
  } finally {
    expected.forget();
  }
}

async function readDeal({ store, effects }: SalesContext, planId: PlanId, dealId: DealId) {
  const { deal, leaseUntil } = await store.assignment.readWithLease(planId, dealId);
  return { deal, isFree: leaseUntil <= effects.clock() };
}

/**
 * Integrations time out after a second or two: a slower assignment is answered as pending, ms
 * (docs/reference/sales-plans.md 7).
 */
export const PATIENCE_MS = 1_500;
