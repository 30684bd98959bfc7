import { type DealFilter, type SortField, dealFilterSchema, sortFields } from "@regulars/core/boards/board-query";
import { type PlanId, planIdSchema } from "@regulars/core/platform/ids";
import { unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { BoardInput } from "@regulars/flows/boards/board-query-plan";

/** What an address of a board or a list asks for; empty is not asked for. */
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
        "This cannot be looked for: days are like 2026-11-23, the last one not before the first.",
      );
}

/** What a board or a list of a plan is asked, as its address says it. */
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

/** The address of a path with what is asked for, some of it changed. */
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
