import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { type UserId, userIdSchema } from "../platform/values.ts";
import type { DealId } from "../platform/ids.ts";
import { skipReasons } from "../sales-plans/member.ts";

/** The evidence for a contact's related manager, strongest first (docs/reference/sales-plans.md 5.1). */
export const ownershipEvidenceKinds = ["owner", "open-deal", "closed-deal", "activity"] as const;

/** One piece of evidence that a contact knows a manager. */
const evidenceSchema = z.object({ kind: z.enum(ownershipEvidenceKinds), userId: userIdSchema });
export type OwnershipEvidence = Immutable<z.output<typeof evidenceSchema>>;

/** A member as the rule saw them at the assignment. */
const candidateSchema = z.object({
  userId: userIdSchema,
  /** Open deals of this plan, or of all plans where the rules say so. */
  load: z.number(),
  weight: z.number(),
  /** Stride pass in 720,720ths of a turn of weight 1. */
  pass: z.number(),
  /** Number of the plan's assignment that was their last; 0 when they never had one. */
  last: z.number(),
});
export type Candidate = Immutable<z.output<typeof candidateSchema>>;

const skippedSchema = z.object({ userId: userIdSchema, reason: z.enum(skipReasons) });
export type Skipped = Immutable<z.output<typeof skippedSchema>>;

const unassignedReasons = [
  "manual-plan",
  "no-members",
  "outside-hours",
  "at-cap",
  "on-vacation",
  "paused",
  "user-inactive",
  "waits-for-related",
] as const;
export type UnassignedReason = (typeof unassignedReasons)[number];

/** The part of an assignment that is stored on the deal; the deal's action log has all of it. */
export const briefAssignmentSchema = z.object({
  state: z.enum(["assigned", "unassigned"]),
  managerId: userIdSchema.optional(),
  /** The distribution in force at this sequence number: `related>least`, `manual`, … */
  rule: z.string(),
  reason: z.enum(unassignedReasons).optional(),
  why: z.string(),
});

/**
 * How a lead was assigned, or why no manager got it: enough to check it by hand (docs/reference/sales-plans.md 5.18).
 */
export const assignmentSchema = briefAssignmentSchema.extend({
  /** The part of the rule that decided. */
  by: z.enum(["chosen", "related", "even", "least"]).optional(),
  evidence: z.array(evidenceSchema),
  candidates: z.array(candidateSchema),
  skipped: z.array(skippedSchema),
});
export type Assignment = Immutable<z.output<typeof assignmentSchema>>;

/** A lead as the assignment rules see it. */
export interface WaitingLead {
  readonly dealId: DealId;
  /** A manager chosen when the lead was added. */
  readonly chosen?: UserId | undefined;
  readonly evidence: readonly OwnershipEvidence[];
}
