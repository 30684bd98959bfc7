import * as z from "zod";
import { type Assignment, assignmentSchema, briefAssignmentSchema } from "../assignment/assignment.ts";
import type { Immutable } from "../platform/immutable.ts";
import { dealIdSchema, contactIdSchema, planIdSchema, reasonIdSchema, statusIdSchema } from "../platform/ids.ts";
import { textUpTo } from "../platform/text.ts";
import { type Instant, currencySchema, instantSchema, minorSchema, userIdSchema } from "../platform/values.ts";
import { notUsedSchema, notUsedText } from "./not-used.ts";
import { statusKinds } from "../sales-plans/status.ts";

/** Origin of a lead, as given by its sender. */
const dealSourceSchema = z.object({
  tunnelId: z.string().optional(),
  blockId: z.string().optional(),
  utm: z.record(z.string(), z.string()).optional(),
});

/** Why somebody reopens or transfers a deal, for its log. */
export const commentSchema = textUpTo(500);

/**
 * Why and from which status a deal was closed; kept on the deal until it is reopened, and on its closed outcome
 * permanently.
 */
export const dealClosingSchema = z.object({
  kind: z.enum(statusKinds).exclude(["intermediate"]),
  fromStatusId: statusIdSchema.optional(),
  at: instantSchema,
  reasonId: reasonIdSchema.optional(),
  clarification: z.string().optional(),
});
export type DealClosing = Immutable<z.output<typeof dealClosingSchema>>;

/** A contact in a plan, with an amount, a status, and a manager or none yet. */
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
  /** When the deal was removed from its plan: it is in no count or list, its action log stays. */
  removedAt: instantSchema.optional(),
  /** A second open deal of its contact in the plan, explicitly requested. */
  isExtra: z.boolean(),
  /** Increases with every change; a change of a stale version is refused. */
  version: z.int(),
  /** Its sequence number in the plan; absent when it did not come in as a lead. */
  sequence: z.int().optional(),
  createdAt: instantSchema,
  changedAt: instantSchema,
  occurredAt: instantSchema.optional(),
  source: dealSourceSchema.optional(),
  fields: z.record(z.string(), z.unknown()).optional(),
  /** What its lead had that could not be used. */
  notUsed: z.array(notUsedSchema).optional(),
  /** How it was first assigned, or why it was left unassigned. */
  assignment: briefAssignmentSchema.optional(),
});
export type Deal = Immutable<z.output<typeof dealSchema>>;

/** The fields of a deal that the API's answers and webhooks show as they are stored. */
export const shownDealSchema = dealSchema.pick({
  dealId: true,
  planId: true,
  personId: true,
  title: true,
  amountMinor: true,
  currency: true,
  statusId: true,
  managerId: true,
  version: true,
});

/** Neither closed nor removed; this is what a manager's load counts. */
export const isOpenDeal = ({ closing, removedAt }: Deal): boolean => closing === undefined && removedAt === undefined;

/** Unassigned and retried automatically; one of a manual plan waits until somebody chooses a manager. */
export const isRetried = (deal: Deal): boolean =>
  isOpenDeal(deal) &&
  deal.managerId === undefined &&
  deal.assignment?.reason !== undefined &&
  deal.assignment.reason !== "manual-plan";

/** The part of an assignment that is stored on the deal; the action log has all of it. */
export function briefOf({ state, managerId, rule, reason, why }: Assignment): NonNullable<Deal["assignment"]> {
  return { state, managerId, rule, reason, why };
}

/** A deal after its first assignment. */
export const addedDeal = ({ deal }: { readonly deal: Deal }, assignment: Assignment, at: Instant): Deal => ({
  ...deal,
  managerId: assignment.managerId,
  assignment: briefOf(assignment),
  changedAt: at,
});

const dealActions = [
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
 * One entry of a deal's action log: append-only, written in the transaction of the change
 * (docs/reference/sales-plans.md 5.18). Its actor is "user:anna", "key:k1", "schedule" or "command".
 */
export const logEntrySchema = z.object({
  dealId: dealIdSchema,
  /** The deal's version after this change. */
  version: z.int(),
  action: z.enum(dealActions),
  at: instantSchema,
  actorId: z.string(),
  requestId: z.string(),
  /** Changed fields, before and after. */
  before: z.record(z.string(), z.unknown()).optional(),
  after: z.record(z.string(), z.unknown()).optional(),
  assignment: assignmentSchema.optional(),
  comment: z.string().optional(),
});
export type LogEntry = Immutable<z.output<typeof logEntrySchema>>;

/**
 * One closing of a deal, with its plan and manager at that time: what reports count (docs/reference/sales-plans.md
 * 5.13).
 */
export const closingSchema = z.object({
  ...dealClosingSchema.shape,
  ...dealSchema.pick({ dealId: true, planId: true, managerId: true, statusId: true, amountMinor: true, currency: true })
    .shape,
  /** The deal's version after closing: one deal may be closed, reopened and closed again. */
  version: z.int(),
  actorId: z.string(),
  cancelled: logEntrySchema.pick({ at: true, actorId: true, comment: true }).optional(),
});
export type ClosedOutcome = Immutable<z.output<typeof closingSchema>>;

/** The log entry's fields for a new deal. */
export const loggedWhenAdded = ({ statusId, amountMinor, currency, managerId, notUsed }: Deal) => ({
  statusId,
  amountMinor,
  currency,
  managerId,
  ...(notUsed === undefined ? {} : { notUsed: notUsed.map(notUsedText) }),
});

/**
 * The closed outcome of a deal that is being closed, with its current plan and manager (docs/reference/sales-plans.md
 * 5.13).
 */
export function closingOf(deal: Deal, actorId: string): ClosedOutcome | undefined {
  if (deal.closing === undefined) return undefined;
  const { dealId, planId, managerId, statusId, amountMinor, currency, version } = deal;
  return { ...deal.closing, dealId, planId, managerId, statusId, amountMinor, currency, version, actorId };
}
