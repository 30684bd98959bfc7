import { assignmentSchema } from "@regulars/core/assignment/assignment";
import { audienceOperationSchema } from "@regulars/core/bulk-operations/add-audience";
import { dealOperationSchema } from "@regulars/core/bulk-operations/change-deals";
import { contactSchema } from "@regulars/core/contacts/contact";
import { dealSchema, logEntrySchema } from "@regulars/core/deals/deal";
import { refusalReasonSchema } from "@regulars/core/sales-plans/refusal";
import { salesPlanSchema } from "@regulars/core/sales-plans/sales-plan";
import { statusSchema } from "@regulars/core/sales-plans/status";
import { statusMonitorSchema } from "@regulars/core/monitors/status-monitor";
import { webhookDeliverySchema, webhookSchema } from "@regulars/core/webhooks/webhook";
import { monitorJsonSchema } from "@regulars/functions/api/monitors/schemas";
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
import { deliverySchema as webhookDeliveryAnswer } from "@regulars/functions/api/webhooks/deliveries";
import { webhookAnswerSchema as webhookAnswer } from "@regulars/functions/api/webhooks/webhooks";
import { expect, it } from "vitest";
import type * as z from "zod";
import { type Answer, forgottenFields } from "./fields.ts";

const money = { amountMinor: "amount", currency: "amount" };
const closingInDeal = { closing: "reasonId", removedAt: "state" };
const inner = ["actorId", "requestId"];

/** The API's answer for each entity: fields under another name, and fields left out on purpose. */
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
    name: "status monitor",
    entity: statusMonitorSchema,
    schema: monitorJsonSchema,
    omitted: ["number", "criteriaVersion", "restoredOn", "resumedIn", "settledUntil"],
  },
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
