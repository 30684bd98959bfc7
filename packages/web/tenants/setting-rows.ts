import { MOST_PERIODS, usualCounterSettings } from "@regulars/core/monitors/counter-settings";
import { ownerTypes } from "@regulars/core/monitors/owner";
import { digitsOfCode } from "@regulars/core/platform/currencies";
import { isRecord } from "@regulars/core/platform/is-record";
import { exactMinor, minorText, parseDecimal } from "@regulars/core/platform/money";
import { currencySchema, minor } from "@regulars/core/platform/values";
import type { PageWords } from "@regulars/render/texts/page-words";
import { html } from "hono/html";
import * as z from "zod";
import type { FormField } from "../page/form-reason.ts";
import { type FormRow, filledRows, rowsIn, rowsOf, rowsView } from "../page/form-rows.ts";
import type { Form } from "../page/form.ts";
import type { Html } from "../page/layout.ts";
import { typedAmount } from "../page/typed-amount.ts";

/** Settings that are lists: fields and rows of a form, in which nobody has to write a code. */

export interface ListSetting {
  /** What the fields of a form say, to be checked; `undefined` for a form without them. */
  readonly valueIn: (form: Form) => unknown;
  /** The field that a place within the value is in. */
  readonly fieldAt: (form: Form, path: readonly string[], words: PageWords) => FormField | undefined;
  /** What is wrong there, where the schema says it to programs. */
  readonly saysAt?: (path: readonly string[], what: string, words: PageWords) => string | undefined;
  /** `value` is as it is stored, days of every year are shown in `year`; a form that was sent has fields of its own. */
  readonly view: (value: unknown, title: string, form: Form, year: number, words: PageWords) => Html;
}

const numberOrText = (text: string): number | string => (/^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text);
const periodField = (owner: string, at: number): string => `periods.${owner}.${at}`;
const periodNumbers = Array.from({ length: MOST_PERIODS }, (_, i) => i);
const periodsIn = (form: Form, owner: string) =>
  periodNumbers.flatMap((at) => {
    const text = form[periodField(owner, at)];
    return typeof text === "string" && text.trim() !== "" ? [{ at, text: text.trim() }] : [];
  });

/** Days of up to three periods for each type of owner. */
const periods: ListSetting = {
  valueIn: (form) => {
    if (ownerTypes.every((owner) => form[periodField(owner, 0)] === undefined)) return undefined;
    const named = ownerTypes.map(
      (owner) => [owner, periodsIn(form, owner).map(({ text }) => numberOrText(text))] as const,
    );
    return Object.fromEntries(named.filter(([, days]) => days.length > 0));
  },
  fieldAt: (form, [owner = "", index = "0"], words) => {
    const at = periodsIn(form, owner)[Number(index)]?.at ?? 0;
    return { name: periodField(owner, at), label: periodLabel(owner, at, words) };
  },
  view: (value, title, form, _, words) =>
    html`<fieldset class="row-list">
      <legend>${title}</legend>
      ${ownerTypes.map((owner) => {
        const days = isRecord(value) ? value[owner] : undefined;
        // Only an owner type without any period of its own has the usual ones.
        const usual = Array.isArray(days) && days.length > 0 ? [] : usualCounterSettings.periods[owner];
        return html`<div role="group">
          ${periodNumbers.map((at) => {
            const name = periodField(owner, at);
            const stored = Array.isArray(days) ? String(days[at] ?? "") : "";
            return html`<label
              >${periodLabel(owner, at, words)}
              <input
                name="${name}"
                value="${form[name] ?? stored}"
                placeholder="${usual[at] ?? ""}"
                inputmode="numeric"
                size="5"
              />
            </label>`;
          })}
        </div>`;
      })}
    </fieldset>`,
};

const periodLabel = (owner: string, at: number, { say, find }: PageWords): string =>
  say("setting.period", { name: find(`owner.${owner}`) ?? owner, numb: at + 1 });

const classParts = ["class", "currency", "from", "to"] as const;
type ClassPart = (typeof classParts)[number];
const CLASS_FIELDS: Readonly<Record<string, ClassPart>> = {
  class: "class",
  currency: "currency",
  fromMinor: "from",
  toMinor: "to",
};
const storedClass = z.looseObject({
  class: z.number(),
  currency: currencySchema,
  fromMinor: z.number(),
  toMinor: z.number().optional(),
});
const classRows = (form: Form) => filledRows(rowsIn(form, "amountClasses") ?? []);

/** Minor units of an amount as it is written; what is no amount stays a text, and is refused as such. */
function minorIn(text: string, code: string): number | string {
  const amount = parseDecimal(typedAmount(text));
  const currency = currencySchema.safeParse(digitsOfCode(code) === undefined ? "EUR" : code);
  if (!amount.ok || !currency.success) return text;
  const units = exactMinor(amount.value, currency.data);
  return units.ok ? units.value : text;
}

