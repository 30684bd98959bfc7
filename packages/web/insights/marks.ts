import { html } from "hono/html";
import type { Level, State } from "@regulars/core/insights/finding";
import type { PageWords } from "@regulars/render/texts/page-words";
import type { DayText } from "./finding-row.ts";
import type { Html } from "../page/layout.ts";

/** A level as shape and word, followed by the state if it prevents messages. */
export function levelMarks(
  { level, state }: { readonly level: Level; readonly state: State },
  { say, messages }: PageWords,
): Html {
  const stateMark = state === "open" ? undefined : say(`state.${state}`);
  return html`<span class="marks"
    ><span class="mark ${level}">${messages.say(`level.${level}`)}</span> ${
      stateMark === undefined ? "" : html`<span class="mark state">${stateMark}</span>`
    }</span
  >`;
}

/** A day with its machine-readable form. */
export const time = ({ day, text }: DayText): Html => html`<time datetime="${day}">${text}</time>`;
