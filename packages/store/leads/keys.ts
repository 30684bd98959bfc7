import type { PlanId } from "@regulars/core/platform/ids";
import type { FamilyFates, Key, InFamily } from "../engine/key.ts";

/** Padded, so that text order is number order. */
const sequenceSort = (sequence: number): string => String(sequence).padStart(15, "0");

export const leadsKeys = (inFamily: InFamily) => ({
  /** In a partition of its own, because each lead increments it. */
  sequenceCounter: (planId: PlanId): Key => ({ pk: inFamily(`SEQ#${planId}`), sk: "SEQ" }),
  entries: (planId: PlanId): string => inFamily(`QUEUE#${planId}`),
  sequence: (planId: PlanId, sequence: number): Key => ({
    pk: inFamily(`QUEUE#${planId}`),
    sk: sequenceSort(sequence),
  }),
  /** Lease, fence, turns and last sequence number. */
  assignmentState: (planId: PlanId): Key => ({ pk: inFamily(`ASSIGNMENT#${planId}`), sk: "ASSIGNMENT" }),
  unassigned: (planId: PlanId): string => inFamily(`UNASSIGNED#${planId}`),
  unassignedLead: (planId: PlanId, sequence: number): Key => ({
    pk: inFamily(`UNASSIGNED#${planId}`),
    sk: sequenceSort(sequence),
  }),
  /** An idempotency record, by the hash of its key. */
  idempotencyRecord: (hash: string): Key => ({ pk: inFamily(`IDEM#${hash}`), sk: "IDEM" }),
  /** The inbound requests of one sender. */
  inboundRequests: (scope: string): string => inFamily(`INBOUND#${scope.replaceAll(/[^A-Za-z0-9._:-]/g, "_")}`),
  inboundRequest: (scope: string, at: string, requestId: string): Key => ({
    pk: inFamily(`INBOUND#${scope.replaceAll(/[^A-Za-z0-9._:-]/g, "_")}`),
    sk: `${at}#${requestId}`,
  }),
});

export const leadsFates = {
  IDEM: "kept",
  SEQ: "kept",
  ASSIGNMENT: "kept",
  UNASSIGNED: "kept",
} as const satisfies FamilyFates;
