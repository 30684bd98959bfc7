import type { JudgedColumn } from "@regulars/core/code-red/row";
import { lightText } from "@regulars/render/code-red/code-red-words";
import { html } from "hono/html";
import type { Html } from "./layout.ts";

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

/** A column's light with its percent: "● red, confirmed −25 %". */
export const columnMark = (column: JudgedColumn, changePercent: number | null): Html =>
  html`${lightMark(column.light.light, lightText(column))}
  ${changePercent === null ? "" : html`<span class="soft nowrap">${changePercent > 0 ? "+" : ""}${changePercent} %</span>`}`;
