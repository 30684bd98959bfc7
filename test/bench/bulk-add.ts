import { type JobId, leadPersonIdSchema } from "@regulars/core/platform/ids";
import { newPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import type { PlanStore } from "@regulars/core/bulk-operations/sales-store";
import { toInstant, userIdSchema } from "@regulars/core/platform/values";
import { bulkAdd, workJob } from "@regulars/flows/bulk-operations/add-audience";
import { createPlan } from "@regulars/flows/sales-plans/create-sales-plan";
import type { PlanContext } from "@regulars/flows/sales-context";
import { PlanRooms } from "@regulars/flows/leads/lead-batcher";
import { planContextOf } from "@regulars/functions/effects";
import type { LocalSystem } from "@regulars/local/system";
import { spreadOf } from "../fixtures/sales-plan.ts";
import { type Figure, benchTenant } from "./workspace.ts";

const MANAGERS = ["A", "B", "C", "D", "E"];
const PERSONS = 10_000;
const SAVED_TOGETHER = 500;
/** Where the work is cut off before it is gone on with. */
const CUT_AT = 0.4;

/** A mass action on ten thousand persons, cut off at two fifths and gone on with (sales-plans.md 5.17; scenario 30). */
export async function bulkFigures(system: LocalSystem): Promise<Figure[]> {
  const tenant = await system.makeTenant(benchTenant("bulk", "EUR"));
  const { store } = await system.openTenant(tenant.tenantId);
  await store.intake.saveUsers(
    MANAGERS.map((id) => ({ userId: userIdSchema.parse(id), name: id, role: "rep" as const })),
  );
  await savePersons(store.plans);
  const context = planContextOf(tenant, store, { ...system.runtime, planRooms: new PlanRooms() });
  const asked = newPlanSchema.parse({
    name: "Bulk",
    distribution: { mode: "uniform", affinity: "related", balance: "even" },
    members: MANAGERS.map((userId) => ({ userId })),
  });
  const made = await createPlan(context, asked);
  if (!made.ok) throw new Error(made.message);
  const { planId } = made.value;
  const started = performance.now();
  const by = { actorId: "command", requestId: "bulk" };
  const job = await bulkAdd({ context, planId, asked: { audience: {} }, ...by });
  if (!job.ok) throw new Error(job.message);
  const frozenMs = performance.now() - started;
  await cutOff(context, job.value.jobId);
  const again = { ...context, rooms: new PlanRooms() };
  await workJob(again, job.value.jobId);
  const seconds = (performance.now() - started) / 1_000;
  const tickets = await store.plans.ticketsAfter(planId, 0, 100_000);
  const ids = tickets.flatMap((ticket) => (ticket.kind === "lead" ? [ticket.deal.dealId] : []));
  const deals = [...(await store.plans.deals(ids)).values()].toSorted((a, b) => (a.ticket ?? 0) - (b.ticket ?? 0));
  const persons = new Set(deals.map(({ personId }) => personId)).size;
  const managers = deals.map(({ managerId = "-" }) => managerId);
  return [
    { name: "mass action on 10,000, audience written down", value: frozenMs, unit: "ms" },
    { name: "… added, cut off at 40 % and gone on with", value: PERSONS / seconds, unit: "/s" },
    { name: "… lost or double", value: PERSONS - persons + (deals.length - persons), unit: "", limit: 0 },
    { name: "… spread at every ticket", value: spreadOf(managers, MANAGERS), unit: "", limit: 1 },
  ];
}

async function savePersons(plans: PlanStore): Promise<void> {
  for (let from = 0; from < PERSONS; from += SAVED_TOGETHER)
    await plans.savePersons(
      Array.from({ length: SAVED_TOGETHER }, (_, i) => {
        const personId = leadPersonIdSchema.parse(`per_${from + i}`);
        const newPerson = { personId, name: `Person ${from + i}`, createdAt: toInstant(0) };
        return { personId, newPerson, newIdentities: [] };
      }),
    );
}

/** Works on a job until its share is done, and lets it lie. */
async function cutOff(context: PlanContext, jobId: JobId): Promise<void> {
  let done = 0;
  const counting: PlanStore = {
    ...context.store,
    saveBulkIntake: async (leads, ...told) => {
      const isSaved = await context.store.saveBulkIntake(leads, ...told);
      if (isSaved) done += leads.length;
      return isSaved;
    },
  };
  await workJob({ ...context, store: counting }, jobId, () => done >= PERSONS * CUT_AT);
}
