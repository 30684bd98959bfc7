import type { JudgedColumn } from "@regulars/core/code-red/row";
import { lightText } from "@regulars/render/code-red/code-red-words";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";

export type LightName = "red" | "amber" | "green" | "grey";

/** A light is a shape and a word; the colour only repeats them. */
const SHAPES: Readonly<Record<LightName, string>> = { red: "●", amber: "◐", green: "○", grey: "–" };

/** Its class has the colours of the levels. */
const CLASSES: Readonly<Record<LightName, string>> = {
  red: "high",
  amber: "medium",
  green: "held-light",
  grey: "watch",
};

export const lightMark = (light: LightName, text: string = light): Html =>
  html`<span class="mark ${CLASSES[light]}"><span aria-hidden="true">${SHAPES[light]}</span> ${text}</span>`;

/** A column's light, and below it the change in percent, or why it is grey. */
export function columnMark(column: JudgedColumn, changePercent: number | null): Html {
  if (column.light.light === "grey")
    return html`${lightMark("grey")} <span class="soft">${column.light.reason.replaceAll("-", " ")}</span>`;
  return html`${lightMark(column.light.light, lightText(column))}
  ${changePercent === null ? "" : html`<span class="soft nowrap">${changePercent > 0 ? "+" : ""}${changePercent} %</span>`}`;
}
