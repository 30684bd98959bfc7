import type { DealFormat } from "@regulars/core/deals/deal-formats";
import { newAssignmentState } from "@regulars/core/assignment/assignment-state";
import { type PlanId, isPlanName, statusIdSchema } from "@regulars/core/platform/ids";
import {
  type SalesPlan,
  makeSalesPlan,
  newPlanSchema,
  rulesOf,
  unknownPlan,
} from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import { type UserId, toInstant } from "@regulars/core/platform/values";
import { type FileImport, type ImportReport, importFile } from "../imports/import-file.ts";
import { type DealDestination, dealKind } from "./deal-kind.ts";
import type { SalesContext } from "../sales-context.ts";

interface ImportDealsInput extends Pick<FileImport<DealDestination>, "records" | "onReject" | "onSaved"> {
  readonly context: SalesContext;
  readonly planId: PlanId;
  readonly format: DealFormat;
  readonly users: readonly UserId[];
  readonly actorId: string;
  /** Reads and checks the deals, and writes nothing. */
  readonly isDry?: boolean | undefined;
}

/** `unchanged`: deals that are there already; what has become of them here stays. */
type DealsImported = Pick<ImportReport, "rows" | "created" | "unchanged" | "rejected">;

/**
 * Imports deals of another system into a plan, with their status, manager, closing and times. Importing the same file
 * again changes nothing. A missing plan is created if the format defines its statuses.
 */
export async function importDeals(input: ImportDealsInput): Promise<Result<DealsImported>> {
  const plan = await planOf(input);
  if (!plan.ok) return plan;
  const { context, users, actorId, isDry, ...file } = input;
  const { store, tenant, effects } = context;
  const destination: DealDestination = {
    context,
    plan: plan.value,
    reasons: await store.salesPlans.reasons(),
    users: new Set(users),
    now: () => toInstant(effects.clock()),
    actorId,
    isDry,
    requestId: () => `import_${effects.newId()}`,
  };
  const report = await importFile({ ...file, tenant, kind: dealKind, store: destination });
  if (isDry !== true) await store.boards.refresh(plan.value.planId);
  const { rows, created, unchanged, rejected } = report;
  return ok({ rows, created, unchanged, rejected });
}

async function planOf({ context, planId, format, users, isDry }: ImportDealsInput): Promise<Result<SalesPlan>> {
  const { store, effects, tenant } = context;
  const known = await store.salesPlans.plan(planId);
  if (known !== undefined) return ok(known);
  const { statuses } = format;
  if (statuses === undefined) return unknownPlan(planId);
  if (!isPlanName(planId))
    return refuse("unusable-plan-id", `${planId} is not a valid plan id: pln_ and 1 to 43 of A-Z a-z 0-9 . _ -`);
  const asked = newPlanSchema.parse({ name: "Sales pipeline", statuses, members: users.map((userId) => ({ userId })) });
  const made = makeSalesPlan(asked, {
    planId,
    statusIds: statuses.map(({ name }) => statusIdSchema.parse(`st_${name.toLowerCase()}`)),
    createdAt: toInstant(effects.clock()),
    currency: tenant.currency,
  });
  if (!made.ok || isDry === true) return made;
  await store.salesPlans.create(made.value, newAssignmentState(rulesOf(made.value), 1));
  return made;
}
