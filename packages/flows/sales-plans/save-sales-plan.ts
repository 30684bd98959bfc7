import { ContentionError } from "@regulars/core/platform/contention-error";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { SalesContext } from "../sales-context.ts";
import type { PlanId } from "@regulars/core/platform/ids";
import { type SalesPlan, changesRules, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { CompanionWrites } from "@regulars/core/platform/idempotency";

const MAX_ROUNDS = 20;

const PAUSE_MS = 20;

export type SalesPlanRefusal = {
  readonly ok: false;
  readonly reason: string;
  readonly message: string;
  readonly errors?: readonly ItemError[];
};

/** Saves a change of a plan unless it was changed concurrently; retries if the caller gave no version. */
export async function savePlanChange(
  { store, effects }: SalesContext,
  planId: PlanId,
  version: number | undefined,
  changeOf: (plan: SalesPlan) => Result<SalesPlan> | SalesPlanRefusal,
  companionOf: (plan: SalesPlan) => CompanionWrites | undefined = () => undefined,
): Promise<Result<SalesPlan> | SalesPlanRefusal> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = await store.salesPlans.plan(planId);
    if (before === undefined) return unknownPlan(planId);
    if (version !== undefined && before.version !== version) return stale(before);
    const changed = changeOf(before);
    if (!changed.ok) return changed;
    const after = { ...changed.value, version: before.version + 1 };
    const sequence = changesRules(before, after) ? await store.assignment.reserveSequences(planId, 1) : undefined;
    if (await store.salesPlans.save(after, sequence, companionOf(after))) return ok(after);
    if (sequence !== undefined) await store.assignment.voidSequence(planId, sequence);
    // Longer each time, and random, so that concurrent savers do not collide again.
    await effects.wait(PAUSE_MS * round * effects.random());
  }
  throw new ContentionError(`plan ${planId} is being changed by many requests at once: try again`);
}

const stale = ({ planId, version }: SalesPlan) =>
  refuse(
    "stale-version",
    `plan ${planId} has been changed by someone else: it is at version ${version}; read it again`,
  );
