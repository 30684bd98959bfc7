import type { MonitorId } from "../platform/ids.ts";
import type { Criterion } from "./criteria.ts";
import { statusesIn } from "./status-graph.ts";

/** What has criteria: a monitor, or a selection. */
interface Asking {
  readonly criteria?: Criterion | undefined;
  readonly deletedAt?: unknown;
}

/** The monitors and selections, not deleted ones, that ask for a status: it cannot be deleted before them. */
export const usersOf = <One extends Asking>(statusId: MonitorId, all: readonly One[]): readonly One[] =>
  all.filter(
    ({ criteria, deletedAt }) =>
      deletedAt === undefined && criteria !== undefined && statusesIn(criteria).includes(statusId),
  );

/** The deleted monitors that criteria ask for. */
export const deletedIn = <One extends Asking & { readonly statusId: MonitorId }>(
  criteria: Criterion | undefined,
  all: readonly One[],
): readonly One[] => {
  const asked = criteria === undefined ? [] : statusesIn(criteria);
  return all.filter(({ statusId, deletedAt }) => deletedAt !== undefined && asked.includes(statusId));
};
