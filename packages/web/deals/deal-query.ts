import { cutText } from "@regulars/core/platform/cut-text";
import type { ItemError } from "@regulars/core/platform/field-error";
import type { User } from "@regulars/core/access/user";
import { type DealFilter, type SortField, dealFilterSchema, sortFields } from "@regulars/core/boards/board-query";
import { type PlanId, planIdSchema } from "@regulars/core/platform/ids";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import { type SalesPlan, unknownPlan } from "@regulars/core/sales-plans/sales-plan";
import { type Result, ok } from "@regulars/core/platform/result";
import type { BoardInput } from "@regulars/flows/boards/board-query-plan";
import type { PageWords } from "@regulars/render/texts/page-words";
import type * as z from "zod";
import { unusableQuery } from "../page/filtered-page.ts";
import { fieldErrors, unknownChoice } from "../page/form-reason.ts";

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

/** Names of the fields as on the form. */
const LABELS = {
  search: "deals.search",
  from: "deals.from",
  to: "form.createdTo",
  status: "deals.status",
  manager: "deals.manager",
  reason: "deals.lostBecause",
  sort: "deals.sorted",
} as const;

/** Fields that a filter names otherwise. */
const FIELDS: Readonly<Record<string, keyof DealQuery>> = {
  statusIds: "status",
  managerIds: "manager",
  reasonIds: "reason",
};

function filterOf({ manager, search, status, reason, from, to }: DealQuery): z.ZodSafeParseResult<DealFilter> {
  const given = {
    ...(manager === UNASSIGNED_OPTION ? { isUnassigned: true } : manager === "" ? {} : { managerIds: [manager] }),
    ...(search === "" ? {} : { search }),
    ...(status === "" ? {} : { statusIds: [status] }),
    ...(reason === "" ? {} : { reasonIds: [reason] }),
    ...(from === "" ? {} : { from }),
    ...(to === "" ? {} : { to }),
  };
  return dealFilterSchema.safeParse(given);
}

interface Offered {
  readonly plan: SalesPlan;
  readonly managers: readonly User[];
  readonly reasons: readonly RefusalReason[];
}

/** Refuses each status, manager or reason that the filter panel does not offer. */
export function checkChoices(
  { status, manager, reason }: DealQuery,
  offered: Offered,
  words: PageWords,
): Result<undefined> {
  const statuses = offered.plan.statuses.map((one) => ({ value: one.statusId, name: one.name }));
  const nobody = { value: UNASSIGNED_OPTION, name: words.say("board.unassigned") };
  const managers = offered.managers.map(({ userId, name }) => ({ value: userId, name }));
  const reasons = offered.reasons.map((one) => ({ value: one.reasonId, name: one.name }));
  const wrong = [
    ...wrongChoice("status", status, statuses, words),
    ...wrongChoice("manager", manager, [nobody, ...managers], words),
    ...wrongChoice("reason", reason, reasons, words),
  ];
  return wrong.length === 0 ? ok(undefined) : unusableQuery(wrong);
}

function wrongChoice(
  name: keyof typeof LABELS,
  value: string,
  offered: Parameters<typeof unknownChoice>[2],
  words: PageWords,
): readonly ItemError[] {
  const message = unknownChoice(words.say(LABELS[name]), value, offered, words);
  return message === undefined ? [] : [{ path: name, code: "bad-value", message }];
}

/** The query of a plan's board or list, read from its address. */
export function readDealQuery(
  planText: string,
  query: Readonly<Record<string, string>>,
  words: PageWords,
): Result<{ readonly planId: PlanId; readonly asked: DealQuery; readonly wanted: Wanted }> {
  const planId = planIdSchema.safeParse(planText);
  if (!planId.success) return unknownPlan(cutText(planText, 100));
  const asked = dealQuery(query);
  const sorts = sortFields.map((field) => ({ value: field, name: words.say(`deals.sort.${field}`) }));
  const filter = filterOf(asked);
  const issues = filter.error?.issues.map((issue) => ({ ...issue, path: issue.path.slice(0, 1).map(fieldOf) })) ?? [];
  const wrong = [
    ...wrongChoice("sort", query["sort"] ?? "", sorts, words),
    ...fieldErrors({ issues }, { ...asked }, LABELS, words),
  ];
  if (!filter.success || wrong.length > 0) return unusableQuery(wrong);
  const { sort } = asked;
  return ok({
    planId: planId.data,
    asked,
    wanted: { filter: filter.data, sort, isAscending: sort === "title" },
  });
}

const fieldOf = (name: PropertyKey): PropertyKey => FIELDS[String(name)] ?? name;

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
