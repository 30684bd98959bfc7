import { type CompiledCriteria, compileCriteria } from "./compile.ts";
import { type StatusTruths, type Subject, type Tree, lastTurn, nextTurn } from "./condition.ts";
import type { Criterion } from "./criteria.ts";
import type { FieldContext } from "./fields.ts";
import type { OwnerFacts } from "./owner-facts.ts";
import { circlesIn, inOrder } from "./status-graph.ts";
import type { Truth } from "./truth.ts";

/** The statuses of an owner type, ready to be asked, in an order in which each comes after those that it names. */
export interface StatusBook {
  readonly criteria: ReadonlyMap<string, CompiledCriteria>;
  /** Statuses that cannot be evaluated, with the reason; they keep their old values. */
  readonly broken: ReadonlyMap<string, string>;
}

/** Compiles every status by itself, so that a broken one stops no other: those in a circle are broken. */
export function compileBook(definitions: ReadonlyMap<string, Criterion>, context: FieldContext): StatusBook {
  const criteria = new Map<string, CompiledCriteria>();
  const broken = new Map(circlesIn(definitions));
  for (const statusId of inOrder(definitions)) {
    const definition = definitions.get(statusId);
    if (definition === undefined || broken.has(statusId)) continue;
    try {
      criteria.set(statusId, compileCriteria(definition, context));
    } catch (error) {
      broken.set(statusId, error instanceof Error ? error.message : String(error));
    }
  }
  return { criteria, broken };
}

/** What a status is for others while it is not evaluated itself: it waits for its regeneration, or is broken. */
type OldValue = (statusId: string) => Truth;

/** The statuses of one owner on any day, each computed once a day, whatever the order they are asked in. */
export function statusesOf(
  { criteria }: Pick<StatusBook, "criteria">,
  facts: OwnerFacts,
  oldValue: OldValue = () => undefined,
): Subject {
  const known = new Map<string, Map<number, Truth>>();

  const isOn = (statusId: string, on: number): Truth => {
    const compiled = criteria.get(statusId);
    if (compiled === undefined) return oldValue(statusId);
    let days = known.get(statusId);
    if (days === undefined) known.set(statusId, (days = new Map()));
    const kept = days.get(on);
    if (kept !== undefined) return kept;
    const value = compiled.truth(subject, on) === true;
    days.set(on, value);
    return value;
  };

  const statuses: StatusTruths = {
    isOn,
    nextTurn: (statusId, on) => turnOf(statusId, (tree) => nextTurn(tree, subject, on), Infinity),
    lastTurn: (statusId, on) => turnOf(statusId, (tree) => lastTurn(tree, subject, on), -Infinity),
  };

  /** A status is on or off, never unknown: it turns only between those two. */
  const turnOf = (statusId: string, find: (tree: Tree) => number, none: number): number => {
    const compiled = criteria.get(statusId);
    return compiled === undefined ? none : find({ ...compiled, truth: (_, on) => isOn(statusId, on) });
  };

  const subject: Subject = { facts, statuses };
  return subject;
}
