import type { AssessedColumn } from "@regulars/core/code-red/row";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import { columnNotes } from "./code-red-texts.ts";

export type LightName = "red" | "amber" | "green" | "grey";

/** A light is a shape and a word; the colour only repeats them. */
const SHAPES: Readonly<Record<LightName, string>> = { red: "●", amber: "◐", green: "○", grey: "–" };

/** Its class has the colours of the levels; grey is quiet, so that the red ones are seen first. */
const CLASSES: Readonly<Record<LightName, string>> = {
  red: "high",
  amber: "medium",
  green: "held-light",
  grey: "quiet",
};

export const lightMark = ({ say }: PageWords, light: LightName, text: string = say(`light.${light}`)): Html =>
  html`<span class="mark ${CLASSES[light]}"><span aria-hidden="true">${SHAPES[light]}</span> ${text}</span>`;

/** A column's light with the change in percent, and below it whether it is confirmed; or why it is grey. */
export function columnMark(words: PageWords, column: AssessedColumn, changePercent: number | null): Html {
  const { light } = column.light;
  if (column.light.light === "grey")
    return html`${lightMark(words, light)} <span class="under">${words.say(`grey.${column.light.reason}`)}</span>`;
  const change = changePercent === null ? "" : words.formats.number(changePercent);
  return html`<span class="nowrap"
      >${lightMark(words, light)}
      ${changePercent === null ? "" : html`<span class="soft">${changePercent > 0 ? "+" : ""}${change} %</span>`}</span
    >
    ${columnNotes(words, column).map((note) => html`<span class="under"><b>${note}</b></span>`)}`;
}
