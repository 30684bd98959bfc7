import type { PlanId } from "@regulars/core/platform/ids";
import type { Key, InFamily } from "../engine/key.ts";

/** In number order as text. */
const ticketSort = (ticket: number): string => String(ticket).padStart(15, "0");

export const leadsKeys = (inFamily: InFamily) => ({
  /** Apart from everything else of its plan: a number is drawn for every lead. */
  ticketCounter: (planId: PlanId): Key => ({ pk: inFamily(`SEQ#${planId}`), sk: "SEQ" }),
  tickets: (planId: PlanId): string => inFamily(`TICKET#${planId}`),
  ticket: (planId: PlanId, ticket: number): Key => ({ pk: inFamily(`TICKET#${planId}`), sk: ticketSort(ticket) }),
  /** The lease, the turns and how far the tickets are done. */
  desk: (planId: PlanId): Key => ({ pk: inFamily(`DESK#${planId}`), sk: "DESK" }),
  tray: (planId: PlanId): string => inFamily(`TRAY#${planId}`),
  trayLead: (planId: PlanId, ticket: number): Key => ({ pk: inFamily(`TRAY#${planId}`), sk: ticketSort(ticket) }),
  /** A delivery by its idempotency key's hash. */
  leadDelivery: (hash: string): Key => ({ pk: inFamily(`IDEM#${hash}`), sk: "IDEM" }),
  /** What a sender sent to plans. */
  hookDeliveries: (scope: string): string => inFamily(`HOOK#${scope.replaceAll(/[^A-Za-z0-9._:-]/g, "_")}`),
  hookDelivery: (scope: string, at: string, requestId: string): Key => ({
    pk: inFamily(`HOOK#${scope.replaceAll(/[^A-Za-z0-9._:-]/g, "_")}`),
    sk: `${at}#${requestId}`,
  }),
});
