import type { MonitorId } from "../platform/ids.ts";
import { leavesOf } from "./criteria.ts";
import type { StatusMonitor } from "./status-monitor.ts";

/** The monitors, not deleted ones, whose criteria ask for a status. */
export const usersOf = (statusId: MonitorId, monitors: readonly StatusMonitor[]): readonly StatusMonitor[] =>
  monitors.filter(
    ({ criteria, deletedAt }) =>
      deletedAt === undefined &&
      criteria !== undefined &&
      leavesOf(criteria).some(
        ({ leaf: { op, value } }) => (op === "hasStatus" || op === "hasNotStatus") && value === statusId,
      ),
  );
