import { html } from "hono/html";
import type { Level, State } from "@regulars/core/insights/finding";
import { levelMark } from "@regulars/render/level-mark";
import type { DayText } from "./finding-row.ts";
import type { Html } from "../page/layout.ts";

const stateMarks: Readonly<Record<State, string | undefined>> = {
  open: undefined,
  lapsed: "⊘ Lapsed",
  disputed: "⚑ Disputed",
  credit_hold: "⊖ Credit hold",
  unwanted: "⊖ Nobody buys it",
  dismissed: "☾ Set aside",
};

/** A level as shape and word, followed by the state if it prevents messages. */
export function dirtyMarkers({ level, state }: { readonly level: Level; readonly state: State }): Html {
  const stateMark = stateMarks[state];
  return html`<span class="marks"
    ><span class="mark ${level}">${levelMark(level)}</span> ${
      stateMark === undefined ? "" : html`<span class="mark state">${stateMark}</span>`
    }</span
  >`;
}

/** A day with its machine-readable form. */
export const time = ({ day, text }: DayText): Html => html`<time datetime="${day}">${text}</time>`;
