import type { Currency, Instant, Minor, UserId } from "../platform/values.ts";
import type { Assignment } from "../assignment/assignment.ts";
import type { DealId, LeadPersonId, PlanId, ReasonId, StatusId } from "../platform/ids.ts";
import type { StatusKind } from "../sales-plans/status.ts";

/** Where a lead came from, as its sender says. */
export interface DealSource {
  readonly tunnelId?: string | undefined;
  readonly blockId?: string | undefined;
  readonly utm?: Readonly<Record<string, string>> | undefined;
}

/** Why a deal was closed, and from where; kept on the deal until it is opened again, and on its closing for ever. */
export interface DealClosing {
  readonly kind: Exclude<StatusKind, "intermediate">;
  readonly fromStatusId?: StatusId | undefined;
  readonly at: Instant;
  readonly reasonId?: ReasonId | undefined;
  readonly clarification?: string | undefined;
}

/** A person in a plan, with an amount, in a status, with a manager or waiting for one. */
export interface Deal {
  readonly dealId: DealId;
  readonly planId: PlanId;
  readonly personId: LeadPersonId;
  readonly title: string;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  readonly statusId: StatusId;
  readonly managerId?: UserId | undefined;
  readonly closing?: DealClosing | undefined;
  /** The deal was taken out of its plan: it is no part of any count or list, its log stays. */
  readonly removedAt?: Instant | undefined;
  /** A second open deal of its person in the plan, asked for as such. */
  readonly isExtra: boolean;
  /** Counts up with every change; a stale one is refused. */
  readonly version: number;
  /** Its place in the plan's order; deals that came otherwise have none. */
  readonly ticket?: number | undefined;
  readonly createdAt: Instant;
  readonly changedAt: Instant;
  readonly occurredAt?: Instant | undefined;
  readonly source?: DealSource | undefined;
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  /** How it was first given to somebody, or put into the tray. */
  readonly assignment?: Pick<Assignment, "state" | "managerId" | "rule" | "reason" | "why"> | undefined;
}

/** Open: neither closed nor removed; what a manager's load counts. */
export const isOpenDeal = ({ closing, removedAt }: Deal): boolean => closing === undefined && removedAt === undefined;

/** Nobody's, and offered until it is somebody's; one of a manual plan waits for somebody to choose. */
export const isOffered = (deal: Deal): boolean =>
  isOpenDeal(deal) &&
  deal.managerId === undefined &&
  deal.assignment?.reason !== undefined &&
  deal.assignment.reason !== "manual-plan";

/** The part of an assignment that a deal carries; the whole of it is in its log. */
export function briefOf({ state, managerId, rule, reason, why }: Assignment): NonNullable<Deal["assignment"]> {
  return { state, managerId, rule, reason, why };
}

/** A deal as it comes from the desk for the first time. */
export const addedDeal = ({ deal }: { readonly deal: Deal }, assignment: Assignment, at: Instant): Deal => ({
  ...deal,
  managerId: assignment.managerId,
  assignment: briefOf(assignment),
  changedAt: at,
});

export const dealActions = [
  "added",
  "assigned",
  "duplicate",
  "updated",
  "moved",
  "closed",
  "cancelled",
  "transferred",
  "removed",
] as const;
export type DealAction = (typeof dealActions)[number];

/**
 * One row of a deal's action log: append only, written in the transaction of what it tells (sales-plans.md 5.18). Its
 * actor is "user:anna", "key:k1", "schedule" or "command".
 */
export interface LogEntry {
  readonly dealId: DealId;
  /** The deal's version that this made. */
  readonly version: number;
  readonly action: DealAction;
  readonly at: Instant;
  readonly actorId: string;
  readonly requestId: string;
  /** What changed: fields before and after. */
  readonly before?: Readonly<Record<string, unknown>> | undefined;
  readonly after?: Readonly<Record<string, unknown>> | undefined;
  readonly assignment?: Assignment | undefined;
  readonly comment?: string | undefined;
}

/** One closing of a deal, with plan and manager as they were: what reports count (sales-plans.md 5.13). */
export interface Closing extends DealClosing {
  readonly dealId: DealId;
  readonly planId: PlanId;
  readonly managerId?: UserId | undefined;
  readonly statusId: StatusId;
  readonly amountMinor: Minor;
  readonly currency: Currency;
  /** The deal's version that it made: one deal may be closed, opened and closed again. */
  readonly version: number;
  readonly actorId: string;
  readonly cancelled?:
    { readonly at: Instant; readonly actorId: string; readonly comment?: string | undefined } | undefined;
}

/** The closing that a deal's closing leaves for reports: plan and manager as they are now (sales-plans.md 5.13). */
export function closingOf(deal: Deal, actorId: string): Closing | undefined {
  if (deal.closing === undefined) return undefined;
  const { dealId, planId, managerId, statusId, amountMinor, currency, version } = deal;
  return { ...deal.closing, dealId, planId, managerId, statusId, amountMinor, currency, version, actorId };
}
