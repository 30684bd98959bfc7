import { MOST_CLARIFICATION } from "@regulars/core/sales-plans/refusal";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import { type RefusedForm, filledIn } from "../page/refused-form.ts";
import type { BoardPageView } from "./board-page.ts";

/** What may be done to all chosen cards at once; it is shown when a card is chosen. */
export function manyForm(page: BoardPageView, refused: RefusedForm | undefined): Html {
  if (!page.mayChangeMany) return html``;
  const filled = filledIn(refused);
  const { say } = page.words;
  const option = (value: string, name: string, field: string): Html =>
    html`<option value="${value}" ${filled[field] === value ? html`selected` : ""}>${name}</option>`;
  return html`<form
    id="many"
    class="many review"
    method="post"
    action="${page.manyAddress}"
    aria-label="${say("board.chosenDeals")}"
  >
    <p id="chosen"><strong>${say("board.chosenDeals")}</strong></p>
    <input type="hidden" name="request" value="${page.requestId}" />
    <label
      >${say("board.moveTo")}
      <select name="statusId">
        ${page.plan.statuses.map(({ statusId, name }) => option(statusId, name, "statusId"))}
      </select></label
    >
    <label
      >${say("board.reasonLost")}
      <select name="reasonId">
        <option value="">${say("board.none")}</option>
        ${page.reasons.filter(({ isArchived }) => !isArchived).map((one) => option(one.reasonId, one.name, "reasonId"))}
      </select></label
    >
    <label
      >${say("board.comment")}
      <input
        type="text"
        name="clarification"
        maxlength="${MOST_CLARIFICATION}"
        autocomplete="off"
        value="${filled["clarification"] ?? ""}"
    /></label>
    <button class="button" name="action" value="move-many">${say("board.move")}</button>
    <label
      >${say("board.transferTo")}
      <select name="managerId">
        ${page.plan.distribution.mode === "manual" ? "" : option("", say("board.whoseTurn"), "managerId")}
        ${page.managers.map(({ userId, name }) => option(userId, name, "managerId"))}
      </select></label
    >
    <button class="button" name="action" value="transfer-many">${say("board.transfer")}</button>
    <button class="button" name="action" value="cancel-many">${say("board.reopen")}</button>
  </form>`;
}
