import type { User } from "@regulars/core/access/user";
import { sortFields } from "@regulars/core/boards/board-query";
import type { SalesPlan } from "@regulars/core/sales-plans/sales-plan";
import type { RefusalReason } from "@regulars/core/sales-plans/refusal";
import { html } from "hono/html";
import { type DealQuery, UNASSIGNED_OPTION, sortNames } from "./deal-query.ts";
import type { Html } from "../page/layout.ts";
import { type RefusedForm, filledIn, refusedView } from "../page/refused-form.ts";

interface Filters {
  readonly plan: SalesPlan;
  readonly path: string;
  readonly managers: readonly User[];
  readonly reasons: readonly RefusalReason[];
  readonly asked: DealQuery;
}

/** The filter panel of a board or a list (seed 001): with the filters in use, or those that were refused. */
export function filterForm({ plan, path, managers, reasons, asked: used }: Filters, refused?: RefusedForm): Html {
  const asked = { ...used, ...filledIn(refused) };
  return html`${refusedView(refused)}
    <form class="review filters" method="get" action="${path}" role="search">
      <label
        >Deal, name, e-mail or phone
        <input type="search" name="search" value="${asked.search}" maxlength="100" autocomplete="off"
      /></label>
      <label
        >Status
        <select name="status">
          ${option("", "all", asked.status)} ${plan.statuses.map((one) => option(one.statusId, one.name, asked.status))}
        </select></label
      >
      <label
        >Manager
        <select name="manager">
          ${option("", "everybody", asked.manager)} ${option(UNASSIGNED_OPTION, "unassigned", asked.manager)}
          ${managers.map(({ userId, name }) => option(userId, name, asked.manager))}
        </select></label
      >
      <label
        >Lost because of
        <select name="reason">
          ${option("", "anything", asked.reason)}
          ${reasons.map(({ reasonId, name }) => option(reasonId, name, asked.reason))}
        </select></label
      >
      <label>Created from <input type="date" name="from" value="${asked.from}" /></label>
      <label>to <input type="date" name="to" value="${asked.to}" /></label>
      <label
        >Sorted by
        <select name="sort">
          ${sortFields.map((field) => option(field, sortNames[field], asked.sort))}
        </select></label
      >
      <button class="button">Show</button>
      <a href="${path}">Clear filters</a>
    </form>`;
}

const option = (value: string, text: string, chosen: string): Html =>
  html`<option value="${value}" ${value === chosen ? html`selected` : ""}>${text}</option>`;
