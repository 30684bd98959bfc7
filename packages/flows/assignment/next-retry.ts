import type { PlanId } from "@regulars/core/platform/ids";
import { nextArrival } from "@regulars/core/sales-plans/member";
import { type Instant, toInstant } from "@regulars/core/platform/values";
import type { PlanContext } from "../sales-context.ts";

/**
 * When what lies in a plan's tray is to be offered again because somebody's hours begin or a vacation ends, within so
 * many minutes (sales-plans.md 5.6, "on every event that frees capacity"). Nothing where the tray is empty.
 */
export async function nextOffer(
  { store, tenant, world }: Omit<PlanContext, "rooms">,
  planId: PlanId,
  minutes: number,
): Promise<Instant | undefined> {
  const [desk, tray] = await Promise.all([store.deskOf(planId), store.tray(planId, 1)]);
  if (desk === undefined || tray.length === 0) return undefined;
  const { members } = desk.desk.rules;
  const users = await store.users(members.map(({ userId }) => userId));
  return nextArrival(members, users, toInstant(world.clock()), tenant.timeZone, minutes);
}
