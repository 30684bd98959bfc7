import type { User } from "@regulars/core/access/user";
import type { Instant, UserId } from "@regulars/core/platform/values";
import { availability } from "@regulars/core/sales-plans/member";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";

/**
 * The members whom a plan gives leads by itself, now or at other hours, as assignment decides; of a manual plan nobody.
 */
export function whoGetsLeads(
  { distribution, members }: Pick<SalesPlan, "distribution" | "members">,
  users: ReadonlyMap<UserId, User>,
  { now, zone }: { readonly now: Instant; readonly zone: string },
): readonly UserId[] {
  if (distribution.mode === "manual") return [];
  return availability(members, users, now, zone)
    .filter(({ absence }) => absence !== "user-inactive" && absence !== "paused")
    .map(({ member }) => member.userId);
}
