import type { ActivityView } from "./activity-view.ts";
import type { OrderDayNet } from "./order-days.ts";
import type { ProjectView } from "./project-view.ts";
import type { RequestView } from "./request-view.ts";
import type { SaleView } from "./sale-view.ts";

/**
 * A customer's records that status monitors count, in day order. Those of days after the as-of day are included, because
 * a planned call or a sale expected in March becomes due by time alone (docs/reference/insights.md G2).
 */
export interface CustomerRecords {
  /** What a program did is among them, marked. */
  readonly activities: readonly ActivityView[];
  readonly sales: readonly SaleView[];
  readonly requests: readonly RequestView[];
  /** The order days after the as-of day; the history has those up to it. */
  readonly ordersAhead?: readonly OrderDayNet[] | undefined;
  /** In the order of their ids. */
  readonly projects: readonly ProjectView[];
}
