import type { PlanContext } from "../sales-context.ts";
import type { DealId, PlanId } from "@regulars/core/platform/ids";
import type { Deal } from "@regulars/core/deals/deal";
import { runDesk } from "./assign-waiting.ts";

const LOOK_MS = 25;

const LONGEST_LOOK_MS = 250;

/** Each look is that much later than the one before it: many who wait would otherwise keep the store busy with looking. */
const LONGER = 1.5;

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
  const { store, world, tenant, rooms } = context;
  const room = rooms.roomOf(tenant.tenantId, planId);
  const patienceEnds = world.elapsed() + patienceMs;
  const isOver = (): boolean => world.elapsed() >= patienceEnds;
  const expected = room.expect(dealId);
  const isEnough = (): boolean => expected.deal() !== undefined || isOver();
  let lookMs = LOOK_MS;
  let mayBeFree = true;
  try {
    while (!isEnough()) {
      if (room.visit !== undefined) {
        // Somebody of this process is there, and tells what becomes of it.
        await Promise.race([expected.told, room.visit.catch(() => undefined), world.wait(LONGEST_LOOK_MS)]);
        continue;
      }
      const run = mayBeFree ? await room.goToDesk(() => runDesk(context, planId, isEnough)) : "busy";
      if (expected.deal() !== undefined) break;
      if (run === "busy") {
        // By chance, so that processes that wait do not all look at once.
        await world.wait(Math.min(lookMs * (0.5 + world.random()), patienceEnds - world.elapsed()));
        lookMs = Math.min(lookMs * LONGER, LONGEST_LOOK_MS);
      }
      const { deal, isFree } = await look(context, planId, dealId);
      if (deal !== undefined) return deal;
      mayBeFree = isFree;
    }
    return expected.deal() ?? (await store.deal(dealId));
  } finally {
    expected.forget();
  }
}

async function look({ store, world }: PlanContext, planId: PlanId, dealId: DealId) {
  const { deal, leaseUntil } = await store.peek(planId, dealId);
  return { deal, isFree: leaseUntil <= world.clock() };
}

/** Senders give up after a second or two: what takes longer is answered as pending (sales-plans.md 7). */
export const PATIENCE_MS = 1_500;
