import type { Counter, CounterFilter } from "@regulars/core/monitors/counter";
import { periodDays } from "@regulars/core/monitors/counter-settings";
import { type Criterion, type Leaf, type Op, isLeaf, partsOf } from "@regulars/core/monitors/criteria";
import { type FieldContext, fieldOf } from "@regulars/core/monitors/fields";
import { isRelative } from "@regulars/core/monitors/operators";
import { daySchema } from "@regulars/core/platform/values";
import { isTextId } from "../texts/languages.ts";
import { type Words, wordsOf } from "../texts/words.ts";

interface Sentence {
  readonly fields: FieldContext;
  readonly words: Words;
  /** The names of statuses and insight kinds by id; without one, the id. */
  readonly nameOf?: ((id: string) => string | undefined) | undefined;
}

/**
 * Criteria as a sentence that people read, in the language of a locale: "The category is Customer and the last of sales
 * sold is …".
 */
export function criteriaSentence(
  criterion: Criterion,
  { locale = "en", ...told }: Omit<Sentence, "words"> & { readonly locale?: string | undefined },
): string {
  const text = clause(criterion, { ...told, words: wordsOf(locale) });
  return `${text.charAt(0).toLocaleUpperCase(locale)}${text.slice(1)}.`;
}

function clause(criterion: Criterion, told: Sentence): string {
  const { say } = told.words;
  if (isLeaf(criterion)) return leafClause(criterion, told);
  if ("not" in criterion) return say("criteria.not", { what: clause(criterion.not, told) });
  const parts = partsOf(criterion);
  const clauses = parts.map((part) => {
    const what = clause(part, told);
    return isLeaf(part) || parts.length === 1 ? what : say("criteria.group", { what });
  });
  const both = "any" in criterion ? "criteria.or" : "criteria.and";
  return clauses.reduce((left, righ) => say(both, { left, righ }));
}

function leafClause(leaf: Leaf, told: Sentence): string {
  const { say } = told.words;
  const is = say(`criteria.op.${leaf.op}`, { what: fieldText(leaf.field, told), valu: valueText(leaf, told) });
  const orNever = leaf.orNever === true ? say("criteria.orNever", { what: is }) : is;
  return leaf.includeAutomatic === true ? say("criteria.automatic", { what: orNever }) : orNever;
}

function fieldText(name: string, { fields, nameOf, words }: Sentence): string {
  const field = fieldOf(name, fields);
  if (field?.source === "counter") return counterText(field.counter, fields, words);
  if (field?.source === "finding") return words.say("criteria.finding", { name: nameOf?.(field.kind) ?? field.kind });
  const id = `criteria.field.${name}`;
  return isTextId(id) ? words.text(id) : name;
}

function counterText({ filter, value, period }: Counter, fields: FieldContext, { say, ...words }: Words): string {
  const what = say(`criteria.counter.${value}`, { recs: recordsText(filter, { say, ...words }) });
  if (period === undefined) return what;
  return say("criteria.period", { what, numb: periodDays(fields.settings, fields.ownerType, period) ?? 0 });
}

/** The records of a counter: "e-mails", and of those that have them direction, state and amount class. */
function recordsText({ records, type, direction, state, amountClass }: CounterFilter, { say, text }: Words): string {
  const kind = `criteria.records.${type ?? records}`;
  let recs = isTextId(kind) ? text(kind) : (type ?? records);
  for (const filter of [direction, state]) {
    const id = `criteria.that.${filter ?? ""}`;
    if (isTextId(id)) recs = text(id, { recs });
  }
  return amountClass === undefined ? recs : say("criteria.amountClass", { recs, numb: amountClass });
}

/** Their values may be days. */
const dateOps: ReadonlySet<Op> = new Set(["before", "after", "on", "between"]);

function valueText({ op, value, unit = "days" }: Leaf, { nameOf, words: { say, formats } }: Sentence): string {
  if (isRelative(op)) return say("criteria.span", { unit, numb: Number(value) });
  if (typeof value === "boolean") return say(value ? "criteria.yes" : "criteria.no");
  const shown = (one: string | number): string => {
    if (typeof one === "number") return formats.number(one);
    const day = dateOps.has(op) ? daySchema.safeParse(one) : undefined;
    return day?.success === true ? formats.day(day.data) : one;
  };
  const values = (Array.isArray(value) ? value : [value ?? ""]).map(shown);
  if (op === "hasStatus" || op === "hasNotStatus") return values.map((id) => nameOf?.(id) ?? id).join(", ");
  const [from = "", upto = ""] = values;
  return op === "between" ? say("criteria.range", { from, upto }) : values.join(", ");
}
