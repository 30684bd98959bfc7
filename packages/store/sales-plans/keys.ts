import type { PlanId, ReasonId } from "@regulars/core/platform/ids";
import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

export const salesPlansKeys = (inFamily: InFamily) => ({
  plans: (): string => inFamily("PLANS"),
  plan: (planId: PlanId): Key => ({ pk: inFamily("PLANS"), sk: planId }),
  reasons: (): string => inFamily("REASONS"),
  reason: (reasonId: ReasonId): Key => ({ pk: inFamily("REASONS"), sk: reasonId }),
});

export const salesPlansFates = { PLANS: "kept", REASONS: "kept" } as const satisfies FamilyFates;
