import { type Visible, timesOf } from "@regulars/core/plans/board-query";
import type { Closing } from "@regulars/core/plans/deal";
import type { PlanId } from "@regulars/core/plans/ids";
import {
  type RefusalReport,
  type ReportAsked,
  type ReportCell,
  isInCell,
  refusalReport,
} from "@regulars/core/plans/refusal-report";
import type { Day, UserId } from "@regulars/core/values";
import type { User } from "@regulars/core/people";
import type { PlanContext } from "./plan-context.ts";

/** Which closings are looked at: of all time without days, of all plans without one. */
export interface ClosingsAsked {
  readonly context: PlanContext;
  readonly visible: Visible;
  /** First and last day, both included, in the tenant's zone. */
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly planId?: PlanId | undefined;
  /** Which plans are there for whoever asks; all without. */
  readonly isReached?: ((planId: PlanId) => boolean) | undefined;
}

/** The report "by reason of refusal" over a period or the whole time (seed 001; sales-plans.md 5.13). */
export async function reportRefusals(
  input: ClosingsAsked & ReportAsked & { readonly users: readonly User[] },
): Promise<RefusalReport> {
  const { store } = input.context;
  const [plans, reasons, closings] = await Promise.all([store.plans(), store.reasons(), closingsOf(input)]);
  return refusalReport(closings, input, {
    plans: new Map(plans.map(({ planId, name }) => [planId, name])),
    users: new Map(input.users.map(({ userId, name }): [UserId, string] => [userId, name])),
    reasons: new Map([...reasons].map(([reasonId, { name }]) => [reasonId, name])),
  });
}

/** The closings behind one cell of it, the newest first: as many as the cell counts. */
export async function closingsInCell(input: ClosingsAsked, cell: ReportCell): Promise<Closing[]> {
  const closings = (await closingsOf(input)).filter(isInCell(cell));
  return closings.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.dealId < b.dealId ? -1 : 1));
}

async function closingsOf({
  context,
  visible,
  from,
  to,
  planId,
  isReached = () => true,
}: ClosingsAsked): Promise<Closing[]> {
  const { store, tenant } = context;
  const times = timesOf({ from, to }, tenant.timeZone);
  const planIds = planId === undefined ? (await store.plans()).map((plan) => plan.planId) : [planId];
  const ofPlans = await Promise.all(
    planIds.filter(isReached).map(async (id) => {
      const closings: Closing[] = [];
      for await (const closing of store.closingsOf(id, times.from, times.to)) closings.push(closing);
      return closings;
    }),
  );
  const isSeen = ({ managerId }: Closing): boolean =>
    visible === "all" || (managerId !== undefined && visible.has(managerId));
  return ofPlans.flat().filter(isSeen);
}