/** Ranges of amounts of a currency, each with the number of its class. */
const amountClasses: ListSetting = {
  valueIn: (form) =>
    rowsIn(form, "amountClasses") === undefined
      ? undefined
      : classRows(form).map(({ texts: { class: number = "", currency: code = "", from = "", to = "" } }) => {
          const currency = code.toUpperCase();
          return {
            class: numberOrText(number),
            currency,
            fromMinor: from === "" ? 0 : minorIn(from, currency),
            ...(to === "" ? {} : { toMinor: minorIn(to, currency) }),
          };
        }),
  fieldAt: (form, [index = "0", part = ""], words) => {
    const rows = classRows(form);
    const row = rows[Number(index)] ?? rows[0];
    if (row === undefined) return undefined;
    // A range overlaps another one as a whole: that is said of the class where nothing is written of its start.
    const field = CLASS_FIELDS[part] ?? (row.texts["from"] ? "from" : "class");
    return { name: `amountClasses.${row.number}.${field}`, label: words.say(`setting.class.${field}`) };
  },
  saysAt: (path, what, { say, refused }) => {
    if (path.length === 1) return say("setting.class.overlaps");
    if (what.startsWith("ends before it begins")) return refused("ends before it begins");
    return path[1]?.endsWith("Minor") === true ? say("form.notLike", { exam: "1234.56" }) : undefined;
  },
  view: (value, title, form, _, words) =>
    rowsView(
      {
        name: "amountClasses",
        title,
        rows: rowsIn(form, "amountClasses") ?? rowsOf(Array.isArray(value) ? value.map(classTexts) : []),
        draw: (texts, nameOf) =>
          html`${classParts.map(
            (part) =>
              html`<label
                >${words.say(`setting.class.${part}`)}
                <input
                  name="${nameOf(part)}"
                  value="${texts[part] ?? ""}"
                  ${part === "currency" ? html`maxlength="3" size="4"` : html`inputmode="decimal" size="${part === "class" ? 2 : 10}"`}
                />
              </label>`,
          )}`,
      },
      words,
    ),
};

/** A stored range as the texts of its row; one that today's rules refuse is shown as far as it can be read. */
function classTexts(value: unknown): FormRow["texts"] {
  const { data } = storedClass.safeParse(value);
  if (data === undefined) return {};
  const { class: number, currency, fromMinor, toMinor } = data;
  const to: FormRow["texts"] = toMinor === undefined ? {} : { to: minorText(minor(toMinor), currency) };
  return { class: String(number), currency, from: minorText(minor(fromMinor), currency), ...to };
}

const closureSchema = z.object({ from: z.string(), to: z.string() });
const YEARLY = /^\d\d-\d\d$/;
const DATED = /^\d{4}-(\d\d-\d\d)$/;
const LEAP_DAY = "02-29";

/** Days closed: from one to another, in one year or in every one. */
const closures: ListSetting = {
  valueIn: (form) => {
    const rows = rowsIn(form, "closures");
    return (
      rows &&
      filledRows(rows).map(({ texts: { from = "", to = "", yearly } }) => {
        const dayOf = (text: string): string => (yearly === undefined ? text : (DATED.exec(text)?.[1] ?? text));
        return { from: dayOf(from), to: dayOf(to === "" ? from : to) };
      })
    );
  },
  fieldAt: (form, [index = "0", part = ""], { say }) => {
    const rows = rowsIn(form, "closures") ?? [];
    const filled = filledRows(rows);
    const row = filled[Number(index)] ?? filled[0];
    if (row === undefined) return undefined;
    const field = part === "to" && (row.texts["to"] ?? "") !== "" ? "to" : "from";
    return { name: `closures.${row.number}.${field}`, label: say(`rows.${field}`) };
  },
  view: (value, title, form, year, words) =>
    rowsView(
      {
        name: "closures",
        title,
        rows:
          rowsIn(form, "closures") ?? rowsOf(Array.isArray(value) ? value.map((one) => closureTexts(one, year)) : []),
        draw: (texts, nameOf) =>
          html`${(["from", "to"] as const).map((part) => html`<label>${words.say(`rows.${part}`)} <input name="${nameOf(part)}" type="date" value="${texts[part] ?? ""}" /></label>`)}
            <label
              ><input
                type="checkbox"
                name="${nameOf("yearly")}"
                ${texts["yearly"] === undefined ? "" : html`checked`}
              />
              ${words.say("setting.yearly")}</label
            >`,
      },
      words,
    ),
};

/** A stored closure as the texts of its row: a day of every year in this one, a leap day in the next that has it. */
function closureTexts(value: unknown, year: number): FormRow["texts"] {
  const { data } = closureSchema.safeParse(value);
  if (data === undefined) return {};
  const { from, to } = data;
  if (!YEARLY.test(from)) return { from, to };
  const shown = [from, to].includes(LEAP_DAY) ? Math.ceil(year / 4) * 4 : year;
  return { from: `${shown}-${from}`, to: `${shown}-${to}`, yearly: "on" };
}

const LISTS: ReadonlyMap<string, ListSetting> = new Map(Object.entries({ periods, amountClasses, closures }));

/** How a setting that is a list is filled; `undefined` for every other. */
export const listSetting = (name: string): ListSetting | undefined => LISTS.get(name);
