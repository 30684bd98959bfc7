import type { Assignment } from "@regulars/core/assignment/assignment";
import { type Deal, shownDealSchema } from "@regulars/core/deals/deal";
import { shownOf } from "@regulars/core/platform/shown";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import { newPlanSchema, salesPlanChangeSchema } from "@regulars/core/sales-plans/sales-plan";
import { leadPayloadSchema } from "@regulars/core/leads/lead-payload";
import { statusKinds } from "@regulars/core/sales-plans/status";
import * as z from "zod";
import { lookup, moneySchema } from "../http/schemas.ts";
import { shownFields } from "../http/shown-fields.ts";

/** Ids of the documentation's examples. */
export const EXAMPLE_PLAN = "pln_0000000000001";
export const EXAMPLE_DEAL = "deal_0000000000001_1";
/** A closed deal. */
export const EXAMPLE_CLOSED = "deal_0000000000001_2";

/** Path parameters below a sales plan, and below a deal. */
export const planParam = z.object({ planId: lookup(EXAMPLE_PLAN) });
export const dealParam = planParam.extend({ dealId: lookup(EXAMPLE_DEAL) });

/** The version that a change is based on. */
export const versionQuery = z.object({
  version: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .meta({ description: "The version that the change is based on; a stale one is rejected" }),
});

/** A schema of core for the document only: the handler validates it and names every invalid field. */
const described = (schema: z.ZodType, id: string) => {
  const { $schema: _dialect, ...written } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return z.custom<unknown>(() => true).meta({ ...written, id, type: "object" });
};

export const leadBody = described(leadPayloadSchema, "Lead");
export const newPlanBody = described(newPlanSchema, "NewSalesPlan");
export const planChangeBody = described(salesPlanChangeSchema, "SalesPlanChange");

export const statusJson = z
  .object({
    statusId: z.string(),
    name: z.string(),
    kind: z.enum(statusKinds),
    colour: z.string(),
    refusal: z.object({ isRequired: z.boolean(), reasonIds: z.array(z.string()) }).nullable(),
  })
  .meta({ id: "Status" });

export const salesPlanAnswerSchema = z
  .object({
    planId: z.string(),
    name: z.string(),
    label: z.string(),
    averageBill: moneySchema,
    distribution: z.looseObject({ mode: z.enum(["manual", "uniform"]) }),
    members: z.array(z.looseObject({ userId: z.string() })),
    statuses: z.array(statusJson),
    isArchived: z.boolean(),
    version: z.int(),
    createdAt: z.string(),
  })
  .meta({ id: "Plan", description: "A sales plan: statuses in order, members, and how leads are assigned" });

export const salesPlanJson = (plan: SalesPlan): z.output<typeof salesPlanAnswerSchema> => ({
  planId: plan.planId,
  name: plan.name,
  label: plan.label,
  averageBill: { minor: plan.averageMinor, currency: plan.currency },
  distribution: { ...plan.distribution },
  members: plan.members.map((member) => ({ ...member })),
  statuses: plan.statuses.map(({ statusId, name, kind, colour, refusal }) => ({
    statusId,
    name,
    kind,
    colour,
    refusal: refusal === undefined ? null : { isRequired: refusal.isRequired, reasonIds: [...refusal.reasonIds] },
  })),
  isArchived: plan.isArchived,
  version: plan.version,
  createdAt: plan.createdAt,
});

export const assignmentAnswerSchema = z
  .object({
    state: z.enum(["assigned", "unassigned", "waiting"]),
    managerId: z.string().nullable(),
    rule: z.string().nullable(),
    reason: z.string().nullable(),
    why: z.string().nullable(),
  })
  .meta({ id: "Assignment" });

/** Null for a lead that is not assigned yet. */
export const assignmentJson = (given: Deal["assignment"]): z.output<typeof assignmentAnswerSchema> =>
  given === undefined
    ? { state: "waiting", managerId: null, rule: null, reason: null, why: null }
    : {
        state: given.state,
        managerId: given.managerId ?? null,
        rule: given.rule,
        reason: given.reason ?? null,
        why: given.why,
      };

export const candidatesSchema = assignmentAnswerSchema
  .extend({
    evidence: z.array(z.object({ kind: z.string(), userId: z.string() })),
    candidates: z.array(z.object({ userId: z.string(), load: z.int(), weight: z.int() })),
    skipped: z.array(z.object({ userId: z.string(), reason: z.string() })),
  })
  .meta({
    id: "ExplainedAssignment",
    description: "An assignment with all candidates, and why the others were not chosen",
  });

export const explainedJson = (given: Assignment): z.output<typeof candidatesSchema> => ({
  ...assignmentJson(given),
  evidence: given.evidence.map((one) => ({ ...one })),
  candidates: given.candidates.map(({ userId, load, weight }) => ({ userId, load, weight })),
  skipped: given.skipped.map((one) => ({ ...one })),
});

const { amountMinor: _minor, currency: _currency, ...shownDealFields } = shownFields(shownDealSchema);

export const dealAnswerSchema = z
  .object({
    ...shownDealFields,
    amount: moneySchema,
    state: z.enum(["waiting", "open", "won", "lost", "removed"]),
    reasonId: z.string().nullable(),
    clarification: z.string().nullable(),
    createdAt: z.string(),
    changedAt: z.string(),
    assignment: assignmentAnswerSchema,
  })
  .meta({ id: "Deal" });

export function dealJson(deal: Deal, isWaiting = false): z.output<typeof dealAnswerSchema> {
  const { closing, removedAt } = deal;
  const { amountMinor, currency, ...shown } = shownOf(shownDealSchema, deal);
  const state = removedAt !== undefined ? "removed" : (closing?.kind ?? (isWaiting ? "waiting" : "open"));
  return {
    ...shown,
    amount: { minor: amountMinor, currency },
    state,
    reasonId: closing?.reasonId ?? null,
    clarification: closing?.clarification ?? null,
    createdAt: deal.createdAt,
    changedAt: deal.changedAt,
    assignment: assignmentJson(deal.assignment),
  };
}
