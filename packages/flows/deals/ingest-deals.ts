import type { ItemError } from "@regulars/core/platform/field-error";
import { dealOfItem } from "@regulars/core/deals/deal-item";
import type { FileDeal } from "@regulars/core/deals/deal-file";
import { type PlanId, dealIdSchema } from "@regulars/core/platform/ids";
import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok } from "@regulars/core/platform/result";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { importTogether } from "./import-together.ts";
import type { SalesContext } from "../sales-context.ts";

/** What became of one deal of a batch. */
export interface DealItemResult {
  readonly index: number;
  readonly id?: string | undefined;
  readonly outcome: "created" | "unchanged" | "rejected";
  readonly errors?: readonly ItemError[] | undefined;
}

interface IngestDealsInput {
  readonly context: SalesContext;
  readonly planId: PlanId;
  /** As their sender wrote them; the door has seen to their number. */
  readonly items: readonly unknown[];
  readonly users: readonly UserId[];
  readonly actorId: string;
  readonly requestId: string;
}

const TAKEN: ItemError = { path: "dealId", code: "taken", message: "is a deal of another sales plan" };

/**
 * Brings a batch of another system's deals into a plan, each evaluated by itself: what a file of deals does, item by item.
 * A deal that is there already stays as it is here, so the same batch again changes nothing.
 */
export async function ingestDeals(input: IngestDealsInput): Promise<Result<readonly DealItemResult[]>> {
  const { context, planId, items, users, actorId, requestId } = input;
  const { store, effects, tenant } = context;
  const [plan, reasons] = await Promise.all([store.salesPlans.plan(planId), store.salesPlans.reasons()]);
  if (plan === undefined) return unknownPlan(planId);
  const now = toInstant(effects.clock());
  const about = { plan, zone: tenant.timeZone, reasons, users: new Set(users), now };
  const read = items.map((item) => dealOfItem(item, about));
  const stored = await store.deals.deals(items.flatMap(idsOf));
  const known = new Set<string>(stored.keys());
  const fresh: FileDeal[] = [];
  const results = read.map((one, index): DealItemResult => {
    const [id] = idsOf(items[index]);
    if (!one.ok) return { index, id, outcome: "rejected", errors: one.errors };
    const other = stored.get(one.value.dealId)?.planId;
    if (other !== undefined && other !== planId) return { index, id, outcome: "rejected", errors: [TAKEN] };
    if (known.has(one.value.dealId)) return { index, id, outcome: "unchanged" };
    known.add(one.value.dealId);
    fresh.push(one.value);
    return { index, id, outcome: "created" };
  });
  await importTogether(context, planId, fresh, { at: now, actorId, requestId });
  return ok(results);
}

/** The id that an item names, as far as it is one. */
function idsOf(item: unknown) {
  const named = typeof item === "object" && item !== null && "dealId" in item ? item.dealId : undefined;
  const parsed = dealIdSchema.safeParse(named);
  return parsed.success ? [parsed.data] : [];
}
