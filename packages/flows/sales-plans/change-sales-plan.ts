import type { Receipt } from "@regulars/core/platform/idempotency";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { PlanId } from "@regulars/core/platform/ids";
import {
  type Plan,
  type PlanChange,
  changedPlan,
  changesRules,
  unknownPlan,
} from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { assignWaiting } from "../assignment/assign-waiting.ts";
import { checkMembers } from "./check-members.ts";
import type { PlanContext } from "../sales-context.ts";

/** How long a save works at the desk itself: what waits longer is somebody else's. */
const PATIENCE_MS = 1_000;
const MAX_ROUNDS = 20;
const PAUSE_MS = 20;

interface ChangePlanInput {
  readonly context: PlanContext;
  readonly planId: PlanId;
  readonly change: PlanChange;
  /** The version that was looked at; without one the newest is changed. */
  readonly version?: number | undefined;
  readonly receiptOf?: ((plan: Plan) => Receipt | undefined) | undefined;
}

export type PlanRefusal = {
  readonly ok: false;
  readonly reason: string;
  readonly message: string;
  readonly errors?: readonly ItemError[];
};

/**
 * Saves changes of a plan. Distribution and membership change at any time and apply to later leads only: the save takes
 * a ticket like a lead does, and whatever has one after it is given out by the new rules (seed 001; sales-plans.md 5.7).
 */
export async function changePlan(input: ChangePlanInput): Promise<Result<Plan> | PlanRefusal> {
  const { context, planId, change, version } = input;
  if (change.members !== undefined) {
    const members = await checkMembers(context.store, change.members);
    if (!members.ok) return members;
  }
  const saved = await savePlanChange(context, planId, version, (plan) => changedPlan(plan, change), input.receiptOf);
  if (!saved.ok) return saved;
  // Somebody may be free now for what lies in the tray.
  const { elapsed } = context.world;
  const patienceEnds = elapsed() + PATIENCE_MS;
  await assignWaiting(context, planId, () => elapsed() >= patienceEnds);
  return saved;
}

/** Changes a plan on the condition that nobody else does; again and again when the caller has seen no version. */
export async function savePlanChange(
  { store, world }: PlanContext,
  planId: PlanId,
  version: number | undefined,
  changeOf: (plan: Plan) => Result<Plan> | PlanRefusal,
  receiptOf: (plan: Plan) => Receipt | undefined = () => undefined,
): Promise<Result<Plan> | PlanRefusal> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const before = await store.plan(planId);
    if (before === undefined) return unknownPlan(planId);
    if (version !== undefined && before.version !== version) return stale(before);
    const changed = changeOf(before);
    if (!changed.ok) return changed;
    const after = { ...changed.value, version: before.version + 1 };
    const ticket = changesRules(before, after) ? await store.takeTickets(planId, 1) : undefined;
    if (await store.savePlan(after, ticket, receiptOf(after))) return ok(after);
    if (ticket !== undefined) await store.voidTicket(planId, ticket);
    // Longer each time, and by chance, so that two savers part.
    await world.wait(PAUSE_MS * round * world.random());
  }
  throw new Error(`plan ${planId} is being changed by others all the time; try again`);
}

const stale = ({ planId, version }: Plan) =>
  refuse("stale-version", `plan ${planId} has changed meanwhile: it is at version ${version}, look at it again`);
