import type { DealId } from "@regulars/core/platform/ids";
import type { Status } from "@regulars/core/sales-plans/status";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import type { BoardPageView } from "./board-page.ts";

/** The id of the form that the grips of all cards send. */
export const GRIPS = "grips";

/** The card beneath which the form is: what it sends of the card, and how it was filled when it was refused. */
interface Moved {
  readonly dealId: DealId;
  readonly version: number;
  readonly status: Status;
  readonly filled: Readonly<Record<string, string>> | undefined;
}

/**
 * The way to move a card that needs no pointer: it is beneath one card at a time. Without a card it is what the script
 * opens (board-form.js).
 */
export function moveForm({ plan, address, words: { say } }: BoardPageView, moved?: Moved): Html {
  const { statuses } = plan;
  const now = statuses.findIndex(({ statusId }) => statusId === moved?.status.statusId);
  const next = moved === undefined ? undefined : (moved.filled?.["statusId"] ?? statuses[now + 1]?.statusId);
  return html`<form class="move" method="post" action="${address}">
    <input type="hidden" name="action" value="move" /><input
      type="hidden"
      name="deal"
      value="${moved?.dealId ?? ""}"
    /><input type="hidden" name="version" value="${moved?.version ?? ""}" />
    <label
      >${say("board.moveTo")}
      <select name="statusId" ${moved !== undefined && moved.filled === undefined ? html`autofocus` : ""}>
        ${statuses.map(
          ({ statusId, name }, i) =>
            html`<option
              value="${statusId}"
              ${i === now ? html`disabled` : ""}${statusId === next ? html` selected` : ""}
            >
              ${name}
            </option>`,
        )}
      </select></label
    >
    <button class="button">${say("board.move")}</button>
  </form>`;
}

/** What the grips send without a script: they ask for this board with the form open beneath their card. */
export const gripsForm = ({ path, kept }: BoardPageView): Html =>
  html`<form id="${GRIPS}" method="get" action="${path}">
    ${kept.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
  </form>`;
