import type { DealId, PlanId, ReasonId, StatusId } from "@regulars/core/platform/ids";
import type { Day, Instant, UserId } from "@regulars/core/platform/values";
import { type FamilyFates, type Key, type InFamily, keyOfManager } from "../engine/key.ts";

export const dealsKeys = (inFamily: InFamily) => ({
  /** Numbers and sums of a sales plan's deals by status: one row for each manager, and one for no manager. */
  dealCounts: (planId: PlanId): string => inFamily(`COUNT#${planId}`),
  dealCount: (planId: PlanId, userId: UserId | undefined): Key => ({
    pk: inFamily(`COUNT#${planId}`),
    sk: keyOfManager(userId),
  }),
  dealPartition: (dealId: DealId): string => inFamily(`DEAL#${dealId}`),
  deal: (dealId: DealId): Key => ({ pk: inFamily(`DEAL#${dealId}`), sk: "DEAL" }),
  dealLog: (dealId: DealId, version: number): Key => ({
    pk: inFamily(`DEAL#${dealId}`),
    sk: `LOG#${String(version).padStart(9, "0")}`,
  }),
  /** An entry about a deal that did not change the deal. */
  dealNote: (dealId: DealId, at: Instant, requestId: string): Key => ({
    pk: inFamily(`DEAL#${dealId}`),
    sk: `NOTE#${at}#${requestId}`,
  }),
  closing: (dealId: DealId, version: number): Key => ({
    pk: inFamily(`DEAL#${dealId}`),
    sk: `CLOSING#${String(version).padStart(9, "0")}`,
  }),
  /** GSI1: the deals of a sales plan in one status, by creation time. */
  dealColumn: (planId: PlanId, statusId: StatusId): string => inFamily(`COL#${planId}#${statusId}`),
  /** GSI2: the same for one manager, or for no manager. */
  managerColumn: (planId: PlanId, statusId: StatusId, userId: UserId | undefined): string =>
    inFamily(`MCOL#${planId}#${statusId}#${keyOfManager(userId)}`),
  /** GSI1: the deals that were removed from a sales plan, by creation time. */
  removedDeals: (planId: PlanId): string => inFamily(`REMOVED#${planId}`),
  /** GSI1: the closed outcomes of a sales plan, by time. */
  planClosings: (planId: PlanId): string => inFamily(`CLOSED#${planId}`),
  /** GSI2: those of one manager, or of no manager, that one attribute of the closing counts counts, by time. */
  countedClosings: (planId: PlanId, userId: UserId | undefined, attribute: string): string =>
    inFamily(`CLOSED#${planId}#${keyOfManager(userId)}#${attribute}`),
  /** Closing counts of a sales plan by local day: one row for each day and manager. */
  closingDays: (planId: PlanId): string => inFamily(`CDAYS#${planId}`),
  closingDay: (planId: PlanId, day: Day, userId: UserId | undefined): Key => ({
    pk: inFamily(`CDAYS#${planId}`),
    sk: `${day}#${keyOfManager(userId)}`,
  }),
  /**
   * Numbers and sums of a sales plan's deals by the local day of creation: for each manager, for no manager, and for
   * all. `of` is `keyOfManager` or `EVERYBODY`.
   */
  dealDays: (planId: PlanId): string => inFamily(`DAYS#${planId}`),
  dealDay: (planId: PlanId, of: string, day: Day): Key => ({
    pk: inFamily(`DAYS#${planId}`),
    sk: `${of}#${day}`,
  }),
  /** Deals of a sales plan that were lost for a reason, by creation time. */
  reasonDeals: (planId: PlanId, reasonId: ReasonId): string => inFamily(`WHY#${planId}#${reasonId}`),
  reasonDeal: (planId: PlanId, reasonId: ReasonId, createdAt: Instant, dealId: DealId): Key => ({
    pk: inFamily(`WHY#${planId}#${reasonId}`),
    sk: `${createdAt}#${dealId}`,
  }),
});

export const dealsFates = { COUNT: "kept", DAYS: "kept", CDAYS: "kept", WHY: "kept" } as const satisfies FamilyFates;
