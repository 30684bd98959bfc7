import { dealFormats } from "@regulars/core/deals/deal-formats";
import { newAssignmentState } from "@regulars/core/assignment/assignment-state";
import { dealIdSchema } from "@regulars/core/platform/ids";
import { makeSalesPlan, rulesOf } from "@regulars/core/sales-plans/sales-plan";
import { type Day, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { addToPlan } from "@regulars/flows/leads/add-to-plan";
import { reopenDeal } from "@regulars/flows/deals/cancel-deal";
import { importDeals } from "@regulars/flows/deals/import-deals";
import type { SourceRecord } from "@regulars/flows/imports/import-file";
import type { SalesContext } from "@regulars/flows/sales-context";
import type { Cells } from "./catalogue.ts";
import { demoDeals } from "./demo-deals.ts";
import { type DemoLead, type DemoPlan, demoLeads, demoPlans, demoReasons } from "./demo-plans.ts";
import { managerId, userRecords } from "./staff.ts";

/** Source of the demo's idempotency keys, so that an interrupted seeding adds no lead twice. */
const SCOPE = "demo";
const ACTOR = `user:${managerId}`;

/**
 * Seeds the demo company's sales plans: four months of imported deals, the leads that integrations sent on its last
 * day, and a lost deal that its manager reopened. Idempotent.
 */
export async function seedDemoPlans(
  context: SalesContext,
  { seed, asOf }: { readonly seed: number; readonly asOf: Day },
): Promise<void> {
  for (const reason of demoReasons) await context.store.salesPlans.saveReason(reason);
  for (const plan of Object.values(demoPlans)) await makeDemoPlan(atTime(context, asOf, "05:00"), plan);
  const rows = demoDeals({ seed, asOf });
  await importDemoDeals(atTime(context, asOf, "06:00"), rows);
  for (const lead of demoLeads(regularOf(rows))) await sendLead(atTime(context, asOf, lead.at), lead);
  await reopenLatestLoss(atTime(context, asOf, "15:00"), rows);
}

/** The context with the clock set to a time of the demo's last day, UTC. */
function atTime(context: SalesContext, asOf: Day, time: string): SalesContext {
  const moment = Date.parse(`${asOf}T${time}:00Z`);
  return { ...context, effects: { ...context.effects, clock: () => moment } };
}

async function makeDemoPlan({ store, tenant, effects }: SalesContext, { planId, statusIds, asked }: DemoPlan) {
  const createdAt = toInstant(effects.clock());
  const plan = succeeded(makeSalesPlan(asked, { planId, statusIds, createdAt, currency: tenant.currency }));
  await store.salesPlans.create(plan, newAssignmentState(rulesOf(plan), 1));
}

async function importDemoDeals(context: SalesContext, rows: readonly Cells[]): Promise<void> {
  const format = dealFormats.find(({ id }) => id === "regulars");
  if (format === undefined) throw new Error("there is no own format of deals");
  const imported = await importDeals({
    context,
    planId: demoPlans.restaurants.planId,
    format,
    records: sourcesOf(rows),
    users: userRecords().map(({ userId }) => userIdSchema.parse(userId)),
    onReject: ({ line, reason }) => {
      throw new Error(`the demo's deals row ${line} was rejected: ${reason}`);
    },
    actorId: ACTOR,
  });
  succeeded(imported);
}

async function sendLead(context: SalesContext, { plan, at, lead }: DemoLead): Promise<void> {
  const added = await addToPlan({
    context,
    planId: plan.planId,
    lead,
    sender: { scope: SCOPE, key: `${plan.planId}:${at}` },
    actorId: `key:${lead.source?.tunnelId ?? "demo"}`,
    requestId: `demo:${at}`,
  });
  succeeded(added);
}

async function reopenLatestLoss(context: SalesContext, rows: readonly Cells[]): Promise<void> {
  const lost = rows.findLast(({ status, reasonId }) => status === "Lost" && reasonId === "rsn_timing");
  if (lost === undefined) return;
  const opened = await reopenDeal({
    context,
    planId: demoPlans.restaurants.planId,
    sought: { dealId: dealIdSchema.parse(lost["dealId"]) },
    sender: { scope: SCOPE, key: "reopened" },
    comment: "They called: the kitchen is ready",
    actorId: ACTOR,
    requestId: "demo:reopened",
  });
  succeeded(opened);
}

/** A deal whose person became a customer. */
function regularOf(rows: readonly Cells[]): { readonly name: string; readonly email: string } {
  const won = rows.findLast(({ status }) => status === "Customer");
  return { name: won?.["name"] ?? "", email: won?.["email"] ?? "" };
}

async function* sourcesOf(rows: readonly Cells[]): AsyncGenerator<SourceRecord> {
  for (const [i, record] of rows.entries()) yield await Promise.resolve({ line: i + 2, record });
}

/** The value of a result; throws on a refusal, because the demo's own data must be valid. */
function succeeded<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string },
) {
  if (!result.ok) throw new Error(`the demo's sales plans: ${result.message}`);
  return result.value;
}
