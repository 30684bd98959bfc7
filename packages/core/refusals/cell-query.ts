import type { Day } from "../platform/values.ts";
import type { DealScope } from "../boards/visibility.ts";
import type { ReportCell } from "./refusal-report.ts";

/** What a report was asked about, as its cells' addresses say it again. */
export interface CellPeriod {
  readonly from?: Day | undefined;
  readonly to?: Day | undefined;
  readonly planId?: string | undefined;
  readonly scope?: DealScope | undefined;
}

/** The query that names exactly the deals of a cell: an empty group is nobody's, an empty reason is "not specified". */
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
