import * as z from "zod";
import { evidenceKinds, unassignedReasons } from "@regulars/core/assignment/assignment";
import { dealActions } from "@regulars/core/deals/deal";
import { distributionSchema } from "@regulars/core/sales-plans/distribution";
import {
  dealIdSchema,
  leadPersonIdSchema,
  planIdSchema,
  reasonIdSchema,
  statusIdSchema,
} from "@regulars/core/platform/ids";
import { memberSchema, skipReasons } from "@regulars/core/sales-plans/member";
import { statusKinds } from "@regulars/core/sales-plans/status";
import { type Instant, currencySchema, minorSchema, userIdSchema } from "@regulars/core/platform/values";

/** Shapes of what is stored of sales plans, as their readers check them. */

export const instant = z.string().transform((text) => text as Instant);
const text = z.string().optional();

export const rulesSchema = z.object({ distribution: distributionSchema, members: z.array(memberSchema) });

const statusSchema = z.object({
  statusId: statusIdSchema,
  name: z.string(),
  kind: z.enum(statusKinds),
  colour: z.string(),
  refusal: z.object({ isRequired: z.boolean(), reasonIds: z.array(reasonIdSchema) }).optional(),
});

const tombstoneSchema = z.object({
  statusId: statusIdSchema,
  name: z.string(),
  kind: z.enum(statusKinds),
  position: z.int(),
  replacedBy: statusIdSchema.optional(),
});

export const planSchema = rulesSchema.extend({
  planId: planIdSchema,
  name: z.string(),
  label: z.string(),
  averageMinor: minorSchema,
  currency: currencySchema,
  statuses: z.array(statusSchema),
  tombstones: z.array(tombstoneSchema),
  isArchived: z.boolean(),
  version: z.int(),
  createdAt: instant,
});

export const deskSchema = z.object({
  rules: rulesSchema,
  done: z.int(),
  served: z.int(),
  floor: z.number(),
  chance: z.int(),
  turns: z.record(userIdSchema, z.object({ pass: z.number(), last: z.int() })),
});

const closingPart = z.object({
  kind: z.enum(["won", "lost"]),
  fromStatusId: statusIdSchema.optional(),
  at: instant,
  reasonId: reasonIdSchema.optional(),
  clarification: text,
});

const briefAssignmentSchema = z.object({
  state: z.enum(["assigned", "unassigned"]),
  managerId: userIdSchema.optional(),
  rule: z.string(),
  reason: z.enum(unassignedReasons).optional(),
  why: z.string(),
});

export const dealSchema = z.object({
  dealId: dealIdSchema,
  planId: planIdSchema,
  personId: leadPersonIdSchema,
  title: z.string(),
  amountMinor: minorSchema,
  currency: currencySchema,
  statusId: statusIdSchema,
  managerId: userIdSchema.optional(),
  closing: closingPart.optional(),
  removedAt: instant.optional(),
  isExtra: z.boolean(),
  version: z.int(),
  ticket: z.int().optional(),
  createdAt: instant,
  changedAt: instant,
  occurredAt: instant.optional(),
  source: z.object({ tunnelId: text, blockId: text, utm: z.record(z.string(), z.string()).optional() }).optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
  assignment: briefAssignmentSchema.optional(),
});

const assignmentSchema = briefAssignmentSchema.extend({
  by: z.enum(["chosen", "related", "even", "least"]).optional(),
  evidence: z.array(z.object({ kind: z.enum(evidenceKinds), userId: userIdSchema })),
  candidates: z.array(
    z.object({
      userId: userIdSchema,
      load: z.number(),
      weight: z.number(),
      pass: z.number(),
      last: z.number(),
    }),
  ),
  skipped: z.array(z.object({ userId: userIdSchema, reason: z.enum(skipReasons) })),
});

export const logEntrySchema = z.object({
  dealId: dealIdSchema,
  version: z.int(),
  action: z.enum(dealActions),
  at: instant,
  actorId: z.string(),
  requestId: z.string(),
  before: z.record(z.string(), z.unknown()).optional(),
  after: z.record(z.string(), z.unknown()).optional(),
  assignment: assignmentSchema.optional(),
  comment: text,
});

export const closingSchema = closingPart.extend({
  dealId: dealIdSchema,
  planId: planIdSchema,
  managerId: userIdSchema.optional(),
  statusId: statusIdSchema,
  amountMinor: minorSchema,
  currency: currencySchema,
  version: z.int(),
  actorId: z.string(),
  cancelled: z.object({ at: instant, actorId: z.string(), comment: text }).optional(),
});

export const ticketSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("lead"),
    ticket: z.int(),
    deal: dealSchema,
    chosen: userIdSchema.optional(),
    isNewPerson: z.boolean(),
    actorId: z.string(),
    requestId: z.string(),
  }),
  z.object({ kind: z.literal("rules"), ticket: z.int(), rules: rulesSchema }),
  z.object({ kind: z.literal("void"), ticket: z.int() }),
]);

export const leadPersonSchema = z.object({
  personId: leadPersonIdSchema,
  externalId: text,
  name: text,
  email: text,
  phone: text,
  ownerId: userIdSchema.optional(),
  createdAt: instant,
});

export const deliverySchema = z.object({
  fingerprint: z.string(),
  dealId: dealIdSchema,
  isDuplicate: z.boolean(),
  requestId: z.string(),
  expiresAt: z.number(),
  answer: z
    .object({ statusId: statusIdSchema, version: z.int(), assignment: briefAssignmentSchema.optional() })
    .optional(),
});
