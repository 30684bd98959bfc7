import { MOST_CLARIFICATION } from "@regulars/core/sales-plans/refusal";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import type { BoardPageView } from "./board-page.ts";

/** The dialog that asks why a deal is lost, when it is dropped where that is asked; the script opens it. */
export const whyDialog = ({ reasons }: Pick<BoardPageView, "reasons">): Html =>
  html`<template id="why">
    <dialog aria-labelledby="why-title">
      <form method="dialog" class="review">
        <h2 id="why-title"></h2>
        <label
          >Reason
          <select name="reasonId">
            <option value="">none</option>
            ${reasons
              .filter(({ isArchived }) => !isArchived)
              .map(
                ({ reasonId, name, needsClarification }) =>
                  html`<option value="${reasonId}" ${needsClarification ? html`data-clarify` : ""}>${name}</option>`,
              )}
          </select></label
        >
        <label
          >Clarification <input type="text" name="clarification" maxlength="${MOST_CLARIFICATION}" autocomplete="off"
        /></label>
        <p class="soft" hidden>This reason needs a clarification.</p>
        <div class="choices">
          <button class="button" value="move">Move</button>
          <button class="button" value="" formnovalidate>Leave it where it is</button>
        </div>
      </form>
    </dialog>
  </template>`;
