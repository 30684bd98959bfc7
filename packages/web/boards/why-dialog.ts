import { MOST_CLARIFICATION } from "@regulars/core/sales-plans/refusal";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import type { BoardPageView } from "./board-page.ts";

/** The dialog that asks why a deal is lost, when it is dropped where that is asked; the script opens it. */
export const whyDialog = ({ reasons, words: { say } }: Pick<BoardPageView, "reasons" | "words">): Html =>
  html`<template id="why">
    <dialog aria-labelledby="why-title">
      <form method="dialog" class="review">
        <h2 id="why-title"></h2>
        <label
          >${say("board.reason")}
          <select name="reasonId">
            <option value="">${say("board.none")}</option>
            ${reasons
              .filter(({ isArchived }) => !isArchived)
              .map(
                ({ reasonId, name, needsClarification }) =>
                  html`<option value="${reasonId}" ${needsClarification ? html`data-clarify` : ""}>${name}</option>`,
              )}
          </select></label
        >
        <label
          >${say("board.clarification")}
          <input type="text" name="clarification" maxlength="${MOST_CLARIFICATION}" autocomplete="off"
        /></label>
        <p class="soft" hidden>${say("board.needsClarification")}</p>
        <div class="choices">
          <button class="button" value="move">${say("board.move")}</button>
          <button class="button" value="" formnovalidate>${say("board.leave")}</button>
        </div>
      </form>
    </dialog>
  </template>`;
