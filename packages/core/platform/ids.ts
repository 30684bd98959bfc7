import * as z from "zod";

declare const brand: unique symbol;
type Id<B extends string> = string & { readonly [brand]: B };

/** `pln_…` */
export type PlanId = Id<"PlanId">;
/** `st_…` */
export type StatusId = Id<"StatusId">;
/** `deal_<plan>_<sequence number>`, or an imported deal's own id. */
export type DealId = Id<"DealId">;
/** `per_…`: somebody who became known through a lead. */
export type ContactId = Id<"ContactId">;
/** `rsn_…` */
export type ReasonId = Id<"ReasonId">;
/** `op_…` */
export type OperationId = Id<"OperationId">;
/** Of a status monitor: `neglected`, `sts_…`. */
export type MonitorId = Id<"MonitorId">;

const idSchema = <B extends string>(_brand: B) =>
  z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/, "is not an id: 1 to 64 of A-Z a-z 0-9 . _ -")
    .transform((text) => text as Id<B>);

export const planIdSchema = idSchema("PlanId");
export const statusIdSchema = idSchema("StatusId");
export const dealIdSchema = idSchema("DealId");
export const contactIdSchema = idSchema("ContactId");
export const reasonIdSchema = idSchema("ReasonId");
export const operationIdSchema = idSchema("OperationId");
export const monitorIdSchema = idSchema("MonitorId");

const DEAL_ID = /^deal_([A-Za-z0-9._-]+)_([0-9]{1,15})$/;

/** Whether a plan may have this chosen id: its deals' ids contain it, and are limited to 64 characters. */
export const isPlanName = (planId: PlanId): boolean => /^pln_[A-Za-z0-9._-]{1,43}$/.test(planId);

/** The id of the deal of a sequence number: from it, the sequence number can be found before the deal exists. */
export const dealIdOf = (planId: PlanId, sequence: number): DealId =>
  dealIdSchema.parse(`deal_${planId.replace(/^pln_/, "")}_${sequence}`);

/** Whether this is the id of a deal with a sequence number; no other ids have this form. */
export const isSequenceId = (dealId: DealId): boolean => DEAL_ID.test(dealId);

/** The sequence number of a deal of this plan; `undefined` for one without, or of another plan. */
export function sequenceOf(planId: PlanId, dealId: DealId): number | undefined {
  const [, plan, sequence] = DEAL_ID.exec(dealId) ?? [];
  return plan === planId.replace(/^pln_/, "") ? Number(sequence) : undefined;
}
