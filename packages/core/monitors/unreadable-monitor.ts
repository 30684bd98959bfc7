import type * as z from "zod";
import type { MonitorId } from "../platform/ids.ts";
import { type StatusMonitor, statusMonitorSchema } from "./status-monitor.ts";

/** Greater than any that was evaluated: what is saved anew is evaluated anew. */
const unknownVersion = { version: 1_000_000, criteriaVersion: 1_000_000 };

/**
 * What stands for a stored monitor that cannot be read: all of it that can be, and why the rest cannot. It is not
 * evaluated; who has its status keeps it, unless even the type of its owners cannot be read: then it is as paused.
 */
export function unreadableMonitor(
  statusId: MonitorId,
  item: Readonly<Record<string, unknown>>,
  { issues }: Pick<z.ZodError, "issues">,
): StatusMonitor {
  const known: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(statusMonitorSchema.shape)) {
    const read = schema.safeParse(item[name]);
    if (read.success && read.data !== undefined) known[name] = read.data;
  }
  const owners = known["ownerType"] === undefined ? { ownerType: "company", isActive: false } : {};
  return {
    ...statusMonitorSchema.parse({ name: statusId, ...unknownVersion, ...known, ...owners, statusId }),
    unreadable: issues
      .map(({ path, message }) => [path.join("."), message].filter((text) => text !== "").join(": "))
      .join("; "),
  };
}
