import { type DealFilter, type SortField, dealFilterSchema, sortFields } from "@regulars/core/boards/board-query";
import { type PlanId, planIdSchema } from "@regulars/core/platform/ids";
import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { BoardInput } from "@regulars/flows/boards/board-query-plan";

/** Query parameters of a board or list; an empty value means no filter. */
export interface DealQuery {
  readonly manager: string;
  readonly search: string;
  readonly status: string;
  readonly reason: string;
  readonly from: string;
  readonly to: string;
  readonly sort: SortField;
}

export const UNASSIGNED_OPTION = "nobody";

const dealQuery = (query: Readonly<Record<string, string>>): DealQuery => {
  const { manager = "", search = "", status = "", reason = "", from = "", to = "", sort } = query;
  return {
    manager,
    search: search.trim(),
    status,
    reason,
    from,
    to,
    sort: sortFields.find((field) => field === sort) ?? "created",
  };
};

function filterOf({ manager, search, status, reason, from, to }: DealQuery): Result<DealFilter> {
  const filter = dealFilterSchema.safeParse({
    ...(manager === UNASSIGNED_OPTION ? { isUnassigned: true } : manager === "" ? {} : { managerIds: [manager] }),
    ...(search === "" ? {} : { search }),
    ...(status === "" ? {} : { statusIds: [status] }),
    ...(reason === "" ? {} : { reasonIds: [reason] }),
    ...(from === "" ? {} : { from }),
    ...(to === "" ? {} : { to }),
  });
  return filter.success
    ? ok(filter.data)
    : refuse(
        "unusable-query",
        "These filters are not valid. Write days as YYYY-MM-DD, the last one not before the first.",
      );
}

/** The query of a plan's board or list, read from its address. */
export function readDealQuery(
  planText: string,
  query: Readonly<Record<string, string>>,
): Result<{ readonly planId: PlanId; readonly asked: DealQuery; readonly wanted: Wanted }> {
  const planId = planIdSchema.safeParse(planText);
  if (!planId.success) return unknownPlan(planText.slice(0, 100));
  const asked = dealQuery(query);
  const filter = filterOf(asked);
  if (!filter.ok) return filter;
  const { sort } = asked;
  return ok({
    planId: planId.data,
    asked,
    wanted: { filter: filter.value, visible: "all", sort, isAscending: sort === "title" },
  });
}

type Wanted = Pick<BoardInput, "filter" | "visible" | "sort" | "isAscending">;

/** The address of a path with the query parameters, some of them changed. */
export function queryAddressOf(
  path: string,
  query: DealQuery,
  change: Partial<Record<keyof DealQuery | "after", string>> = {},
) {
  const given = Object.entries({ ...query, ...change }).filter(
    ([name, text]) => text !== "" && !(name === "sort" && text === "created"),
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
