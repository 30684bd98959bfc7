import type { User } from "@regulars/core/access/user";
import { type DealFilter, type SortField, dealFilterSchema, sortFields } from "@regulars/core/boards/board-query";
import { type PlanId, planIdSchema } from "@regulars/core/platform/ids";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok, refuse } from "@regulars/core/platform/result";
import type { BoardInput } from "@regulars/flows/boards/board-query-plan";
import type { PageWords } from "@regulars/render/texts/page-words";
import { fieldReason, unknownChoice } from "../page/form-reason.ts";

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

/** Names of the fields, as on the form, by their names in a filter. */
const LABELS = {
  search: "deals.search",
  from: "deals.from",
  to: "form.createdTo",
  statusIds: "deals.status",
  managerIds: "deals.manager",
  reasonIds: "deals.lostBecause",
} as const;

function filterOf({ manager, search, status, reason, from, to }: DealQuery, words: PageWords): Result<DealFilter> {
  const given = {
    ...(manager === UNASSIGNED_OPTION ? { isUnassigned: true } : manager === "" ? {} : { managerIds: [manager] }),
    ...(search === "" ? {} : { search }),
    ...(status === "" ? {} : { statusIds: [status] }),
    ...(reason === "" ? {} : { reasonIds: [reason] }),
    ...(from === "" ? {} : { from }),
    ...(to === "" ? {} : { to }),
  };
  const filter = dealFilterSchema.safeParse(given);
  return filter.success
    ? ok(filter.data)
    : refuse("unusable-query", fieldReason(filter.error, given, LABELS, "form.noFilters", words));
}

interface Offered {
  readonly plan: SalesPlan;
  readonly managers: readonly User[];
  readonly reasons: readonly RefusalReason[];
}

/** Refuses a status, manager or reason that the filter panel does not offer. */
export function checkChoices(
  { status, manager, reason }: DealQuery,
  offered: Offered,
  words: PageWords,
): Result<undefined> {
  const { say } = words;
  const managers = offered.managers.map(({ userId, name }) => ({ value: userId, name }));
  const wrong =
    unknownChoice(
      say(LABELS.statusIds),
      status,
      offered.plan.statuses.map((one) => ({ value: one.statusId, name: one.name })),
      words,
    ) ??
    unknownChoice(
      say(LABELS.managerIds),
      manager,
      [{ value: UNASSIGNED_OPTION, name: say("board.unassigned") }, ...managers],
      words,
    ) ??
    unknownChoice(
      say(LABELS.reasonIds),
      reason,
      offered.reasons.map((one) => ({ value: one.reasonId, name: one.name })),
      words,
    );
  return wrong === undefined ? ok(undefined) : refuse("unusable-query", wrong);
}

/** The query of a plan's board or list, read from its address. */
export function readDealQuery(
  planText: string,
  query: Readonly<Record<string, string>>,
  words: PageWords,
): Result<{ readonly planId: PlanId; readonly asked: DealQuery; readonly wanted: Wanted }> {
  const planId = planIdSchema.safeParse(planText);
  if (!planId.success) return unknownPlan(planText.slice(0, 100));
  const asked = dealQuery(query);
  const sorts = sortFields.map((field) => ({ value: field, name: words.say(`deals.sort.${field}`) }));
  const wrongSort = unknownChoice(words.say("deals.sorted"), query["sort"] ?? "", sorts, words);
  if (wrongSort !== undefined) return refuse("unusable-query", wrongSort);
  const filter = filterOf(asked, words);
  if (!filter.ok) return filter;
  const { sort } = asked;
  return ok({
    planId: planId.data,
    asked,
    wanted: { filter: filter.value, sort, isAscending: sort === "title" },
  });
}

type Wanted = Pick<BoardInput, "filter" | "sort" | "isAscending">;

type Change = Partial<Record<keyof DealQuery | "after" | "more" | "changed", string>>;

/** The query parameters that an address has to have, some of them changed: the usual ones are left out. */
export const queryFieldsOf = (query: DealQuery, change: Change = {}): readonly [string, string][] =>
  Object.entries({ ...query, ...change }).filter(
    ([name, text]) => text !== "" && !(name === "sort" && text === "created"),
  );

/** The address of a path with the query parameters, some of them changed. */
export function queryAddressOf(path: string, query: DealQuery, change: Change = {}): string {
  const given = queryFieldsOf(query, change);
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}
