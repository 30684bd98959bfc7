import type { Instant, TenantId } from "@regulars/core/platform/values";
import { Operations } from "../engine/operations.ts";
import { mustBeNew } from "../engine/own-write.ts";
import { type Table, noUsage } from "../engine/table.ts";
import { keysOf } from "../keys.ts";

/** The calls of Slack that a tenant has taken, by their ids. Opened without reading the tenant: Slack waits. */
export function openSlackCalls(table: Table, tenantId: TenantId) {
  const [operations, keys] = [new Operations(table, noUsage()), keysOf(tenantId)];
  return {
    /** Notes a call until it can come no more; `false` when it was taken before. */
    noteCall: (id: string, until: Instant): Promise<boolean> =>
      operations.put({ ...keys.slackCall(id), expiresAt: Math.ceil(Date.parse(until) / 1000) }, mustBeNew),
    /** A call that could not be handed on may come again. */
    forgetCall: async (id: string): Promise<void> => void (await operations.delete(keys.slackCall(id))),
  };
}
