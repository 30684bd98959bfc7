import { type AssignmentState, assignmentStateSchema } from "@regulars/core/assignment/assignment-state";
import { type Assignment, assignmentSchema } from "@regulars/core/assignment/assignment";
import {
  type AudienceOperation,
  type AudienceChunk,
  audienceChunkSchema,
  audienceOperationSchema,
} from "@regulars/core/bulk-operations/add-audience";
import {
  type DealOperation,
  type DealOperationChunk,
  dealOperationChunkSchema,
  dealOperationSchema,
} from "@regulars/core/bulk-operations/change-deals";
import { boardRow } from "@regulars/core/boards/board-row";
import { type Contact, contactSchema } from "@regulars/core/contacts/contact";
import {
  type ClosedOutcome,
  type Deal,
  type DealClosing,
  type LogEntry,
  closingOf,
  closingSchema,
  dealSchema,
  logEntrySchema,
} from "@regulars/core/deals/deal";
import { type IdempotencyRecord, idempotencyRecordSchema } from "@regulars/core/deals/idempotency-record";
import { type InboundRequest, inboundRequestSchema } from "@regulars/core/leads/inbound-request";
import { type QueuedLead, queuedEntrySchema } from "@regulars/core/leads/queued-lead";
import {
  dealIdSchema,
  operationIdSchema,
  contactIdSchema,
  planIdSchema,
  reasonIdSchema,
  statusIdSchema,
} from "@regulars/core/platform/ids";
import { currencySchema, day, minor, toInstant, userIdSchema } from "@regulars/core/platform/values";
import { type RefusalReason, refusalReasonSchema } from "@regulars/core/sales-plans/refusal";
import { type SalesPlan, salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { statusSchema } from "@regulars/core/sales-plans/status";
import {
  type Webhook,
  type WebhookDelivery,
  webhookDeliverySchema,
  webhookSchema,
} from "@regulars/core/webhooks/webhook";
import { audienceOperationAnswerSchema as audienceOperationAnswer } from "@regulars/functions/api/bulk-operations/audience-operations";
import { dealOperationAnswerSchema as dealOperationAnswer } from "@regulars/functions/api/bulk-operations/deal-operations";
import { contactAnswerSchema } from "@regulars/functions/api/contacts/contacts";
import { logSchema, wholeDealSchema } from "@regulars/functions/api/deals/deals";
import { reasonSchema } from "@regulars/functions/api/sales-plans/refusal-reasons";
import {
  assignmentAnswerSchema as assignmentAnswer,
  candidatesSchema,
  salesPlanAnswerSchema,
  statusJson,
} from "@regulars/functions/api/sales-plans/schemas";
import {
  deliverySchema as webhookDeliveryAnswer,
  webhookAnswerSchema as webhookAnswer,
} from "@regulars/functions/api/webhooks/webhooks";
import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { type TestTenant, aTenantStore } from "../fixtures/tenant.ts";
import { type Answer, type Filled, emptyFields, forgottenFields } from "./fields.ts";

const at = toInstant(Date.parse("2026-11-23T12:00:00Z"));
const [anna, key] = [userIdSchema.parse("anna"), { scope: "key:k1", key: "order-1" }];
const [planId, statusId] = [planIdSchema.parse("pln_1"), statusIdSchema.parse("st_lost")];
const [dealId, personId] = [dealIdSchema.parse("deal_1_1"), contactIdSchema.parse("per_1")];
const [reasonId, operationId] = [reasonIdSchema.parse("rsn_price"), operationIdSchema.parse("op_1")];
const currency = currencySchema.parse("EUR");
const worth = { amountMinor: minor(19_900), currency };
const by = { actorId: "key:k1", requestId: "req-1" };

const plan: Filled<SalesPlan> = {
  planId,
  name: "Courses",
  label: "CRS",
  averageMinor: minor(10_000),
  currency,
  distribution: {
    mode: "uniform",
    affinity: "related",
    balance: "least",
    ownerAway: "wait",
    loadScope: "tenant",
  },
  members: [
    {
      userId: anna,
      weight: 2,
      cap: 10,
      hours: [{ days: [1, 2], from: "09:00", to: "18:00" }],
      vacations: [{ from: day("2026-12-24"), to: day("2026-12-31") }],
      isPaused: true,
    },
  ],
  statuses: [
    { statusId, name: "Lost", kind: "lost", colour: "#cc0000", refusal: { isRequired: true, reasonIds: [reasonId] } },
  ],
  tombstones: [
    { statusId: statusIdSchema.parse("st_old"), name: "Old", kind: "lost", position: 3, replacedBy: statusId },
  ],
  isArchived: true,
  version: 1,
  createdAt: at,
};

const state: Filled<AssignmentState> = {
  rules: { distribution: plan.distribution, members: plan.members },
  lastSequence: 4,
  assignedCount: 3,
  minPass: 720_720,
  rngState: 7,
  memberState: { [anna]: { pass: 720_720, last: 3 } },
};

const assignment: Filled<Assignment> = {
  state: "unassigned",
  managerId: anna,
  rule: "related>least",
  by: "related",
  reason: "waits-for-related",
  why: "anna is away today",
  evidence: [{ kind: "owner", userId: anna }],
  candidates: [{ userId: anna, load: 2, weight: 1, pass: 720_720, last: 3 }],
  skipped: [{ userId: anna, reason: "on-vacation" }],
};

const { by: _by, evidence: _evidence, candidates: _candidates, skipped: _skipped, ...brief } = assignment;

const dealClosing: Filled<DealClosing> = {
  kind: "lost",
  fromStatusId: statusIdSchema.parse("st_talk"),
  at,
  reasonId,
  clarification: "too dear",
};

const deal: Filled<Deal> = {
  dealId,
  planId,
  personId,
  title: "Course A",
  ...worth,
  statusId,
  managerId: anna,
  closing: dealClosing,
  removedAt: at,
  isExtra: true,
  version: 2,
  sequence: 1,
  createdAt: at,
  changedAt: at,
  occurredAt: at,
  source: { tunnelId: "t1", blockId: "b1", utm: { source: "mail" } },
  fields: { size: "L" },
  assignment: brief,
};

const log: Filled<LogEntry> = {
  dealId,
  version: 2,
  action: "closed",
  at,
  ...by,
  before: { statusId: "st_talk" },
  after: { statusId: "st_lost" },
  assignment,
  comment: "by phone",
};

const closing: Filled<ClosedOutcome> = {
  ...dealClosing,
  dealId,
  planId,
  managerId: anna,
  statusId,
  ...worth,
  version: 2,
  actorId: "key:k1",
  cancelled: { at, actorId: "user:anna", comment: "by mistake" },
};

const queued: Filled<QueuedLead> = { kind: "lead", sequence: 1, deal, chosen: anna, isNewPerson: true, ...by };

const contact: Filled<Contact> = {
  personId,
  externalId: "crm-7",
  name: "Olena K.",
  email: "olena@example.com",
  phone: "+380501234567",
  ownerId: anna,
  createdAt: at,
};

const idempotencyRecord: Filled<IdempotencyRecord> = {
  fingerprint: "f1",
  dealId,
  isDuplicate: true,
  requestId: "req-1",
  expiresAt: 1_900_000_000,
  answer: { statusId, version: 2, assignment: brief },
};

const inboundRequest: Filled<InboundRequest> = {
  requestId: "req-1",
  actorId: "key:k1",
  scope: "key:k1",
  action: "leads.add",
  planId,
  at,
  status: 422,
  problem: "unusable-fields",
  paths: ["deal.amount"],
  dealId,
  key: "order-1",
  isStrict: true,
  isReplayOf: "req-0",
  body: "{}",
};

const reason: Filled<RefusalReason> = { reasonId, name: "Price", needsClarification: true, isArchived: true };

const webhook: Filled<Webhook> = {
  webhookId: "wh_1",
  url: "https://example.com/deals",
  events: ["deal.closed"],
  secret: "whsec_a",
  oldSecret: "whsec_b",
  oldSecretUntil: at,
  isActive: true,
  failingSince: at,
  disabledReason: "gone",
  disabledAt: at,
  createdAt: at,
  version: 1,
};

const webhookDelivery: Filled<WebhookDelivery> = {
  deliveryId: "whd_1",
  webhookId: "wh_1",
  type: "deal.closed",
  event: { id: "e1" },
  correlationId: "req-1",
  isBulk: true,
  state: "waiting",
  attempts: 1,
  tries: [{ at, status: 500, error: "refused" }],
  createdAt: at,
  dueAt: at,
};

const audienceOperation: Filled<AudienceOperation> = {
  operationId,
  planId,
  state: "running",
  asked: {
    audience: {
      personIds: [personId],
      ownerId: anna,
      knownFrom: day("2026-11-01"),
      knownTo: day("2026-11-23"),
      hasEmail: true,
      hasPhone: true,
      search: "olena",
    },
    managerId: anna,
    statusId,
    title: "Course A",
  },
  total: 4,
  next: 3,
  added: 1,
  duplicates: 1,
  failed: 1,
  ...by,
  createdAt: at,
  finishedAt: at,
};
const audiencePage: Filled<AudienceChunk> = {
  chunk: 0,
  members: [personId],
  results: [{ state: "failed", dealId, reason: "not-allowed" }],
};

const dealOperation: Filled<DealOperation> = {
  operationId,
  planId,
  state: "running",
  change: { action: "move", statusId, reasonId, clarification: "too dear" },
  total: 4,
  next: 3,
  changed: 1,
  same: 1,
  failed: 1,
  ...by,
  createdAt: at,
  finishedAt: at,
};
const dealPage: Filled<DealOperationChunk> = {
  chunk: 0,
  members: [{ dealId, managerId: anna }],
  results: [{ state: "failed", reason: "stale" }],
};

/** One entity of the sales side: its schema, a sample with every field, and the way through the store and back. */
interface Entity {
  readonly name: string;
  readonly schema: z.core.$ZodType;
  readonly sample: object;
  readonly throughStore: (testTenant: TestTenant) => Promise<unknown>;
}

/** Stores the sample deal with its log entry and its closing. */
async function saveDeal({ store }: TestTenant): Promise<void> {
  const { dealId: _dealId, version: _version, ...entry } = log;
  const before: Deal = { ...deal, version: 1 };
  await store.sales.dealImports.save([{ deal: before, newIdentities: [] }], { at, ...by });
  expect(await store.sales.deals.save({ before, after: deal, log: entry, closing })).toBe("saved");
}

const entities: readonly Entity[] = [
  {
    name: "sales plan",
    schema: salesPlanSchema,
    sample: plan,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.salesPlans.create(plan, state);
      return plans.salesPlans.plan(planId);
    },
  },
  {
    name: "assignment state",
    schema: assignmentStateSchema,
    sample: state,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.salesPlans.create(plan, state);
      return (await plans.assignment.assignmentStateOf(planId))?.assignmentState;
    },
  },
  {
    name: "deal",
    schema: dealSchema,
    sample: deal,
    throughStore: async (testTenant) => {
      await saveDeal(testTenant);
      return testTenant.store.sales.deals.deal(dealId);
    },
  },
  {
    name: "log entry",
    schema: logEntrySchema,
    sample: log,
    throughStore: async (testTenant) => {
      await saveDeal(testTenant);
      return testTenant.store.sales.deals.logEntry(dealId, 2);
    },
  },
  {
    name: "closing",
    schema: closingSchema,
    sample: closing,
    throughStore: async (testTenant) => {
      await saveDeal(testTenant);
      return (await testTenant.store.sales.deals.closings(dealId)).find(({ version }) => version === 2);
    },
  },
  {
    name: "queued lead, with its contact",
    schema: queuedEntrySchema,
    sample: queued,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.leads.save([{ queueEntry: queued, newPerson: contact, newIdentities: [] }]);
      return plans.assignment.sequence(planId, 1);
    },
  },
  {
    name: "contact",
    schema: contactSchema,
    sample: contact,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.leads.savePersons([{ personId, newPerson: contact, newIdentities: [] }]);
      return plans.contacts.person(personId);
    },
  },
  {
    name: "idempotency record",
    schema: idempotencyRecordSchema,
    sample: idempotencyRecord,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.leads.noteIdempotencyRecord({ ...idempotencyRecord, key }, at);
      return (await plans.leads.findMany(planId, [{ key, identities: [] }])).found[0]?.idempotencyRecord;
    },
  },
  {
    name: "inbound request",
    schema: inboundRequestSchema,
    sample: inboundRequest,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.inboundRequests.note([inboundRequest]);
      return plans.inboundRequests.find("key:k1", "req-1");
    },
  },
  {
    name: "refusal reason",
    schema: refusalReasonSchema,
    sample: reason,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.salesPlans.saveReason(reason);
      return (await plans.salesPlans.reasons()).get(reasonId);
    },
  },
  {
    name: "webhook",
    schema: webhookSchema,
    sample: webhook,
    throughStore: async ({ store: { webhooks } }) => {
      await webhooks.create(webhook);
      return webhooks.find("wh_1");
    },
  },
  {
    name: "webhook delivery",
    schema: webhookDeliverySchema,
    sample: webhookDelivery,
    throughStore: async ({ store: { webhooks } }) => {
      await webhooks.finish(webhookDelivery);
      return webhooks.delivery("wh_1", "whd_1");
    },
  },
  {
    name: "bulk add",
    schema: audienceOperationSchema,
    sample: audienceOperation,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.audienceOperations.start(audienceOperation);
      return plans.audienceOperations.find(operationId);
    },
  },
  {
    name: "page of a bulk add",
    schema: audienceChunkSchema,
    sample: audiencePage,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.audienceOperations.saveChunk(operationId, audiencePage);
      return plans.audienceOperations.chunk(operationId, 0);
    },
  },
  {
    name: "bulk change",
    schema: dealOperationSchema,
    sample: dealOperation,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.dealOperations.start(dealOperation);
      return plans.dealOperations.find(operationId);
    },
  },
  {
    name: "page of a bulk change",
    schema: dealOperationChunkSchema,
    sample: dealPage,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.dealOperations.saveChunk(operationId, dealPage);
      return plans.dealOperations.chunk(operationId, 0);
    },
  },
];

