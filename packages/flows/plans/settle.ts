import type { Deal } from "@regulars/core/plans/deal";
import type { DealId, PlanId } from "@regulars/core/plans/ids";
import { assignWaiting } from "./assign-waiting.ts";
import type { PlanContext } from "./plan-context.ts";

const FIRST_LOOK_MS = 8;
const LOOK_MS = 25;

/**
 * Waits until a lead that was taken in is somebody's, or in the tray; gives it out itself when nobody else is at the
 * desk. `undefined` when it takes longer than the caller's patience: the lead is stored, and will be given out.
 */
export async function settle(
  context: PlanContext,
  planId: PlanId,
  dealId: DealId,
  patienceMs: number,
): Promise<Deal | undefined> {
  const { store, world } = context;
  const patienceEnds = world.elapsed() + patienceMs;
  const isEnough = (): boolean => world.elapsed() >= patienceEnds;
  for (let look = 0; ; look += 1) {
    const { deal, leaseUntil } = await store.peek(planId, dealId);
    if (deal !== undefined) return deal;
    if (isEnough()) return undefined;
    if (leaseUntil <= world.clock() && (await assignWaiting(context, planId, isEnough)) === "done") continue;
    // By chance, so that those who wait do not all look at once.
    await world.wait((look === 0 ? FIRST_LOOK_MS : LOOK_MS) * (0.5 + world.random()));
  }
}
