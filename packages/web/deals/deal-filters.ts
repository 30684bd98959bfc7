import type { User } from "@regulars/core/access/user";
import { type SortField, sortFields } from "@regulars/core/boards/board-query";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import type { PageTextId, PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import { type DealQuery, UNASSIGNED_OPTION, queryFieldsOf } from "./deal-query.ts";
import type { Html } from "../page/layout.ts";
import { option } from "../page/option.ts";

interface Filters {
  readonly words: PageWords;
  readonly plan: SalesPlan;
  readonly path: string;
  readonly managers: readonly User[];
  readonly reasons: readonly RefusalReason[];
  readonly asked: DealQuery;
  /** Whether all filters are asked for. */
  readonly isUnfolded: boolean;
}

/** What an address says that asks for all filters. */
export const ALL_FILTERS = { name: "filters", value: "all" } as const;

const SORTS: Readonly<Record<SortField, PageTextId>> = {
  created: "deals.sort.created",
  changed: "deals.sort.changed",
  amount: "deals.sort.amount",
  title: "deals.sort.title",
};

/** Filters that a page has when one of them is in use, or when they are asked for: they are long to draw. */
const FURTHER = ["status", "reason", "from", "to"] as const;

/** The filter panel of a board or a list, with the filters in use. */
export function filterForm(page: Filters): Html {
  const { words, path, managers, asked, isUnfolded } = page;
  const { say } = words;
  const hasFurther = isUnfolded || FURTHER.some((name) => asked[name] !== "");
  return html`<form class="review filters" method="get" action="${path}" role="search">
    <label
      >${say("deals.search")}
      <input type="search" name="search" value="${asked.search}" maxlength="100" autocomplete="off"
    /></label>
    <label
      >${say("deals.manager")}
      <select name="manager">
        ${option("", say("deals.everybody"), asked.manager === "")}
        ${option(UNASSIGNED_OPTION, say("board.unassigned"), asked.manager === UNASSIGNED_OPTION)}
        ${managers.map(({ userId, name }) => option(userId, name, userId === asked.manager))}
      </select></label
    >
    <label
      >${say("deals.sorted")}
      <select name="sort">
        ${sortFields.map((field) => option(field, words.text(SORTS[field]), field === asked.sort))}
      </select></label
    >
    ${hasFurther ? furtherFilters(page) : ""}
    <button class="button">${say("common.show")}</button>
    ${
      hasFurther
        ? ""
        : html`<button class="button" name="${ALL_FILTERS.name}" value="${ALL_FILTERS.value}">
            ${say("deals.further")}
          </button>`
    }
    ${queryFieldsOf(asked).length === 0 ? "" : html`<a href="${path}">${say("common.clear")}</a>`}
  </form>`;
}

const furtherFilters = ({ words: { say }, plan, reasons, asked, isUnfolded }: Filters): Html =>
  html`<label
      >${say("deals.status")}
      <select name="status" ${isUnfolded ? html`autofocus` : ""}>
        ${option("", say("deals.all"), asked.status === "")}
        ${plan.statuses.map((one) => option(one.statusId, one.name, one.statusId === asked.status))}
      </select></label
    >
    <label
      >${say("deals.lostBecause")}
      <select name="reason">
        ${option("", say("deals.anything"), asked.reason === "")}
        ${reasons.map(({ reasonId, name }) => option(reasonId, name, reasonId === asked.reason))}
      </select></label
    >
    <label>${say("deals.from")} <input type="date" name="from" value="${asked.from}" /></label>
    <label>${say("deals.to")} <input type="date" name="to" value="${asked.to}" /></label>`;