describe.each(entities)("$name", ({ schema, sample, throughStore }) => {
  it("has a sample with every field", () => {
    expect(emptyFields(schema, sample)).toEqual([]);
  });

  it("is read from the store with every field that was written", async () => {
    expect(await throughStore(aTenantStore())).toEqual(sample);
  });
});

it("a board's row of a deal is read as it was written", async () => {
  const testTenant = aTenantStore();
  const { removedAt: _removedAt, ...shown } = deal;
  await testTenant.store.sales.salesPlans.create(plan, state);
  await testTenant.store.sales.dealImports.save([{ deal: shown, newPerson: contact, newIdentities: [] }], {
    at,
    ...by,
  });
  expect(await testTenant.store.sales.boards.rows(planId)).toEqual([boardRow(shown, contact)]);
});

it("a deal's closing carries everything that the deal says of it", () => {
  const { cancelled: _cancelled, ...made } = closing;
  expect(closingOf(deal, "key:k1")).toEqual(made);
});

const money = { amountMinor: "amount", currency: "amount" };
const closingInDeal = { closing: "reasonId", removedAt: "state" };
const inner = ["actorId", "requestId"];

/** What of each entity the API answers, under which name, and what it leaves out. */
const answers: readonly (Answer & { readonly name: string; readonly entity: z.ZodObject })[] = [
  {
    name: "sales plan",
    entity: salesPlanSchema,
    schema: salesPlanAnswerSchema,
    renamed: { averageMinor: "averageBill", currency: "averageBill" },
    omitted: ["tombstones"],
  },
  { name: "status", entity: statusSchema, schema: statusJson },
  {
    name: "deal",
    entity: dealSchema,
    schema: wholeDealSchema,
    renamed: { ...money, ...closingInDeal },
    omitted: ["isExtra", "sequence"],
  },
  { name: "assignment of a deal", entity: dealSchema.shape.assignment.unwrap(), schema: assignmentAnswer },
  { name: "assignment", entity: assignmentSchema, schema: candidatesSchema, omitted: ["by"] },
  { name: "log entry", entity: logEntrySchema, schema: logSchema, omitted: ["dealId"] },
  { name: "contact", entity: contactSchema, schema: contactAnswerSchema },
  { name: "refusal reason", entity: refusalReasonSchema, schema: reasonSchema },
  {
    name: "webhook",
    entity: webhookSchema,
    schema: webhookAnswer,
    omitted: ["secret", "oldSecret", "oldSecretUntil", "version"],
  },
  {
    name: "webhook delivery",
    entity: webhookDeliverySchema,
    schema: webhookDeliveryAnswer,
    renamed: { dueAt: "nextAttemptAt" },
    omitted: ["webhookId", "correlationId", "isBulk"],
  },
  {
    name: "bulk add",
    entity: audienceOperationSchema,
    schema: audienceOperationAnswer,
    renamed: { next: "done" },
    omitted: ["asked", ...inner],
  },
  {
    name: "bulk change",
    entity: dealOperationSchema,
    schema: dealOperationAnswer,
    renamed: { next: "done", change: "action" },
    omitted: inner,
  },
];

it.each(answers)("the API answers every field of a $name, or leaves it out on purpose", ({ entity, ...answer }) => {
  expect(forgottenFields(entity, answer)).toEqual([]);
});
