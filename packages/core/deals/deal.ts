import * as z from "zod";
import { type Assignment, assignmentSchema, briefAssignmentSchema } from "../assignment/assignment.ts";
import type { Immutable } from "../platform/immutable.ts";
import { dealIdSchema, contactIdSchema, planIdSchema, reasonIdSchema, statusIdSchema } from "../platform/ids.ts";
import { type Instant, currencySchema, instantSchema, minorSchema, userIdSchema } from "../platform/values.ts";
import { statusKinds } from "../sales-plans/status.ts";

/** Where a lead came from, as its sender says. */
const dealSourceSchema = z.object({
  tunnelId: z.string().optional(),
  blockId: z.string().optional(),
  utm: z.record(z.string(), z.string()).optional(),
});
export type DealSource = Immutable<z.output<typeof dealSourceSchema>>;

/** Why a deal was closed, and from where; kept on the deal until it is opened again, and on its closing for ever. */
const dealClosingSchema = z.object({
  kind: z.enum(statusKinds).exclude(["intermediate"]),
  fromStatusId: statusIdSchema.optional(),
  at: instantSchema,
  reasonId: reasonIdSchema.optional(),
  clarification: z.string().optional(),
});
export type DealClosing = Immutable<z.output<typeof dealClosingSchema>>;

/** A person in a plan, with an amount, in a status, with a manager or waiting for one. */
export const dealSchema = z.object({
  dealId: dealIdSchema,
  planId: planIdSchema,
  personId: contactIdSchema,
  title: z.string(),
  amountMinor: minorSchema,
  currency: currencySchema,
  statusId: statusIdSchema,
  managerId: userIdSchema.optional(),
  closing: dealClosingSchema.optional(),
  /** The deal was taken out of its plan: it is no part of any count or list, its log stays. */
  removedAt: instantSchema.optional(),
  /** A second open deal of its person in the plan, asked for as such. */
  isExtra: z.boolean(),
  /** Counts up with every change; a stale one is refused. */
  version: z.int(),
  /** Its place in the plan's order; deals that came otherwise have none. */
  sequence: z.int().optional(),
  createdAt: instantSchema,
  changedAt: instantSchema,
  occurredAt: instantSchema.optional(),
  source: dealSourceSchema.optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
  /** How it was first assigned, or why it was left unassigned. */
  assignment: briefAssignmentSchema.optional(),
});
export type Deal = Immutable<z.output<typeof dealSchema>>;

/** Open: neither closed nor removed; what a manager's load counts. */
export const isOpenDeal = ({ closing, removedAt }: Deal): boolean => closing === undefined && removedAt === undefined;

/** Nobody's, and offered until it is somebody's; one of a manual plan waits for somebody to choose. */
export const isRetried = (deal: Deal): boolean =>
  isOpenDeal(deal) &&
  deal.managerId === undefined &&
  deal.assignment?.reason !== undefined &&
  deal.assignment.reason !== "manual-plan";

/** The part of an assignment that a deal carries; the whole of it is in its log. */
export function briefOf({ state, managerId, rule, reason, why }: Assignment): NonNullable<Deal["assignment"]> {
  return { state, managerId, rule, reason, why };
}

/** A deal as it comes from the assignment for the first time. */
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
 * One row of a deal's action log: append only, written in the transaction of what it records
 * (docs/reference/sales-plans.md 5.18). Its actor is "user:anna", "key:k1", "schedule" or "command".
 */
export const logEntrySchema = z.object({
  dealId: dealIdSchema,
  /** The deal's version that this made. */
  version: z.int(),
  action: z.enum(dealActions),
  at: instantSchema,
  actorId: z.string(),
  requestId: z.string(),
  /** What changed: fields before and after. */
  before: z.record(z.string(), z.unknown()).optional(),
  after: z.record(z.string(), z.unknown()).optional(),
  assignment: assignmentSchema.optional(),
  comment: z.string().optional(),
});
export type LogEntry = Immutable<z.output<typeof logEntrySchema>>;

/**
 * One closing of a deal, with plan and manager as they were: what reports count (docs/reference/sales-plans.md 5.13).
 */
export const closingSchema = z.object({
  ...dealClosingSchema.shape,
  ...dealSchema.pick({ dealId: true, planId: true, managerId: true, statusId: true, amountMinor: true, currency: true })
    .shape,
  /** The deal's version that it made: one deal may be closed, opened and closed again. */
  version: z.int(),
  actorId: z.string(),
  cancelled: logEntrySchema.pick({ at: true, actorId: true, comment: true }).optional(),
});
export type ClosedOutcome = Immutable<z.output<typeof closingSchema>>;

/** What the log says of a deal that was added. */
export const loggedWhenAdded = ({ statusId, amountMinor, currency, managerId }: Deal) => ({
  statusId,
  amountMinor,
  currency,
  managerId,
});

/**
 * The closing that a deal's closing leaves for reports: plan and manager as they are now
 * (docs/reference/sales-plans.md 5.13).
 */
export function closingOf(deal: Deal, actorId: string): ClosedOutcome | undefined {
  if (deal.closing === undefined) return undefined;
  const { dealId, planId, managerId, statusId, amountMinor, currency, version } = deal;
  return { ...deal.closing, dealId, planId, managerId, statusId, amountMinor, currency, version, actorId };
}
