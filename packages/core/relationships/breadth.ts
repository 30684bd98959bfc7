import type { PersonId, UserId } from "../platform/values.ts";
import type { ActivityView } from "../snapshots/activity-view.ts";
import { type Side, sideOf } from "./turns.ts";

/** The window of breadth and KPIs, in days. */
export const KPI_DAYS = 90;

/** Who had contact both ways in 90 days (docs/reference/relationships.md 5). */
export interface Breadth {
  readonly persons: readonly PersonId[];
  readonly users: readonly UserId[];
}

/** Of a customer's activities up to a day. */
export function breadthOf(activities: readonly ActivityView[], day: number): Breadth {
  const persons = new Map<PersonId, Set<Side>>();
  const users = new Map<UserId, Set<Side>>();
  for (const one of activities) {
    const side = sideOf(one);
    if (side === undefined || !one.completed || one.day > day || one.day <= day - KPI_DAYS) continue;
    if (one.personId !== undefined) add(persons, one.personId, side);
    if (one.userId !== undefined) add(users, one.userId, side);
  }
  return { persons: bothWays(persons), users: bothWays(users) };
}

function add<Id>(sides: Map<Id, Set<Side>>, id: Id, side: Side): void {
  const known = sides.get(id);
  if (known === undefined) sides.set(id, new Set([side]));
  else known.add(side);
}

const bothWays = <Id>(sides: ReadonlyMap<Id, ReadonlySet<Side>>): Id[] =>
  [...sides]
    .filter(([, seen]) => seen.has("both") || (seen.has("ours") && seen.has("theirs")))
    .map(([id]) => id)
    .toSorted();

/** The lowest turnover of the top fifth of customers; a customer without any is not among them. */
export function topFifthMinor(turnovers: readonly number[]): number {
  const sorted = turnovers.filter((minor) => minor > 0).toSorted((a, b) => b - a);
  const count = Math.ceil(turnovers.length / 5);
  return sorted[Math.min(count, sorted.length) - 1] ?? Infinity;
}
