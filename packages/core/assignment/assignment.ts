import * as z from "zod";
import type { Immutable } from "../platform/immutable.ts";
import { type UserId, userIdSchema } from "../platform/values.ts";
import type { DealId } from "../platform/ids.ts";
import { skipReasons } from "../sales-plans/member.ts";

/** What a person's related manager is known from, strongest first (docs/reference/sales-plans.md 5.1). */
export const ownershipEvidenceKinds = ["owner", "open-deal", "closed-deal", "activity"] as const;
export type OwnershipEvidenceKind = (typeof ownershipEvidenceKinds)[number];

/** One contact that a person had with a manager. */
const evidenceSchema = z.object({ kind: z.enum(ownershipEvidenceKinds), userId: userIdSchema });
export type OwnershipEvidence = Immutable<z.output<typeof evidenceSchema>>;

/** A member as the rule saw them. */
const candidateSchema = z.object({
  userId: userIdSchema,
  /** Open deals of this plan, or of all plans where the rule says so. */
  load: z.number(),
  weight: z.number(),
  /** Stride pass in 720,720ths of a turn of weight 1. */
  pass: z.number(),
  /** Number of the plan's assignment that was their last; 0 for never. */
  last: z.number(),
});
export type Candidate = Immutable<z.output<typeof candidateSchema>>;

const skippedSchema = z.object({ userId: userIdSchema, reason: z.enum(skipReasons) });
export type Skipped = Immutable<z.output<typeof skippedSchema>>;

export const unassignedReasons = [
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

/** The part of an assignment that a deal carries; the whole of it is in the deal's log. */
export const briefAssignmentSchema = z.object({
  state: z.enum(["assigned", "unassigned"]),
  managerId: userIdSchema.optional(),
  /** The distribution in force at its sequence number: `related>least`, `manual`, … */
  rule: z.string(),
  reason: z.enum(unassignedReasons).optional(),
  why: z.string(),
});

/**
 * How a lead was given to a manager, or why to none: enough to check it by hand (docs/reference/sales-plans.md 5.18).
 */
export const assignmentSchema = briefAssignmentSchema.extend({
  /** The part of the rule that decided. */
  by: z.enum(["chosen", "related", "even", "least"]).optional(),
  evidence: z.array(evidenceSchema),
  candidates: z.array(candidateSchema),
  skipped: z.array(skippedSchema),
});
export type Assignment = Immutable<z.output<typeof assignmentSchema>>;

/** A lead as the assignment sees it. */
export interface WaitingLead {
  readonly dealId: DealId;
  /** A manager chosen by whoever added it. */
  readonly chosen?: UserId | undefined;
  readonly evidence: readonly OwnershipEvidence[];
}
