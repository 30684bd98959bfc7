import type { Counter, CounterFilter } from "@regulars/core/monitors/counter";
import { periodDays } from "@regulars/core/monitors/counter-settings";
import { type Criterion, type Leaf, isLeaf, partsOf } from "@regulars/core/monitors/criteria";
import { type FieldContext, fieldOf } from "@regulars/core/monitors/fields";
import { isRelative } from "@regulars/core/monitors/operators";
import { type CriteriaWords, english } from "./criteria-words.ts";

interface Sentence {
  readonly fields: FieldContext;
  readonly words?: CriteriaWords | undefined;
  /** The names of statuses and insight kinds by id; without one, the id. */
  readonly nameOf?: ((id: string) => string | undefined) | undefined;
}

/** Criteria as a sentence that people read: "The category is Customer and the last of sales sold is …". */
export function criteriaSentence(criterion: Criterion, sentence: Sentence): string {
  const text = clause(criterion, { words: english, ...sentence });
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

type Told = Sentence & { readonly words?: CriteriaWords | undefined };

function clause(criterion: Criterion, told: Told): string {
  const { words = english } = told;
  if (isLeaf(criterion)) return leafClause(criterion, told, words);
  if ("not" in criterion) return `${words.not} (${clause(criterion.not, told)})`;
  const parts = partsOf(criterion).map((part) =>
    isLeaf(part) || partsOf(criterion).length === 1 ? clause(part, told) : `(${clause(part, told)})`,
  );
  return parts.join(` ${"any" in criterion ? words.or : words.and} `);
}

function leafClause(leaf: Leaf, told: Told, words: CriteriaWords): string {
  return [
    fieldText(leaf.field, told, words),
    filled(words.ops[leaf.op], valueText(leaf, told, words)),
    ...(leaf.orNever === true ? [words.orNever] : []),
    ...(leaf.includeAutomatic === true ? [`(${words.includeAutomatic})`] : []),
  ].join(" ");
}

function fieldText(name: string, { fields, nameOf }: Told, words: CriteriaWords): string {
  const field = fieldOf(name, fields);
  if (field?.source === "counter") return counterText(field.counter, fields, words);
  if (field?.source === "finding") return filled(words.finding, nameOf?.(field.kind) ?? field.kind);
  return words.fields[name] ?? name;
}

function counterText({ filter, value, period }: Counter, fields: FieldContext, words: CriteriaWords): string {
  const text = filled(words.counters[value], recordsText(filter, words));
  if (period === undefined) return text;
  const days = periodDays(fields.settings, fields.ownerType, period) ?? 0;
  return `${text} ${filled(words.period, counted(days, "days", words))}`;
}

function recordsText({ records, type, direction, state, amountClass }: CounterFilter, words: CriteriaWords): string {
  const kind = type === undefined ? words.records[records] : words.filters[type];
  const rest = [direction, state].flatMap((word) => (word === undefined ? [] : [words.filters[word] ?? word]));
  const inClass = amountClass === undefined ? [] : [filled(words.amountClass, String(amountClass))];
  return [kind ?? records, ...rest, ...inClass].join(" ");
}

function valueText({ op, value, unit = "days" }: Leaf, { nameOf }: Told, words: CriteriaWords): string {
  if (isRelative(op)) return counted(Number(value), unit, words);
  if (typeof value === "boolean") return value ? words.flags[0] : words.flags[1];
  const values = (Array.isArray(value) ? value : [value ?? ""]).map(String);
  if (op === "hasStatus" || op === "hasNotStatus") return values.map((id) => nameOf?.(id) ?? id).join(", ");
  return values.join(op === "between" ? ` ${words.and} ` : ", ");
}

const counted = (count: number, unit: keyof CriteriaWords["units"], words: CriteriaWords): string =>
  `${count} ${words.units[unit][count === 1 ? 0 : 1]}`;

const filled = (template: string, value: string): string => template.replace("{0}", () => value);
