import { assignmentStateSchema } from "@regulars/core/assignment/assignment-state";
import { audienceChunkSchema, audienceOperationSchema } from "@regulars/core/bulk-operations/add-audience";
import { dealOperationChunkSchema, dealOperationSchema } from "@regulars/core/bulk-operations/change-deals";
import { linkDecisionSchema, suggestionRunSchema } from "@regulars/core/code-red/link-review";
import { linkSuggestionSchema } from "@regulars/core/code-red/suggest-links";
import { ok } from "@regulars/core/platform/result";
import { contactSchema } from "@regulars/core/contacts/contact";
import { type Deal, closingSchema, dealSchema, logEntrySchema } from "@regulars/core/deals/deal";
import { idempotencyRecordSchema } from "@regulars/core/deals/idempotency-record";
import { inboundRequestSchema } from "@regulars/core/leads/inbound-request";
import { queuedEntrySchema } from "@regulars/core/leads/queued-lead";
import { followUpSchema, placeOf } from "@regulars/core/monitors/follow-up";
import { selectionSchema } from "@regulars/core/monitors/selection";
import { selectionChunkSchema, selectionOperationSchema } from "@regulars/core/monitors/selection-action";
import { noPreferences, preferencesSchema } from "@regulars/core/notifications/preferences";
import { type Introduction, introductionSchema } from "@regulars/core/relationships/introduction";
import { optOutSchema } from "@regulars/core/relationships/opt-out";
import { refusalReasonSchema } from "@regulars/core/sales-plans/refusal";
import { salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { statusMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { webhookDeliverySchema, webhookSchema } from "@regulars/core/webhooks/webhook";
import { expect } from "vitest";
import { introductionMessage } from "../fixtures/introduction-message.ts";
import type { TestTenant } from "../fixtures/tenant.ts";
import { audienceOperation, audiencePage, dealOperation, dealPage } from "./samples/bulk-operations.ts";
import { deal, log, closing } from "./samples/deals.ts";
import { linkDecision, linkSuggestion, suggestionRun } from "./samples/link-suggestions.ts";
import { contact, queued, idempotencyRecord, inboundRequest } from "./samples/leads.ts";
import { followUp, monitor, selection, selectionChunk, selectionOperation } from "./samples/monitors.ts";
import { preferences } from "./samples/notifications.ts";
import { plan, state, reason } from "./samples/sales-plans.ts";
import { at, key, planId, dealId, personId, reasonId, operationId, by } from "./samples/values.ts";
import { introduction, optOut } from "./samples/who-knows.ts";
import { webhook, webhookDelivery } from "./samples/webhooks.ts";
import type * as z from "zod";

/** One stored entity of the sales plans, of status monitors, of suggested links or of notifications: its schema, a sample with every field, and how to write and read it. */
interface StoredEntity {
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

/** Every stored entity of the sales plans, of status monitors, of suggested links and of notifications. */
export const entities: readonly StoredEntity[] = [
  {
    name: "run of suggested links",
    schema: suggestionRunSchema,
    sample: suggestionRun,
    throughStore: async ({ store: { links } }) => {
      await links.keepSuggestions({ run: suggestionRun, suggestions: [] });
      return (await links.suggestions())?.run;
    },
  },
  {
    name: "suggested link",
    schema: linkSuggestionSchema,
    sample: linkSuggestion,
    throughStore: async ({ store: { links } }) => {
      await links.keepSuggestions({ run: suggestionRun, suggestions: [linkSuggestion] });
      return (await links.suggestions())?.suggestions[0];
    },
  },
  {
    name: "decision about a suggested link",
    schema: linkDecisionSchema,
    sample: linkDecision,
    throughStore: async ({ store: { links } }) => {
      await links.decide(linkDecision, () => ok(linkDecision));
      return (await links.decisions())[0];
    },
  },
  {
    name: "status monitor",
    schema: statusMonitorSchema,
    sample: monitor,
    throughStore: async ({ store: { monitors } }) => {
      await monitors.create(monitor);
      return monitors.monitor(monitor.statusId);
    },
  },
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
    name: "chunk of a bulk add",
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
    name: "chunk of a bulk change",
    schema: dealOperationChunkSchema,
    sample: dealPage,
    throughStore: async ({ store: { sales: plans } }) => {
      await plans.dealOperations.saveChunk(operationId, dealPage);
      return plans.dealOperations.chunk(operationId, 0);
    },
  },
  {
    name: "follow-up",
    schema: followUpSchema,
    sample: followUp,
    throughStore: async ({ store: { followUps } }) => {
      await followUps.create(followUp);
      return followUps.find(placeOf(followUp.cause, followUp.owner));
    },
  },
  {
    name: "selection",
    schema: selectionSchema,
    sample: selection,
    throughStore: async ({ store: { selections } }) => {
      await selections.create(selection);
      return selections.find(selection.selectionId);
    },
  },
  {
    name: "action on a selection",
    schema: selectionOperationSchema,
    sample: selectionOperation,
    throughStore: async ({ store: { selectionOperations } }) => {
      await selectionOperations.start(selectionOperation);
      return selectionOperations.find(operationId);
    },
  },
  {
    name: "chunk of an action on a selection",
    schema: selectionChunkSchema,
    sample: selectionChunk,
    throughStore: async ({ store: { selectionOperations } }) => {
      await selectionOperations.saveChunk(operationId, selectionChunk);
      return selectionOperations.chunk(operationId, 0);
    },
  },
  {
    name: "notification preferences",
    schema: preferencesSchema,
    sample: preferences,
    throughStore: async ({ store }) => {
      await store.preferences.save({ type: "tenant" }, { before: noPreferences, after: preferences }, undefined);
      return store.preferences.of({ type: "tenant" });
    },
  },
  {
    name: "opt-out",
    schema: optOutSchema,
    sample: optOut,
    throughStore: async ({ store: { whoKnows } }) => {
      await whoKnows.optOut(optOut);
      return (await whoKnows.optOuts())[0];
    },
  },
  {
    name: "introduction",
    schema: introductionSchema,
    sample: introduction,
    throughStore: async ({ store: { whoKnows } }) => {
      const { introductions } = whoKnows;
      const before: Introduction = { ...introduction, state: "requested" };
      await introductions.add({
        introduction: before,
        follows: undefined,
        before: { askedAt: [], version: 0 },
        askedAt: [at],
        message: introductionMessage(introduction),
      });
      await introductions.change(before, introduction);
      return introductions.find(introduction.introductionId);
    },
  },
];
