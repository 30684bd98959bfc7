import type { Condition, Subject } from "./condition.ts";
import { comparisonOf } from "./comparison.ts";
import type { Counter } from "./counter.ts";
import { periodDays } from "./counter-settings.ts";
import type { Leaf, PlacedLeaf } from "./criteria.ts";
import { lastShifted, nextShifted, shiftsOf } from "./edges.ts";
import { type Field, type FieldContext, fieldOf } from "./fields.ts";
import type { FieldValue } from "./owner-facts.ts";
import { recordQuery } from "./owner-records.ts";
import { counterReader } from "./record-days.ts";
import type { Truth } from "./truth.ts";

/** A leaf that can be asked, with the value that it compares. */
export interface CompiledLeaf extends Condition, PlacedLeaf {
  readonly field: Field;
  readonly value: (subject: Subject, on: number) => FieldValue;
}

/** Throws when the tenant has no such field any more. */
export function compileLeaf({ leaf, path }: PlacedLeaf, context: FieldContext): CompiledLeaf {
  const field = fieldOf(leaf.field, context);
  if (field === undefined || isOtherPeriod(field, leaf))
    throw new Error(`${leaf.field} is no field of a ${context.ownerType} any more`);
  if (field.source === "status") return statusLeaf({ leaf, path }, field);
  const { value, nextEdge, lastEdge } = sourceOf(field, leaf, context);
  return { leaf, path, field, value, truth: truthOf(leaf, field, value), nextEdge, lastEdge };
}

/** Checked criteria name a period by its number: where that is gone, another one may have so many days. */
function isOtherPeriod(field: Field, leaf: Leaf): boolean {
  if (field.source !== "counter" || field.counter.period === undefined) return false;
  return !leaf.field.endsWith(`${field.counter.value}${field.counter.period}`);
}

type Source = Pick<CompiledLeaf, "value" | "nextEdge" | "lastEdge">;

const never = { nextEdge: () => Infinity, lastEdge: () => -Infinity };

function sourceOf(field: Field, leaf: Leaf, context: FieldContext): Source {
  const { name } = field;
  if (field.source === "counter") return counterSource(field.counter, leaf, context);
  if (field.source === "finding") return findingSource(field.kind);
  if (field.source === "health") return healthSource(name);
  return { ...never, value: ({ facts }) => facts.card[name] };
}

/** A finding is as it is now, unless it is foretold: then it can be another every day. */
const findingSource = (kind: string): Source => ({
  ...never,
  value: ({ facts }, on) => facts.levelOf(kind, on),
  nextEdge: ({ facts }, on) => (on < facts.findingsUntil ? on + 1 : Infinity),
});

/** A score can be another every day, from the first contact until there is not enough data any more. */
const healthSource = (name: string): Source => ({
  value: ({ facts }, on) => facts.health.valueOf(name, on),
  nextEdge: ({ facts }, on) => {
    const { first, last } = facts.health.days();
    return on < last ? Math.max(on + 1, first) : Infinity;
  },
  lastEdge: ({ facts }, on) => {
    const { first, last } = facts.health.days();
    return on >= first ? Math.min(on, last) : -Infinity;
  },
});

/** A counter of a period that the tenant has no more has no value. */
function counterSource(counter: Counter, leaf: Leaf, { settings, ownerType }: FieldContext): Source {
  const includeAutomatic = leaf.includeAutomatic === true;
  const query = recordQuery(counter.filter, { includeAutomatic, amountClasses: settings.amountClasses });
  const days = counter.period === undefined ? 0 : periodDays(settings, ownerType, counter.period);
  if (days === undefined) return { ...never, value: () => undefined };
  const shifts = shiftsOf(counter, leaf, days);
  const read = counterReader(counter.value, days);
  return {
    value: ({ facts }, on) => read(facts.daysOf(query, on), on),
    nextEdge: ({ facts }, on) => {
      const changes = facts.changeDaysOf(query);
      let next = Infinity;
      for (const shift of shifts) next = Math.min(next, nextShifted(changes, shift, on));
      return next;
    },
    lastEdge: ({ facts }, on) => {
      const changes = facts.changeDaysOf(query);
      let last = -Infinity;
      for (const shift of shifts) last = Math.max(last, lastShifted(changes, shift, on));
      return last;
    },
  };
}

function truthOf(leaf: Leaf, field: Field, read: Source["value"]): Condition["truth"] {
  if (leaf.op === "isNull") return (subject, on) => read(subject, on) === undefined;
  if (leaf.op === "isNotNull") return (subject, on) => read(subject, on) !== undefined;
  const compare = comparisonOf(leaf, field.type);
  const without: Truth = leaf.orNever === true ? true : undefined;
  return (subject, on) => {
    const value = read(subject, on);
    return value === undefined ? without : compare(value, on);
  };
}

function statusLeaf({ leaf, path }: PlacedLeaf, field: Field): CompiledLeaf {
  const statusId = String(leaf.value);
  const isWanted = leaf.op === "hasStatus";
  const value = ({ statuses }: Subject, on: number) => statuses.isOn(statusId, on);
  return {
    leaf,
    path,
    field,
    value,
    truth: (subject, on) => {
      const isOn = value(subject, on);
      return isOn === undefined ? undefined : isOn === isWanted;
    },
    nextEdge: ({ statuses }, on) => statuses.nextTurn(statusId, on),
    lastEdge: ({ statuses }, on) => statuses.lastTurn(statusId, on),
  };
}
