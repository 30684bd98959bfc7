import type { UserId } from "../platform/values.ts";
import type { DealId } from "../platform/ids.ts";
import type { SkipReason } from "../sales-plans/member.ts";

/** What a person's related manager is known from, strongest first (sales-plans.md 5.1). */
export const evidenceKinds = ["owner", "open-deal", "closed-deal", "activity"] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** One contact that a person had with a manager. */
export interface Evidence {
  readonly kind: EvidenceKind;
  readonly userId: UserId;
}

/** A member as the rule saw him: open deals of this plan, or of all where the rule says so, weight, turns taken, and when he was last given a lead. */
export interface Candidate {
  readonly userId: UserId;
  readonly load: number;
  readonly weight: number;
  /** Stride pass in 720,720ths of a turn of weight 1. */
  readonly pass: number;
  /** Number of the plan's assignment that was his last; 0 for never. */
  readonly last: number;
}

export interface Skipped {
  readonly userId: UserId;
  readonly reason: SkipReason;
}

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

/** How a lead was given to a manager, or why to none: enough to check it by hand (sales-plans.md 5.18). */
export interface Assignment {
  readonly state: "assigned" | "unassigned";
  readonly managerId?: UserId | undefined;
  /** The distribution in force at its ticket: `related>least`, `manual`, … */
  readonly rule: string;
  /** The part of it that decided. */
  readonly by?: "chosen" | "related" | "even" | "least" | undefined;
  readonly reason?: UnassignedReason | undefined;
  readonly why: string;
  readonly evidence: readonly Evidence[];
  readonly candidates: readonly Candidate[];
  readonly skipped: readonly Skipped[];
}

/** A lead as the desk sees it. */
export interface WaitingLead {
  readonly dealId: DealId;
  /** A manager chosen by whoever added it. */
  readonly chosen?: UserId | undefined;
  readonly evidence: readonly Evidence[];
}
