import { dealEventTypes } from "@regulars/core/deals/deal-event";
import { newDesk } from "@regulars/core/assignment/assignment-state";
import { jobIdSchema, planIdSchema, reasonIdSchema, statusIdSchema } from "@regulars/core/platform/ids";
import { leadSchema } from "@regulars/core/leads/lead-payload";
import { makePlan, newPlanSchema, rulesOf } from "@regulars/core/sales-plans/sales-plan";
import type { Tenant } from "@regulars/core/tenants/tenant";
import { toInstant } from "@regulars/core/platform/values";
import { addToPlan } from "@regulars/flows/leads/add-to-plan";
import { PlanRooms } from "@regulars/flows/leads/lead-batcher";
import { planContextOf } from "@regulars/functions/effects";
import type { TenantStore } from "@regulars/store/tenant-store";
import { DESK_NOW } from "./api-desk.ts";

/** The sales plan that the documentation's examples speak of: a deal in it, a mass action, a delivery, a reason. */
export async function aPlanWorld(tenant: Tenant, store: TenantStore, mark: string): Promise<void> {
  const { plans } = store;
  const at = toInstant(DESK_NOW);
  await plans.saveReason({
    reasonId: reasonIdSchema.parse("rsn_price"),
    name: `Price${mark}`,
    needsClarification: false,
    isArchived: false,
  });
  const asked = newPlanSchema.parse({
    name: `Course A${mark}`,
    distribution: { mode: "uniform", affinity: "related", balance: "even" },
    members: [{ userId: "anna" }, { userId: "bo" }],
    statuses: [
      { name: "New", kind: "intermediate" },
      { name: "Talking", kind: "intermediate" },
      { name: "Offer", kind: "intermediate" },
      { name: "Won", kind: "won" },
      { name: "Lost", kind: "lost", refusal: { isRequired: true, reasonIds: ["rsn_price"] } },
    ],
  });
  const made = makePlan(asked, {
    planId: planIdSchema.parse("pln_0000000000001"),
    statusIds: ["st_new", "st_talk", "st_offer", "st_won", "st_lost"].map((id) => statusIdSchema.parse(id)),
    createdAt: at,
    currency: tenant.currency,
  });
  if (!made.ok) throw new Error(made.message);
  const { planId } = made.value;
  await plans.createPlan(made.value, newDesk(rulesOf(made.value), 1));
  const context = planContextOf(tenant, store, { clock: () => DESK_NOW, planRooms: new PlanRooms() });
  const added = await addToPlan({
    // The person's id is the one of the examples.
    context: { ...context, world: { ...context.world, newId: () => "1" } },
    planId,
    lead: leadSchema.parse({ person: { externalId: "sub1", name: `Olena${mark}`, email: "sub1@example.com" } }),
    actorId: "key:k000000000001",
    requestId: "req_example",
    patienceMs: 60_000,
  });
  if (!added.ok) throw new Error(added.message);
  const closed = await addToPlan({
    context,
    planId,
    lead: leadSchema.parse({
      person: { externalId: "sub3", name: `Ivan${mark}` },
      deal: { statusId: "st_lost", reasonId: "rsn_price", clarification: `too dear${mark}` },
    }),
    actorId: "key:k000000000001",
    requestId: "req_example_2",
    patienceMs: 60_000,
  });
  if (!closed.ok) throw new Error(closed.message);
  const dealJobId = jobIdSchema.parse("job_2");
  await plans.saveDealJobPage(dealJobId, { page: 0, members: [{ dealId: added.value.dealId }], results: [] });
  await plans.startDealJob({
    jobId: dealJobId,
    planId,
    state: "running",
    change: { action: "cancel" },
    total: 1,
    next: 0,
    changed: 0,
    same: 0,
    failed: 0,
    actorId: "user:ada",
    requestId: "req_example_2",
    createdAt: at,
  });
  const jobId = jobIdSchema.parse("job_1");
  await plans.startJob({
    jobId,
    planId,
    state: "running",
    asked: { audience: {} },
    total: 1,
    next: 0,
    added: 0,
    duplicates: 0,
    failed: 0,
    actorId: "user:ada",
    requestId: "req_example",
    createdAt: at,
  });
  await plans.saveJobPage(jobId, {
    page: 0,
    members: added.value.personId === undefined ? [] : [added.value.personId],
    results: [],
  });
  await plans.noteHooks([
    {
      requestId: "req_example",
      actorId: "key:k000000000001",
      scope: `machine:old erp${mark}`,
      action: "leads.add",
      planId,
      at,
      status: 201,
      dealId: added.value.dealId,
      key: "example",
      body: JSON.stringify({ person: { externalId: "sub2", name: `Petro${mark}` } }),
    },
  ]);
  await aWebhookWorld(store, mark);
}

/** A subscription with a delivery; nothing listens where it leads. */
async function aWebhookWorld({ webhooks }: TenantStore, mark: string): Promise<void> {
  const createdAt = toInstant(DESK_NOW);
  await webhooks.create({
    webhookId: "wh_1",
    url: "http://127.0.0.1:9/deals",
    events: [...dealEventTypes],
    secret: "whsec_c2VjcmV0IG9mIHRlc3RzLCB0aGlydHktdHdvIGJ5dGVz",
    isActive: false,
    createdAt,
    version: 1,
  });
  await webhooks.finish({
    deliveryId: "evt_deal_0000000000001_1_1_created",
    webhookId: "wh_1",
    type: "deal.created",
    event: { type: "deal.created", data: { title: `Course A${mark}` } },
    correlationId: "req_example",
    isBulk: false,
    state: "failed",
    attempts: 1,
    tries: [{ at: createdAt, status: 500 }],
    createdAt,
    dueAt: createdAt,
  });
}
