import type { SalesContext } from "../sales-context.ts";
import { type DealId, type PlanId, sequenceOf } from "@regulars/core/platform/ids";
import type { Deal } from "@regulars/core/deals/deal";
import { runAssignment } from "./assign-waiting.ts";
import { PollPace } from "./poll-pace.ts";

/** Longest wait for another call of this process, ms. */
const LONGEST_WAIT_MS = 250;

/** What a caller knows of its lead when it begins to wait. */
export interface WaitStart {
  /** Another process had the lease when the lead was looked up. */
  readonly isLeased: boolean;
  /** How long the write that queued the lead took, ms. */
  readonly writeMs: number;
}

/**
 * Waits until a stored lead has a manager or is in the unassigned queue; runs the assignment itself if no other process
 * does. `undefined` after the caller's patience: the lead is stored and will be assigned later.
 */
export async function waitForAssignment(
  context: SalesContext,
  planId: PlanId,
  dealId: DealId,
  patienceMs: number,
  start?: WaitStart,
): Promise<Deal | undefined> {
  const { store, effects, tenant, batchers } = context;
  const batcher = batchers.forPlan(tenant.tenantId, planId);
  const patienceEnds = effects.elapsed() + patienceMs;
  const isOver = (): boolean => effects.elapsed() >= patienceEnds;
  const expected = batcher.subscribe(dealId);
  const isEnough = (): boolean => expected.deal() !== undefined || isOver();
  const pace = new PollPace(sequenceOf(planId, dealId), start?.writeMs);
  let mayBeFree = start?.isLeased !== true;
  try {
    while (!isEnough()) {
      if (batcher.currentRun !== undefined) {
        // Another call in this process runs the assignment and publishes the deal.
        await Promise.race([
          expected.published,
          batcher.currentRun.catch(() => undefined),
          effects.wait(LONGEST_WAIT_MS),
        ]);
        continue;
      }
      const run = mayBeFree ? await batcher.runExclusively(() => runAssignment(context, planId, isEnough)) : "busy";
      if (expected.deal() !== undefined) break;
      if (run === "busy") await effects.wait(Math.min(pace.waitMs(effects.random()), patienceEnds - effects.elapsed()));
      const { deal, leaseUntil, lastSequence } = await store.assignment.readWithLease(planId, dealId);
      if (deal !== undefined) return deal;
      mayBeFree = leaseUntil <= effects.clock();
      pace.saw(lastSequence, effects.elapsed());
    }
    return expected.deal() ?? (await store.deals.deal(dealId));
  } finally {
    expected.forget();
  }
}

/**
 * Integrations time out after a second or two: a slower assignment is answered as pending, ms
 * (docs/reference/sales-plans.md 7).
 */
export const PATIENCE_MS = 1_500;
