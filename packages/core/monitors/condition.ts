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

/** The first day after `on` on which the truth is another than on `on`; Infinity for never. */
export function nextTurn(condition: Condition, subject: Subject, on: number): number {
  const now = condition.truth(subject, on);
  let edge = condition.nextEdge(subject, on);
  while (edge !== Infinity && condition.truth(subject, edge) === now) edge = condition.nextEdge(subject, edge);
  return edge;
}

/** The first day of those up to `on` on which the truth was without a break what it is then; -Infinity for all days. */
export function lastTurn(condition: Condition, subject: Subject, on: number): number {
  const now = condition.truth(subject, on);
  let edge = condition.lastEdge(subject, on);
  while (edge !== -Infinity && condition.truth(subject, edge - 1) === now) edge = condition.lastEdge(subject, edge - 1);
  return edge;
}
