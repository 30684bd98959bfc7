import type { MonitorId } from "../platform/ids.ts";
import { statusesIn } from "./status-graph.ts";
import type { StatusMonitor } from "./status-monitor.ts";

/** The monitors, not deleted ones, whose criteria ask for a status: it cannot be deleted before them. */
export const usersOf = (statusId: MonitorId, monitors: readonly StatusMonitor[]): readonly StatusMonitor[] =>
  monitors.filter(
    ({ criteria, deletedAt }) =>
      deletedAt === undefined && criteria !== undefined && statusesIn(criteria).includes(statusId),
  );
