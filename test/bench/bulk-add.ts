import { contactIdSchema } from "@regulars/core/platform/ids";
import { newPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import type { SalesStore } from "@regulars/core/bulk-operations/sales-store";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { bulkAdd, runAudienceOperation } from "@regulars/flows/bulk-operations/add-audience";
import { createSalesPlan } from "@regulars/flows/sales-plans/create-sales-plan";
import { LeadBatchers } from "@regulars/flows/leads/lead-batcher";
import { salesContextOf } from "@regulars/functions/effects";
import type { LocalSystem } from "@regulars/local/system";
import { runAudienceUntil } from "../fixtures/audience-until.ts";
import { spreadOf } from "../fixtures/sales-plan.ts";
import { type BenchFigure, testTenantRecord } from "./workspace.ts";

const MANAGERS = ["A", "B", "C", "D", "E"];
const PERSONS = 10_000;
const SAVED_TOGETHER = 500;
/** The share of the work after which it is interrupted and then resumed. */
const CUT_AT = 0.4;

/**
 * A bulk operation on ten thousand persons, interrupted at two fifths and resumed (docs/reference/sales-plans.md 5.17;
 * scenario 30).
 */
export async function bulkFigures(system: LocalSystem): Promise<BenchFigure[]> {
  const tenant = await system.makeTenant(testTenantRecord("bulk", "EUR"));
  const { store } = await system.openTenant(tenant.tenantId);
  await store.imports.saveUsers(
    MANAGERS.map((id) => ({ userId: userIdSchema.parse(id), name: id, role: "rep" as const })),
  );
  await savePersons(store.sales);
  const context = salesContextOf(tenant, store, { ...system.runtime, leadBatchers: new LeadBatchers() });
  const asked = newPlanSchema.parse({
    name: "Bulk",
    distribution: { mode: "uniform", affinity: "related", balance: "even" },
    members: MANAGERS.map((userId) => ({ userId })),
  });
  const made = await createSalesPlan(context, asked);
  if (!made.ok) throw new Error(made.message);
  const { planId } = made.value;
  const started = performance.now();
  const by = { actorId: "command", requestId: "bulk" };
  const operation = await bulkAdd({ context, planId, asked: { audience: {} }, ...by });
  if (!operation.ok) throw new Error(operation.message);
  const frozenMs = performance.now() - started;
  await runAudienceUntil(context, operation.value.operationId, (saved) => saved >= PERSONS * CUT_AT);
  const again = { ...context, batchers: new LeadBatchers() };
  await runAudienceOperation(again, operation.value.operationId);
  const seconds = (performance.now() - started) / 1_000;
  const entries = await store.sales.assignment.queuedAfter(planId, 0, 100_000);
  const ids = entries.flatMap((queueEntry) => (queueEntry.kind === "lead" ? [queueEntry.deal.dealId] : []));
  const deals = [...(await store.sales.deals.deals(ids)).values()].toSorted(
    (a, b) => (a.sequence ?? 0) - (b.sequence ?? 0),
  );
  const persons = new Set(deals.map(({ personId }) => personId)).size;
  const managers = deals.map(({ managerId = "-" }) => managerId);
  return [
    { name: "bulk operation on 10,000, audience written down", value: frozenMs, unit: "ms" },
    { name: "… added, cut off at 40 % and gone on with", value: PERSONS / seconds, unit: "/s" },
    { name: "… lost or double", value: PERSONS - persons + (deals.length - persons), unit: "", limit: 0 },
    { name: "… spread after every sequence number", value: spreadOf(managers, MANAGERS), unit: "", limit: 1 },
  ];
}

async function savePersons(plans: SalesStore): Promise<void> {
  for (let from = 0; from < PERSONS; from += SAVED_TOGETHER)
    await plans.leads.savePersons(
      Array.from({ length: SAVED_TOGETHER }, (_, i) => {
        const personId = contactIdSchema.parse(`per_${from + i}`);
        const newPerson = { personId, name: `Person ${from + i}`, createdAt: toInstant(0) };
        return { personId, newPerson, newIdentities: [] };
      }),
    );
}
