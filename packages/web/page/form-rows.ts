import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import type { Form } from "./form.ts";
import type { Html } from "./layout.ts";

/** A row of a form's list: its number in the names of its fields, `hours.2.from`, and their texts by their parts. */
export interface FormRow {
  readonly number: number;
  readonly texts: Readonly<Record<string, string>>;
}

type Texts = FormRow["texts"];

/** The field of the buttons that add a row or take one away; nothing is saved by them. */
export const ROWS_FIELD = "rows";

/** The part that every row has: one without any other is there as well. */
const IS_ROW = "row";
const FIELD = /^(.+)\.(\d{1,3})\.([A-Za-z0-9]+)$/;

/** The rows that a form has of a list, in their order; `undefined` for a form without the list. */
export function rowsIn(form: Form, list: string): readonly FormRow[] | undefined {
  if (form[listField(list)] === undefined) return undefined;
  const rows = new Map<number, Record<string, string>>();
  for (const [name, value] of Object.entries(form)) {
    const [, of, number = "", part = ""] = FIELD.exec(name) ?? [];
    if (of !== list || typeof value !== "string") continue;
    const texts = rows.get(Number(number)) ?? {};
    if (part !== IS_ROW) texts[part] = value.trim();
    rows.set(Number(number), texts);
  }
  return [...rows].map(([number, texts]) => ({ number, texts })).toSorted((a, b) => a.number - b.number);
}

/** The rows that somebody wrote something into. */
export const filledRows = (rows: readonly FormRow[]): readonly FormRow[] =>
  rows.filter(({ texts }) => Object.values(texts).some((text) => text !== ""));

/** The rows of what is stored, with one to fill. */
export const rowsOf = (stored: readonly Texts[]): readonly FormRow[] =>
  [...stored, {}].map((texts, number) => ({ number, texts }));

/** A form as one of its buttons asks for it: with a row more, without one, or with one before the row above it. */
export function withRowsAsked(form: Texts): Texts {
  const [act, list = ""] = (form[ROWS_FIELD] ?? "").split(" ");
  if (act === "drop") return Object.fromEntries(Object.entries(form).filter(([name]) => !name.startsWith(`${list}.`)));
  if (act === "up") return withRowUp(form, list);
  if (act !== "more") return form;
  const next = 1 + Math.max(-1, ...(rowsIn(form, list) ?? []).map(({ number }) => number));
  return { ...form, [rowField(list, next)]: "" };
}

/** A form whose row changed places with the one above it; the first row stays. */
function withRowUp(form: Texts, row: string): Texts {
  const [, list = "", text = ""] = /^(.+)\.(\d{1,3})$/.exec(row) ?? [];
  const above = (rowsIn(form, list) ?? []).filter(({ number }) => number < Number(text)).at(-1);
  if (above === undefined) return form;
  const other = `${list}.${above.number}`;
  const renamed = Object.entries(form).map(([name, value]): [string, string] => {
    if (name.startsWith(`${row}.`)) return [other + name.slice(row.length), value];
    return [name.startsWith(`${other}.`) ? row + name.slice(other.length) : name, value];
  });
  return Object.fromEntries(renamed);
}

/** What the Enter key presses in a form whose first button is one of a row. */
export const enterButton = (name: string, value: string): Html =>
  html`<button class="hidden" name="${name}" value="${value}" tabindex="-1" aria-hidden="true"></button>`;

const listField = (list: string): string => `${list}.rows`;
const rowField = (list: string, number: number): string => `${list}.${number}.${IS_ROW}`;

/** Draws the fields of a row: `nameOf` a part is the name of its field. */
type DrawRow = (texts: Texts, nameOf: (part: string) => string) => Html;

interface RowList {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly FormRow[];
  readonly draw: DrawRow;
  /** The order of the rows says something: each has a button that brings it up. */
  readonly isOrdered?: boolean;
}

/** A list of rows in a form, with buttons that add one and take one away, with a script or without. */
export const rowsView = (list: RowList, { say }: PageWords): Html =>
  html`<fieldset class="row-list">
    <legend>${list.title}</legend>
    <input type="hidden" name="${listField(list.name)}" value="" />
    ${list.rows.map(
      ({ number, texts }, i) =>
        html`<div role="group" aria-label="${say("rows.row", { name: list.title, numb: i + 1 })}">
          <input type="hidden" name="${rowField(list.name, number)}" value="" />
          ${list.draw(texts, (part) => `${list.name}.${number}.${part}`)}
          ${
            list.isOrdered === true && i > 0
              ? html`<button
                  class="plain"
                  name="${ROWS_FIELD}"
                  value="up ${list.name}.${number}"
                  aria-label="${say("rows.rowUp", { name: list.title, numb: i + 1 })}"
                  formnovalidate
                >
                  ↑
                </button>`
              : ""
          }
          <button
            class="plain"
            name="${ROWS_FIELD}"
            value="drop ${list.name}.${number}"
            aria-label="${say("rows.dropRow", { name: list.title, numb: i + 1 })}"
            formnovalidate
          >
            ${say("common.remove")}
          </button>
        </div>`,
    )}
    <button class="plain" name="${ROWS_FIELD}" value="more ${list.name}" formnovalidate>${say("rows.more")}</button>
  </fieldset>`;
