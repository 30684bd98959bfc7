import type { PlanId } from "@regulars/core/platform/ids";
import type { Key, InFamily } from "../engine/key.ts";

/** In number order as text. */
const sequenceSort = (sequence: number): string => String(sequence).padStart(15, "0");

export const leadsKeys = (inFamily: InFamily) => ({
  /** Apart from everything else of its plan: a number is drawn for every lead. */
  sequenceCounter: (planId: PlanId): Key => ({ pk: inFamily(`SEQ#${planId}`), sk: "SEQ" }),
  entries: (planId: PlanId): string => inFamily(`QUEUE#${planId}`),
  sequence: (planId: PlanId, sequence: number): Key => ({
    pk: inFamily(`QUEUE#${planId}`),
    sk: sequenceSort(sequence),
  }),
  /** The lease, the turns and how far the sequence numbers are done. */
  assignmentState: (planId: PlanId): Key => ({ pk: inFamily(`ASSIGNMENT#${planId}`), sk: "ASSIGNMENT" }),
  unassigned: (planId: PlanId): string => inFamily(`UNASSIGNED#${planId}`),
  unassignedLead: (planId: PlanId, sequence: number): Key => ({
    pk: inFamily(`UNASSIGNED#${planId}`),
    sk: sequenceSort(sequence),
  }),
  /** A delivery by its idempotency key's hash. */
  idempotencyRecord: (hash: string): Key => ({ pk: inFamily(`IDEM#${hash}`), sk: "IDEM" }),
  /** What a sender sent to plans. */
  inboundRequests: (scope: string): string => inFamily(`INBOUND#${scope.replaceAll(/[^A-Za-z0-9._:-]/g, "_")}`),
  inboundRequest: (scope: string, at: string, requestId: string): Key => ({
    pk: inFamily(`INBOUND#${scope.replaceAll(/[^A-Za-z0-9._:-]/g, "_")}`),
    sk: `${at}#${requestId}`,
  }),
});
