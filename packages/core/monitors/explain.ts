import { type Day, type DayNumber, dayNumber, toDay } from "../platform/values.ts";
import type { CompiledCriteria } from "./compile.ts";
import { type Subject, type Tree, nextTurn } from "./condition.ts";
import type { LeafValue, Op, Unit } from "./criteria.ts";

/** One comparison as it was answered: its value and what it was compared with. */
export interface ExplainedLeaf {
  readonly path: string;
  readonly field: string;
  readonly op: Op;
  readonly threshold?: LeafValue | undefined;
  readonly unit?: Unit | undefined;
  /** Whoever has no value is counted in. */
  readonly orNever?: boolean | undefined;
  /** What a program did is counted too. */
  readonly includeAutomatic?: boolean | undefined;
  /** Absent where there is no value. */
  readonly value?: string | number | boolean | undefined;
  /** Absent where it cannot be known. */
  readonly truth?: boolean | undefined;
}

/** Why an owner meets criteria on a day or not, and when that changes if nothing happens. */
export interface Explanation {
  readonly isOn: boolean;
  readonly leaves: readonly ExplainedLeaf[];
  readonly willEnterOn?: Day | undefined;
  readonly willLeaveOn?: Day | undefined;
}

/** Explains criteria of one owner on a day, foretelling up to another (docs/reference/monitors.md 3). */
export function explain(criteria: CompiledCriteria, subject: Subject, on: DayNumber, until = Infinity): Explanation {
  const isOn = criteria.truth(subject, on) === true;
  const next = nextTurn(onOrOff(criteria), subject, on);
  const turn = next === Infinity || next > until ? {} : { [isOn ? "willLeaveOn" : "willEnterOn"]: toDay(next) };
  return {
    isOn,
    leaves: criteria.leaves.map(({ path, leaf, field, value, truth }) => {
      const found = value(subject, on);
      return {
        path,
        field: leaf.field,
        op: leaf.op,
        threshold: leaf.value,
        unit: leaf.unit,
        orNever: leaf.orNever,
        includeAutomatic: leaf.includeAutomatic,
        value: field.type === "day" && typeof found === "number" ? toDay(found) : found,
        truth: truth(subject, on),
      };
    }),
    ...turn,
  };
}

/** The day in `(on, until]` on which criteria that do not hold begin to hold by time alone. */
export function entersOn(
  criteria: Tree,
  subject: Subject,
  { on, until }: { readonly on: DayNumber; readonly until: DayNumber },
): DayNumber | undefined {
  if (criteria.truth(subject, on) === true) return undefined;
  const next = nextTurn(onOrOff(criteria), subject, on);
  return next <= until ? dayNumber(next) : undefined;
}

/** A status is on or off: from false to unknown is no change. */
const onOrOff = (criteria: Tree): Tree => ({
  ...criteria,
  truth: (subject, on) => criteria.truth(subject, on) === true,
});
