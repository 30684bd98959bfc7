import { type Variable, variableSchema } from "@regulars/core/platform/message-text";
import { writeSource } from "@regulars/render/texts/write-text";
import { html } from "hono/html";
import type { Html } from "../page/layout.ts";
import { type Reading, readableName, readableValue, readingNamed, readingOf, unitOf, unitWithin } from "./operand.ts";

type Entry = readonly [name: string, value: unknown];

/** Every operand with a readable name: scalars and groups in a list, arrays of records as one table each. */
export function operandsView(operands: object, reading: Reading): Html {
  const entries = Object.entries(operands).filter(([, value]) => value !== undefined);
  const tables = entries.filter(([, value]) => recordsOf(value) !== undefined);
  const plain = entries.filter(([, value]) => recordsOf(value) === undefined);
  return html`${listView(plain, undefined, reading)}
  ${tables.map(([name, value]) => tableView(readableName(name, reading.words), recordsOf(value) ?? [], reading))}`;
}

/** The rows of an array of records; `undefined` for any other value. */
function recordsOf(value: unknown): readonly object[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const records = value.filter((one): one is object => typeof one === "object" && one !== null && !Array.isArray(one));
  return records.length === value.length ? records : undefined;
}

const listView = (entries: readonly Entry[], unit: string | undefined, reading: Reading): Html =>
  html`<dl class="operands">
    ${entries.map(
      ([name, value]) =>
        html`<div class="${typeof value === "object" && value !== null ? "group" : ""}">
          <dt>${readableName(name, reading.words)}</dt>
          <dd>${valueView(value, unitWithin(name, unit), readingNamed(name, reading))}</dd>
        </div>`,
    )}
  </dl>`;

function valueView(value: unknown, unit: string | undefined, reading: Reading): Html | string {
  if (Array.isArray(value))
    return value.length === 0
      ? reading.words.say("operand.none")
      : html`<bdi>${value.map((one) => readableValue(one, unit, reading)).join(", ")}</bdi>`;
  const variable = plainVariable(value);
  if (variable !== undefined)
    return html`<bdi>${writeSource("<valu>", { valu: variable }, () => undefined, reading.words.formats)}</bdi>`;
  if (typeof value === "object" && value !== null) return listView(Object.entries(value), unit, reading);
  return html`<bdi>${readableValue(value, unit, reading)}</bdi>`;
}

/** The value of a text's variable, as a status keeps it; `undefined` for words that are translated. */
function plainVariable(value: unknown): Variable | undefined {
  const { data } = variableSchema.safeParse(value);
  return data?.type === "phrase" || data?.type === "list" ? undefined : data;
}

function tableView(caption: string, records: readonly object[], reading: Reading): Html {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return html`<div class="scroll stack" role="group" aria-label="${caption}" tabindex="0">
    <table class="records">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${names.map((name) => html`<th scope="col">${readableName(name, reading.words)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${records.map((record) => recordView(new Map(Object.entries(record)), names, readingOf(record, reading)))}
      </tbody>
    </table>
  </div>`;
}

const recordView = (record: ReadonlyMap<string, unknown>, names: readonly string[], reading: Reading): Html =>
  html`<tr>
    ${names.map((name) => html`<td data-of="${readableName(name, reading.words)}"><bdi>${readableValue(record.get(name), unitOf(name), reading)}</bdi></td>`)}
  </tr>`;
