import type { DealId, PlanId, ReasonId, StatusId } from "@regulars/core/platform/ids";
import type { Day, Instant, UserId } from "@regulars/core/platform/values";
import { type Key, type InFamily, NOBODY, EVERYBODY } from "../engine/key.ts";

export const dealsKeys = (inFamily: InFamily) => ({
  /** Numbers and sums of a plan's deals per status, one row a manager, and one for nobody. */
  dealCounts: (planId: PlanId): string => inFamily(`COUNT#${planId}`),
  dealCount: (planId: PlanId, userId: UserId | undefined): Key => ({
    pk: inFamily(`COUNT#${planId}`),
    sk: userId ?? NOBODY,
  }),
  dealPartition: (dealId: DealId): string => inFamily(`DEAL#${dealId}`),
  deal: (dealId: DealId): Key => ({ pk: inFamily(`DEAL#${dealId}`), sk: "DEAL" }),
  dealLog: (dealId: DealId, version: number): Key => ({
    pk: inFamily(`DEAL#${dealId}`),
    sk: `LOG#${String(version).padStart(9, "0")}`,
  }),
  /** Something told of a deal that did not change it. */
  dealNote: (dealId: DealId, at: Instant, requestId: string): Key => ({
    pk: inFamily(`DEAL#${dealId}`),
    sk: `NOTE#${at}#${requestId}`,
  }),
  closing: (dealId: DealId, version: number): Key => ({
    pk: inFamily(`DEAL#${dealId}`),
    sk: `CLOSING#${String(version).padStart(9, "0")}`,
  }),
  /** GSI1: a plan's deals in one status, by when they were made. */
  dealColumn: (planId: PlanId, statusId: StatusId): string => inFamily(`COL#${planId}#${statusId}`),
  /** GSI2: the same of one manager, or of nobody. */
  managerColumn: (planId: PlanId, statusId: StatusId, userId: UserId | undefined): string =>
    inFamily(`MCOL#${planId}#${statusId}#${userId ?? NOBODY}`),
  /** GSI1: a plan's closings by when they were. */
  planClosings: (planId: PlanId): string => inFamily(`CLOSED#${planId}`),
  /** What reports count of a plan's closings by the local day they came about on, a row for each manager of a day. */
  closingDays: (planId: PlanId): string => inFamily(`CDAYS#${planId}`),
  closingDay: (planId: PlanId, day: Day, userId: UserId | undefined): Key => ({
    pk: inFamily(`CDAYS#${planId}`),
    sk: `${day}#${userId ?? NOBODY}`,
  }),
  /** Numbers and sums of a plan's deals by the local day they were made on: of each manager, nobody, and all together. */
  dealDays: (planId: PlanId): string => inFamily(`DAYS#${planId}`),
  dealDay: (planId: PlanId, of: UserId | typeof NOBODY | typeof EVERYBODY, day: Day): Key => ({
    pk: inFamily(`DAYS#${planId}`),
    sk: `${of}#${day}`,
  }),
  /** A plan's deals that are lost for a reason, by when they were made. */
  reasonDeals: (planId: PlanId, reasonId: ReasonId): string => inFamily(`WHY#${planId}#${reasonId}`),
  reasonDeal: (planId: PlanId, reasonId: ReasonId, createdAt: Instant, dealId: DealId): Key => ({
    pk: inFamily(`WHY#${planId}#${reasonId}`),
    sk: `${createdAt}#${dealId}`,
  }),
  /** GSI2: rows of deals' logs that outgoing webhooks have not been made of yet. */
  dealEvents: (): string => inFamily("EVENTS"),
});
