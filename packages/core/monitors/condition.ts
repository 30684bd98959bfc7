import type { OwnerFacts } from "./owner-facts.ts";
import type { Truth } from "./truth.ts";

/** The other statuses of the same owner, for criteria that name them. */
export interface StatusTruths {
  readonly isOn: (statusId: string, on: number) => Truth;
  /** The next day after `on` on which it turns by time alone; Infinity for never. */
  readonly nextTurn: (statusId: string, on: number) => number;
  /** The last day up to `on` on which it turned by time alone; -Infinity for never. */
  readonly lastTurn: (statusId: string, on: number) => number;
}

/** An owner, and what there is to know about it. */
export interface Subject {
  readonly facts: OwnerFacts;
  readonly statuses: StatusTruths;
}

/** What can be true of an owner on a day, and on which days that can change by time alone. */
export interface Condition {
  readonly truth: (subject: Subject, on: number) => Truth;
  /** The first day after `on` on which the truth may be another; Infinity for never. */
  readonly nextEdge: (subject: Subject, on: number) => number;
  /** The last day up to `on` on which the truth may have become another; -Infinity for never. */
  readonly lastEdge: (subject: Subject, on: number) => number;
}

/** A condition made of others: it can turn only when one of them does. */
export interface Tree extends Pick<Condition, "truth"> {
  readonly leaves: readonly Condition[];
}

/** The first day after `on` on which the truth is another than on `on`; Infinity for never. */
export function nextTurn(condition: Condition | Tree, subject: Subject, on: number): number {
  const now = condition.truth(subject, on);
  if ("leaves" in condition)
    return turnOfTree(condition.leaves, {
      from: on,
      turn: (leaf, day) => nextTurn(leaf, subject, day),
      nearest: Math.min,
      isTurn: (day) => condition.truth(subject, day) !== now,
      beyond: (day) => day,
    });
  let edge = condition.nextEdge(subject, on);
  while (edge !== Infinity && condition.truth(subject, edge) === now) edge = condition.nextEdge(subject, edge);
  return edge;
}

/** The first day of those up to `on` on which the truth was without a break what it is then; -Infinity for all days. */
export function lastTurn(condition: Condition | Tree, subject: Subject, on: number): number {
  const now = condition.truth(subject, on);
  if ("leaves" in condition)
    return turnOfTree(condition.leaves, {
      from: on,
      turn: (leaf, day) => lastTurn(leaf, subject, day),
      nearest: Math.max,
      isTurn: (day) => condition.truth(subject, day - 1) !== now,
      beyond: (day) => day - 1,
    });
  let edge = condition.lastEdge(subject, on);
  while (edge !== -Infinity && condition.truth(subject, edge - 1) === now) edge = condition.lastEdge(subject, edge - 1);
  return edge;
}

interface Search {
  readonly from: number;
  readonly turn: (leaf: Condition, day: number) => number;
  readonly nearest: (...days: number[]) => number;
  readonly isTurn: (day: number) => boolean;
  /** From where a leaf that turned on a day is asked again. */
  readonly beyond: (day: number) => number;
}

/** Goes from turn to turn of the leaves until the whole turns; only the leaves that turned are asked again. */
function turnOfTree(leaves: readonly Condition[], { from, turn, nearest, isTurn, beyond }: Search): number {
  const turns = leaves.map((leaf) => turn(leaf, from));
  for (;;) {
    const edge = nearest(...turns);
    if (!Number.isFinite(edge) || isTurn(edge)) return edge;
    leaves.forEach((leaf, index) => {
      if (turns[index] === edge) turns[index] = turn(leaf, beyond(edge));
    });
  }
}
