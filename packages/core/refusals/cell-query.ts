import type { Day } from "../platform/values.ts";
import type { DealScope } from "../boards/visibility.ts";
import type { ReportCell } from "./refusal-report.ts";

/** The period and filters of a report, which the links of its cells repeat. */
interface CellPeriod {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly planId?: string | undefined;
  readonly scope?: DealScope | undefined;
}

/**
 * The query for exactly the deals of a cell: an empty group means without a manager, an empty reason means "not
 * specified".
 */
export function cellQuery(
  { by, group, outcome, reasonId, clarification }: ReportCell,
  { from, to, planId, scope }: CellPeriod,
): string {
  const query = new URLSearchParams({ by, outcome });
  for (const [name, value] of Object.entries({ from, to, planId, scope, clarification }))
    if (value !== undefined) query.set(name, value);
  if (group !== undefined) query.set("group", group ?? "");
  if (reasonId !== undefined) query.set("reasonId", reasonId ?? "");
  return query.toString();
}
